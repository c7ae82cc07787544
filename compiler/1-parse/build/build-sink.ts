import type { SinkClauseCstNode, SinkStatementCstNode, TriggerCstNode } from "../../../grammar/cst.generated.ts";
import type { SinkClause, TriggerNode } from "../../ir/ast/index.ts";
import { nameOf, nodeSpan, only, part, tokenSpan, type BuildContext, type BuiltStatement } from "./build-context.ts";
import { buildCall } from "./build-expression.ts";
import { buildDuration, buildDurationLiteral, buildNameExpression, buildString } from "./build-literal.ts";
import { buildPipeline } from "./build-relation.ts";

/** A sink whose target is broken is left out. */
export function buildSink(node: SinkStatementCstNode, context: BuildContext): BuiltStatement {
  const { Name, Equal, pipeline, sinkTarget, sinkClause = [] } = node.children;
  const name = nameOf(only(Name));
  const built = pipeline && buildPipeline(only(pipeline), tokenSpan(only(Equal)).end, context);
  const target = part(sinkTarget);
  if (target === undefined) return { kind: "unparsed", name };
  return {
    kind: "Sink",
    span: nodeSpan(node),
    name,
    pipeline: built,
    into: buildCall(only(target.children.call), context),
    clauses: sinkClause.map((clause) => buildClause(clause, context)),
  };
}

function buildClause(node: SinkClauseCstNode, context: BuildContext): SinkClause {
  const { modeClause, triggerClause, checkpointClause } = node.children;
  const span = nodeSpan(node);
  if (modeClause) return { kind: "Mode", span, mode: nameOf(only(only(modeClause).children.Name)) };
  if (triggerClause) return { kind: "Trigger", span, trigger: buildTrigger(only(only(triggerClause).children.trigger), context) };
  const { Text, Name } = only(checkpointClause).children;
  return { kind: "Checkpoint", span, path: Text ? buildString(only(Text), context) : buildNameExpression(only(Name)) };
}

function buildTrigger(node: TriggerCstNode, context: BuildContext): TriggerNode {
  const { Asap, Every, duration, Once, Available, durationLiteral } = node.children;
  const span = nodeSpan(node);
  if (Asap) return { kind: "asap", span };
  if (Every) return { kind: "every", span, interval: buildDuration(only(duration), context) };
  if (Once) return { kind: "once", span };
  if (Available) return { kind: "available now", span };
  return { kind: "continuous", span, interval: durationLiteral && buildDurationLiteral(only(durationLiteral), context) };
}
