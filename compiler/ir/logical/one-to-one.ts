import type { ColumnId, Expr } from "../expr/expr.ts";
import { sameType, windowType } from "../types/data-type.ts";
import type { LogicalPlan } from "./plan.ts";

const millisecond = 1_000;
const second = 1_000_000;

/**
 * The columns of `input` that the values of an expression still tell apart, so that a key is not lost in a projection: a column itself,
 * every column in a record, `unix_micros`, a bound of a window's record, and a time in whole units where all of them lie on one
 * (`cast(window_start as long)` of five-second windows).
 */
export function oneToOne(expr: Expr, input: LogicalPlan): readonly ColumnId[] {
  switch (expr.kind) {
    case "ColumnRef":
      return [expr.id];
    case "MakeRecord":
      return expr.values.flatMap((value) => oneToOne(value, input));
    case "FieldAccess":
      return expr.input.kind === "ColumnRef" && sameType(expr.input.type, windowType) && stepOf(expr.input.id, input) !== undefined ? [expr.input.id] : [];
    case "Cast":
      return expr.input.type.kind === "timestamp" && expr.type.kind === "long" ? inWhole(second, expr.input, input) : [];
    case "Call": {
      const [time, ...others] = expr.args;
      if (time === undefined || others.length > 0) return [];
      if (expr.name === "unix_micros") return oneToOne(time, input);
      return expr.name === "unix_millis" ? inWhole(millisecond, time, input) : expr.name === "unix_seconds" ? inWhole(second, time, input) : [];
    }
    default:
      return [];
  }
}

function inWhole(unit: number, time: Expr, input: LogicalPlan): readonly ColumnId[] {
  if (time.kind !== "ColumnRef" && time.kind !== "FieldAccess") return [];
  return oneToOne(time, input).filter((column) => (stepOf(column, input) ?? 1) % unit === 0);
}

/** Microseconds that divide all times of a column, or the bounds of all windows that it holds as records; undefined where none are known. */
function stepOf(column: ColumnId, node: LogicalPlan): number | undefined {
  if (node.kind === "Project") {
    const expr = node.columns.find(({ id }) => id === column)?.expr;
    return expr === undefined ? undefined : stepOfExpr(expr, node.input);
  }
  if (node.kind === "Aggregate") {
    const { window, keys } = node;
    if (window !== undefined && (window.startId === column || window.endId === column)) return window.kind === "session" ? undefined : [window.size, window.slide, window.offset].reduce(divisor);
    const key = keys.find(({ id }) => id === column);
    return key === undefined ? undefined : stepOfExpr(key.expr, node.input);
  }
  if (node.kind === "Union") {
    const sources = node.columns.find(({ id }) => id === column)?.sources ?? [];
    return commonStep(node.inputs.map((input, at) => (sources[at] === undefined ? undefined : stepOf(sources[at], input))));
  }
  const [input, ...others] = node.children.filter(({ output }) => output.some(({ id }) => id === column));
  return input === undefined || others.length > 0 ? undefined : stepOf(column, input);
}

function stepOfExpr(expr: Expr, input: LogicalPlan): number | undefined {
  if (expr.kind === "ColumnRef") return stepOf(expr.id, input);
  if (expr.kind === "MakeRecord") return commonStep(expr.values.map((bound) => stepOfExpr(bound, input)));
  if (expr.kind !== "Call") return undefined;
  if (expr.name === "timestamp_seconds") return expr.args.every(({ type }) => type.kind === "int" || type.kind === "long") ? second : undefined;
  if (expr.name === "timestamp_millis") return millisecond;
  return expr.name === "tumbling" ? commonStep(expr.args.slice(1).map((length) => (length.kind === "Literal" && typeof length.value === "number" ? length.value : undefined))) : undefined;
}

function commonStep(steps: readonly (number | undefined)[]): number | undefined {
  const known = steps.filter((step) => step !== undefined);
  return known.length === 0 || known.length < steps.length ? undefined : known.reduce(divisor);
}

/** The greatest common divisor. */
function divisor(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : divisor(b, a % b);
}
