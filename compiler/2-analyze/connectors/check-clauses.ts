import { connectorOptionType, repeatedClause, unknownMode } from "../../diagnostics/catalogue/connectors.ts";
import { continuousInterval } from "../../diagnostics/catalogue/continuous.ts";
import { unknownParam } from "../../diagnostics/catalogue/names.ts";
import { typeMismatch } from "../../diagnostics/catalogue/types.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { SinkClause, SinkStatement, TriggerNode } from "../../ir/ast/statement.ts";
import { literals, paramRef } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { OutputMode, Trigger } from "../../ir/logical/job.ts";
import type { TypeKind } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import { fixedDuration } from "../expressions/bind-literal.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { JobContext } from "../job-context.ts";

/** The clauses of a query, each at most once, with their defaults. */
export interface CheckedClauses {
  /** Undefined after a report: what depends on the mode is then not judged. */
  readonly mode: OutputMode | undefined;
  readonly modeSpan: Span | undefined;
  readonly trigger: Trigger;
  readonly checkpoint: Expr | undefined;
}

const modes: readonly OutputMode[] = ["append", "update", "complete"];

export function checkClauses(sink: SinkStatement, job: JobContext): CheckedClauses {
  const first = new Map<SinkClause["kind"], SinkClause>();
  for (const clause of sink.clauses) {
    const before = first.get(clause.kind);
    if (before === undefined) first.set(clause.kind, clause);
    else job.report(repeatedClause({ clause: clause.kind.toLowerCase() }).at(clause.span).also(before.span, "the first time").helped("leave one of them out"));
  }
  const mode = first.get("Mode");
  const trigger = first.get("Trigger");
  const checkpoint = first.get("Checkpoint");
  return {
    mode: mode?.kind === "Mode" ? checkMode(mode.mode, job) : "append",
    modeSpan: mode?.span,
    trigger: trigger?.kind === "Trigger" ? checkTrigger(trigger.trigger, job) : { kind: "asap" },
    checkpoint: checkpoint?.kind === "Checkpoint" ? checkCheckpoint(checkpoint, job) : undefined,
  };
}

function checkMode(name: Name, job: JobContext): OutputMode | undefined {
  const mode = modes.find((candidate) => candidate === name.text);
  if (mode !== undefined) return mode;
  const help = suggestion(name.text, modes, "modes");
  const diagnostic = unknownMode({ name: name.text }).at(name.span);
  job.report(help === undefined ? diagnostic : diagnostic.helped(help));
  return undefined;
}

function checkTrigger(node: TriggerNode, job: JobContext): Trigger {
  switch (node.kind) {
    case "asap":
    case "once":
    case "available now":
      return { kind: node.kind };
    case "continuous":
      return { kind: "continuous", interval: checkContinuousInterval(node, job) };
    case "every": {
      if (node.interval.kind === "DurationLiteral") {
        const length = fixedDuration(node.interval, "a trigger's interval", job);
        return { kind: "every", interval: literals.duration(length ?? 0, node.interval.span) };
      }
      const interval = paramOf(node.interval.name, "duration", job);
      return interval === undefined ? { kind: "asap" } : { kind: "every", interval };
    }
  }
}

/** A second unless it is said. */
function checkContinuousInterval({ interval, span }: Extract<TriggerNode, { kind: "continuous" }>, job: JobContext): Expr {
  const length = interval === undefined ? 1_000_000 : fixedDuration(interval, "a trigger's interval", job);
  if (length !== undefined && length <= 0) job.report(continuousInterval({}).at(interval?.span ?? span).helped("write a duration, such as `1 second`"));
  return literals.duration(length ?? 1_000_000, interval?.span ?? span);
}

function checkCheckpoint({ path }: Extract<SinkClause, { kind: "Checkpoint" }>, job: JobContext): Expr | undefined {
  if (path.kind === "NameExpression") return paramOf(path.name, "string", job);
  if (path.value !== "") return literals.string(path.value, path.span);
  job.report(connectorOptionType({ name: "checkpoint", expected: "the path of a folder", found: "an empty text" }).at(path.span));
  return undefined;
}

/** A param by its name, of a type; undefined after a report. */
function paramOf(name: Name, type: TypeKind, job: JobContext): Expr | undefined {
  const param = job.params.get(name.text);
  if (param === undefined) {
    const help = suggestion(name.text, job.params.keys(), "params");
    const diagnostic = unknownParam({ name: name.text }).at(name.span);
    job.report(help === undefined ? diagnostic : diagnostic.helped(help));
    return undefined;
  }
  if (param.type.kind === "error") return undefined;
  if (param.type.kind === type && !param.nullable) return paramRef(param.name, param.type, param.nullable, name.span);
  job.report(typeMismatch({ expected: `a ${type}`, found: param.nullable && param.type.kind === type ? `a ${type}?` : typeWords(param.type) }).at(name.span).also(param.span, "declared here"));
  return undefined;
}
