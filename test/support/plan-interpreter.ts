import { evaluateConstant } from "../../compiler/catalog/expressions/evaluate.ts";
import type { ColumnId, Expr, LiteralValue } from "../../compiler/ir/expr/index.ts";
import { columnsOf, conjunctsOf, literal, substitute, visitExpr } from "../../compiler/ir/expr/index.ts";
import type { Aggregate, AggregateColumn, Join, LogicalPlan, Sort } from "../../compiler/ir/logical/index.ts";

/** A row by column id. */
export type PlanRow = ReadonlyMap<ColumnId, LiteralValue>;

/** Records of an input by the input's name, fields by name. */
export type PlanInputs = Readonly<Record<string, readonly Readonly<Record<string, LiteralValue>>[]>>;

/** An expression failed for a row: overflow, division by zero, cast. */
export class EvaluationFailed extends Error {}

/**
 * Runs a plan over rows in memory, as one bounded batch, node by node and as written: the plainest reading of what each node
 * means, for holding rewritten plans against. Expressions run by the code and kernels that the compiler emits. Watermarks pass
 * every row on. Aggregates: `count sum max` over keys and tumbling windows. Throws `EvaluationFailed`.
 */
export function interpretPlan(plan: LogicalPlan, inputs: PlanInputs): readonly PlanRow[] {
  switch (plan.kind) {
    case "Scan": {
      const rows = (inputs[plan.input.name] ?? []).map((record): PlanRow => new Map(plan.columns.map(({ id, name }) => [id, record[name] ?? null])));
      return rows.filter((row) => plan.filter === undefined || holds(plan.filter, row));
    }
    case "Filter":
      return interpretPlan(plan.input, inputs).filter((row) => holds(plan.predicate, row));
    case "Project":
      return interpretPlan(plan.input, inputs).map((row) => new Map(plan.columns.map(({ id, expr }) => [id, valueOf(expr, row)])));
    case "Watermark":
      return interpretPlan(plan.input, inputs);
    case "Aggregate":
      return aggregated(plan, interpretPlan(plan.input, inputs));
    case "Join":
      return joined(plan, interpretPlan(plan.left, inputs), interpretPlan(plan.right, inputs));
    case "Sort":
      return sorted(plan, interpretPlan(plan.input, inputs));
    case "Limit":
      return interpretPlan(plan.input, inputs).slice(0, Number(valueOf(plan.count, new Map())));
  }
}

/** The rows as a sink would see them: the output columns' values in order. */
export function outputValues(plan: LogicalPlan, rows: readonly PlanRow[]): readonly (readonly LiteralValue[])[] {
  return rows.map((row) => plan.output.map(({ id }) => row.get(id) ?? null));
}

const evaluated = new WeakMap<Expr, Map<string, LiteralValue | EvaluationFailed>>();

/** A value, computed once for equal operands. */
function valueOf(expr: Expr, row: PlanRow): LiteralValue {
  const reads = [...columnsOf(expr)];
  const operands = JSON.stringify(reads.map((id) => row.get(id) ?? null));
  const known = evaluated.get(expr) ?? new Map<string, LiteralValue | EvaluationFailed>();
  evaluated.set(expr, known);
  const value = known.get(operands) ?? compute(expr, row);
  known.set(operands, value);
  if (value instanceof EvaluationFailed) throw value;
  return value;
}

function compute(expr: Expr, row: PlanRow): LiteralValue | EvaluationFailed {
  const values = new Map<ColumnId, Expr>();
  visitExpr(expr, (part) => {
    if (part.kind !== "ColumnRef") return;
    if (!row.has(part.id)) throw new Error(`the row has no column ${part.name}#${part.id}`);
    values.set(part.id, { ...literal(row.get(part.id) ?? null, part.type), nullable: part.nullable });
  });
  const result = evaluateConstant(substitute(expr, values));
  return result.ok ? result.value : new EvaluationFailed();
}

function holds(predicate: Expr, row: PlanRow): boolean {
  return conjunctsOf(predicate).every((conjunct) => valueOf(conjunct, row) === true);
}

function joined(join: Join, left: readonly PlanRow[], right: readonly PlanRow[]): readonly PlanRow[] {
  const matches = (both: PlanRow): boolean =>
    join.equalities.every((pair) => {
      const value = valueOf(pair.left, both);
      return value !== null && value === valueOf(pair.right, both);
    }) && (join.residual === undefined || holds(join.residual, both));
  const unmatched: PlanRow = new Map(join.right.output.map(({ id }) => [id, null]));
  return left.flatMap((row) => {
    const pairs = right.map((other): PlanRow => new Map([...row, ...other])).filter(matches);
    return pairs.length === 0 && join.joinKind === "left" ? [new Map([...row, ...unmatched])] : pairs;
  });
}

function aggregated(node: Aggregate, rows: readonly PlanRow[]): readonly PlanRow[] {
  const groups = new Map<string, { readonly keys: PlanRow; readonly rows: PlanRow[] }>();
  for (const row of rows) {
    const keys = new Map<ColumnId, LiteralValue>();
    for (const item of node.groups) {
      if (item.kind === "key") keys.set(item.key.id, valueOf(item.key.expr, row));
      else {
        const { time, size, startId, endId } = item.window;
        const start = Math.floor(Number(valueOf(time, row)) / size) * size;
        keys.set(startId, start).set(endId, start + size);
      }
    }
    const text = JSON.stringify([...keys.values()]);
    const group = groups.get(text) ?? { keys, rows: [] };
    groups.set(text, group);
    group.rows.push(row);
  }
  if (node.groups.length === 0 && groups.size === 0) groups.set("", { keys: new Map(), rows: [] });
  return [...groups.values()].map((group) => new Map([...group.keys, ...node.aggregates.map((column): [ColumnId, LiteralValue] => [column.id, aggregate(column, group.rows)])]));
}

function aggregate({ call }: AggregateColumn, rows: readonly PlanRow[]): LiteralValue {
  const taken = rows.filter((row) => call.where === undefined || holds(call.where, row));
  const [argument] = call.args;
  if (argument === undefined) return taken.length;
  const values = taken.map((row) => valueOf(argument, row)).filter((value) => value !== null);
  if (call.name === "count") return values.length;
  if (values.length === 0) return null;
  if (call.name === "sum") return values.reduce<number>((sum, value) => sum + Number(value), 0);
  if (call.name === "max") return Math.max(...values.map(Number));
  throw new Error(`the interpreter knows no aggregate ${call.name}`);
}

function sorted(sort: Sort, rows: readonly PlanRow[]): readonly PlanRow[] {
  const others = sort.output.map(({ id }) => id);
  return [...rows].sort((a, b) => {
    for (const { expr, descending, nullsFirst } of sort.items) {
      const order = compare(valueOf(expr, a), valueOf(expr, b), nullsFirst);
      if (order !== 0) return descending && order !== 0 ? -order : order;
    }
    for (const id of others) {
      const order = compare(a.get(id) ?? null, b.get(id) ?? null, true);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function compare(a: LiteralValue, b: LiteralValue, nullsFirst: boolean): number {
  if (a === null || b === null) return a === b ? 0 : (a === null) === nullsFirst ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
