import { evaluateConstant } from "../../compiler/catalog/expressions/evaluate.ts";
import type { ColumnId, Expr, LiteralValue } from "../../compiler/ir/expr/index.ts";
import { columnsOf, conjunctsOf, literal, substitute, visitExpr } from "../../compiler/ir/expr/index.ts";
import type { Aggregate, AggregateColumn, Explode, Join, LogicalPlan, Sort, Top } from "../../compiler/ir/logical/index.ts";
import { nullType } from "../../compiler/ir/types/data-type.ts";

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
    case "Explode":
      return interpretPlan(plan.input, inputs).flatMap((row) => exploded(plan, row));
    case "Expand":
      return interpretPlan(plan.input, inputs).flatMap((row) =>
        Array.from({ length: plan.copies }, (_, copy): PlanRow => new Map([...row, ...plan.columns.map(({ id, values }): [ColumnId, LiteralValue] => [id, valueOf(values[copy] ?? literal(null, nullType), row)])])),
      );
    case "Aggregate":
      return aggregated(plan, interpretPlan(plan.input, inputs));
    case "Join":
      return joined(plan, interpretPlan(plan.left, inputs), interpretPlan(plan.right, inputs));
    case "Union":
      return plan.inputs.flatMap((input, at) => interpretPlan(input, inputs).map((row) => new Map(plan.columns.map(({ id, sources }): [ColumnId, LiteralValue] => [id, row.get(sources[at] ?? 0) ?? null]))));
    case "Top":
      return topOf(plan, interpretPlan(plan.input, inputs));
    case "Dedup": {
      const seen = new Set<string>();
      return interpretPlan(plan.input, inputs).filter((row) => seen.size < seen.add(keyText(plan.keys, row)).size);
    }
    case "Sort":
      return sorted(plan.items, plan.output.map(({ id }) => id), interpretPlan(plan.input, inputs));
    case "Limit":
      return interpretPlan(plan.input, inputs).slice(0, Number(valueOf(plan.count, new Map())));
    case "Apply":
    case "UserState":
      throw new TypeError(`the interpreter calls no functions of users: ${plan.describe()}`);
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

function exploded(plan: Explode, row: PlanRow): readonly PlanRow[] {
  const value = valueOf(plan.value, row);
  const entries: readonly (readonly LiteralValue[])[] = value === null ? [] : value instanceof Map ? [...value] : Array.isArray(value) ? value.map((item: LiteralValue) => [item]) : [];
  const some = entries.length > 0 || !plan.outer ? entries : [[]];
  return some.map((entry) => new Map([...row, ...plan.columns.map(({ id }, at): [ColumnId, LiteralValue] => [id, entry[at] ?? null])]));
}

function holds(predicate: Expr, row: PlanRow): boolean {
  return conjunctsOf(predicate).every((conjunct) => valueOf(conjunct, row) === true);
}

function joined(join: Join, left: readonly PlanRow[], right: readonly PlanRow[]): readonly PlanRow[] {
  const matches = (both: PlanRow): boolean =>
    join.equalities.every((pair) => {
      const value = valueOf(pair.left, both);
      return (value !== null || pair.nullSafe) && value === valueOf(pair.right, both);
    }) && (join.residual === undefined || holds(join.residual, both));
  const { joinKind } = join;
  const nulls = (side: LogicalPlan): PlanRow => new Map(side.output.map(({ id }) => [id, null]));
  const found = new Set<PlanRow>();
  const rows = left.flatMap((row): readonly PlanRow[] => {
    const partners = right.filter((other) => matches(new Map([...row, ...other])));
    for (const other of partners) found.add(other);
    if (joinKind === "semi" || joinKind === "anti") return (partners.length > 0) === (joinKind === "semi") ? [row] : [];
    if (partners.length === 0 && (joinKind === "left" || joinKind === "full")) return [new Map([...row, ...nulls(join.right)])];
    return partners.map((other) => new Map([...row, ...other]));
  });
  if (joinKind !== "right" && joinKind !== "full") return rows;
  return [...rows, ...right.filter((other) => !found.has(other)).map((other) => new Map([...nulls(join.left), ...other]))];
}

function keyText(keys: readonly Expr[], row: PlanRow): string {
  return JSON.stringify(keys.map((key) => valueOf(key, row)));
}

function topOf({ spec, input }: Top, rows: readonly PlanRow[]): readonly PlanRow[] {
  const places = new Map<string, { position: number; rank: number; last: string }>();
  const perItems = spec.per.map((expr) => ({ expr, descending: false, nullsFirst: true }));
  return sorted([...perItems, ...spec.order], input.output.map(({ id }) => id), rows).flatMap((row) => {
    const group = keyText(spec.per, row);
    const before = places.get(group) ?? { position: 0, rank: 0, last: "" };
    const last = keyText(spec.order.map(({ expr }) => expr), row);
    const position = before.position + 1;
    const rank = spec.ties && before.position > 0 && before.last === last ? before.rank : position;
    places.set(group, { position, rank, last });
    return rank > spec.count ? [] : [spec.rank === undefined ? row : new Map([...row, [spec.rank.id, rank]])];
  });
}

function aggregated(node: Aggregate, rows: readonly PlanRow[]): readonly PlanRow[] {
  const groups = new Map<string, { readonly keys: PlanRow; readonly rows: PlanRow[] }>();
  for (const row of rows) {
    const keys = new Map<ColumnId, LiteralValue>();
    for (const item of node.groups) {
      if (item.kind === "key") keys.set(item.key.id, valueOf(item.key.expr, row));
      else {
        if (item.window.kind === "session") throw new Error("the interpreter knows no sessions");
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

function sorted(items: Sort["items"], others: readonly ColumnId[], rows: readonly PlanRow[]): readonly PlanRow[] {
  return [...rows].sort((a, b) => {
    for (const { expr, descending, nullsFirst } of items) {
      const order = compare(valueOf(expr, a), valueOf(expr, b), nullsFirst === !descending);
      if (order !== 0) return descending ? -order : order;
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
