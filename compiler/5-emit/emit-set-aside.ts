import { emitExpr } from "../catalog/expressions/emit-expr.ts";
import type { EmittedValue } from "../catalog/expressions/environment.ts";
import { binary, code, method } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { nullCode, numberCode, stringCode } from "../code/literal.ts";
import type { Lateness, PhysicalProgram, Pipeline } from "../ir/physical/physical.ts";
import type { Block } from "./block.ts";
import { layOut } from "../code/lay-out.ts";
import type { HeldValues } from "./held-values.ts";
import { variableOf, type QueryScope } from "./query-scope.ts";
import type { RowEnvironment } from "./row-environment.ts";

const context = new Code("context", Precedence.primary, []);

/** An operator for which rows may be late. */
interface LateTest {
  readonly operator: Code;
  /** Its id, the `step` of its late rows. */
  readonly id: string;
  readonly late: Lateness;
  /** What a row's window is told by, where the operator has windows: its time, and the gap of a session. */
  readonly span: readonly Code[];
  /** The joins of two streams below it, where it has a watermark of its own. */
  readonly above: readonly string[];
  /** Whether the row enters or leaves: the literal 1 where no row is taken back. */
  readonly weight: Code;
}

/** Skips a row that is late for an operator; where the watermark says `late into`, it goes to the side output first. */
export function emitLate({ operator, id, late, span, above, weight }: LateTest, scope: QueryScope, held: HeldValues, env: RowEnvironment, body: Block): void {
  const { route } = late;
  const value = emitExpr(late.time, env);
  const [time = held.known(value.code), ...gap] = span;
  const test = method(operator, "isLate", time, ...gap);
  if (route === undefined) return body.line(code`if (${test}) continue;`);
  const mayLack = span.length === 0 && value.nullable;
  body.open(code`if (${mayLack ? binary("&&", binary("!==", time, nullCode), test) : test}) {`);
  const columns = route.columns.map(({ name, expr }) => [name, emitExpr(expr, env).code] as const);
  const row = layOut([...columns, ["late_by", method(context, "lateBy", time, ...(above.length === 0 ? [] : [stringCode(id)]))], ["step", stringCode(id)]]);
  const insert = code`${method(variableOf(scope, "side output", route.sideOutput), "insert", row)};`;
  body.line(weight.text === "1" ? insert : code`if (${binary(">", weight, numberCode(0))}) ${insert}`);
  body.line(code`continue;`);
  body.close(code`}`);
}

/**
 * Whether a pipeline says of the rows that a watermark step finds too far ahead that they are malformed. Where several sinks take the records of
 * one read through one watermark, one of them speaks for all, if it sees every record.
 */
export function tellsFuture(pipeline: Pipeline, watermark: string, query: PhysicalProgram): boolean {
  const { producer } = pipeline;
  if (producer.kind !== "read") return false;
  const seesAll = ({ steps }: Pipeline): boolean => {
    const at = steps.findIndex((step) => step.kind === "watermark" && step.spec.operatorId === watermark);
    return at >= 0 && steps.slice(0, at).every((step) => step.kind === "project");
  };
  const speaker = query.pipelines.find((other) => other.producer.kind === "read" && other.producer.read.name === producer.read.name && seesAll(other));
  return speaker === undefined || speaker === pipeline;
}

/** Sets a row aside whose time lies too far ahead; with its record where the pipeline tells of it. */
export function emitFuture(watermark: Code, time: EmittedValue, tells: boolean, body: Block): void {
  const test = method(watermark, "isFuture", time.code);
  if (!tells) return body.line(code`if (${test}) continue;`);
  body.open(code`if (${time.nullable ? binary("&&", binary("!==", time.code, nullCode), test) : test}) {`);
  body.line(code`${method(context, "futureRow", watermark, time.code, new Code("batch", Precedence.primary, []), new Code("row", Precedence.primary, []))};`);
  body.line(code`continue;`);
  body.close(code`}`);
}
