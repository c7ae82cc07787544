import { findAggregate, findScalar } from "../../compiler/catalog/functions/registry.ts";
import type { AggregateCall, ColumnId, ColumnRef, Expr, LiteralValue, UserFunctionRef } from "../../compiler/ir/expr/index.ts";
import { call, cast, columnRef, literal, literals, makeArray, userCall } from "../../compiler/ir/expr/index.ts";
import type { GroupItem, Input, LateRoute, LogicalPlan, ProjectedColumn, RowRoute } from "../../compiler/ir/logical/index.ts";
import { Aggregate, Dedup, Expand, Explode, Filter, Join, Limit, Project, Scan, Sort, Top, Union, Watermark } from "../../compiler/ir/logical/index.ts";
import type { DataType, Field } from "../../compiler/ir/types/data-type.ts";
import { doubleType, intType, sameType, stringType, timestampType } from "../../compiler/ir/types/data-type.ts";

/** A column of the rows so far, by name. */
export type Row = (name: string) => ColumnRef;

/** What a test declares of a source: its columns, `type?` as a pair with `nullable`. */
export type Columns = Readonly<Record<string, DataType | { readonly nullable: DataType }>>;

const minute = 60_000_000;
const nowhere = { start: 0, end: 0 };

/** Builds logical plans step by step, as the analysis would: names are bound, ids are given out in order. */
export class PlanBuilder {
  #lastId: ColumnId = 0;

  nextId(): ColumnId {
    return ++this.#lastId;
  }

  source(name: string, columns: Columns): BuiltPlan {
    return this.#scan(name, columns, false);
  }

  table(name: string, columns: Columns): BuiltPlan {
    return this.#scan(name, columns, true);
  }

  #scan(name: string, columns: Columns, bounded: boolean): BuiltPlan {
    const fields = Object.entries(columns).map(([field, type]): Field =>
      "nullable" in type ? { name: field, type: type.nullable, nullable: true } : { name: field, type, nullable: false },
    );
    const input: Input = { name, bounded, span: nowhere, connector: "queue", options: [], format: "json", fields, malformed: { kind: "fail" }, strict: false };
    const output = fields.map((field) => ({ ...field, id: this.nextId() }));
    return new BuiltPlan(this, new Scan(input, output, new Set(fields.map((field) => field.name)), undefined, undefined));
  }
}

/** A plan so far; every step gives a new one. */
export class BuiltPlan {
  constructor(
    readonly builder: PlanBuilder,
    readonly plan: LogicalPlan,
  ) {}

  where(predicate: (row: Row) => Expr): BuiltPlan {
    return this.#over(new Filter(this.plan, predicate(this.#row), undefined));
  }

  /** The named columns, or expressions by name. A column under its own name keeps its id. */
  select(...items: readonly (string | Readonly<Record<string, (row: Row) => Expr>>)[]): BuiltPlan {
    return this.#over(new Project(this.plan, items.flatMap((item) => this.#projected(item)), undefined));
  }

  /** All columns, then expressions by name. */
  extend(items: Readonly<Record<string, (row: Row) => Expr>>): BuiltPlan {
    return this.select(...this.plan.output.map((column) => column.name), items);
  }

  watermark(column: string, late?: RowRoute): BuiltPlan {
    const spec = { column: this.#row(column).id, columnName: column, delay: 10 * minute, late, future: undefined, idle: undefined, operatorId: "test/watermark" };
    return this.#over(new Watermark(this.plan, spec, undefined));
  }

  /** A row for each item of an array of ints. */
  explode(name: string, items: (row: Row) => readonly Expr[], outer = false): BuiltPlan {
    const value = makeArray(intType, items(this.#row));
    const nullable = outer || (value.type.kind === "array" && value.type.elementNullable);
    return this.#over(new Explode(this.plan, value, outer, [{ id: this.builder.nextId(), name, type: intType, nullable }], undefined));
  }

  /** A copy of each row for every value; each column has one value a copy, all of one type. */
  expand(columns: Readonly<Record<string, (row: Row) => readonly Expr[]>>, copies: number): BuiltPlan {
    const list = Object.entries(columns).map(([name, make]) => ({ id: this.builder.nextId(), name, values: make(this.#row) }));
    return this.#over(new Expand(this.plan, copies, list, undefined));
  }

  /** Keys by column name; `tumbling` over a column in windows of five minutes. */
  aggregate(aggregates: Readonly<Record<string, (row: Row) => AggregateCall>>, keys: readonly string[], tumbling?: string): BuiltPlan {
    const groups: GroupItem[] = keys.map((name) => ({ kind: "key", key: { id: this.builder.nextId(), name, expr: this.#row(name) } }));
    if (tumbling !== undefined) {
      const window = { time: this.#row(tumbling), size: 5 * minute, slide: 5 * minute, offset: 0, startId: this.builder.nextId(), endId: this.builder.nextId(), origin: undefined };
      groups.push({ kind: "window", window: { kind: "tumbling", ...window } });
    }
    const columns = Object.entries(aggregates).map(([name, make]) => ({ id: this.builder.nextId(), name, call: make(this.#row) }));
    return this.#over(new Aggregate(this.plan, groups, columns, "test/aggregate", undefined, lateRoute(this.plan)));
  }

  join(kind: Join["joinKind"], right: BuiltPlan, left: string, equals: string, residual?: (row: Row) => Expr, nullSafe = false): BuiltPlan {
    const both: Row = (name) => rowOf([...this.plan.output, ...right.plan.output])(name);
    return this.#over(new Join(this.plan, right.plan, kind, [{ left: this.#row(left), right: right.#row(equals), nullSafe }], residual?.(both), "test/join", undefined));
  }

  cross(right: BuiltPlan): BuiltPlan {
    return this.#over(new Join(this.plan, right.plan, "cross", [], undefined, "test/join", undefined));
  }

  /** Rows of the same columns, by position. */
  union(...others: readonly BuiltPlan[]): BuiltPlan {
    const inputs = [this.plan, ...others.map(({ plan }) => plan)];
    const columns = this.plan.output.map(({ name, type }, at) => ({ id: this.builder.nextId(), name, type, sources: inputs.flatMap((input) => input.output[at]?.id ?? []) }));
    return this.#over(new Union(inputs, columns, undefined));
  }

  top(count: number, by: string, per: readonly string[], rank?: string, ties = false): BuiltPlan {
    const order = [{ expr: this.#row(by), descending: true, nullsFirst: false }];
    const named = rank === undefined ? undefined : { id: this.builder.nextId(), name: rank };
    return this.#over(new Top(this.plan, { count, ties, rank: named, order, per: per.map(this.#row) }, "test/top", undefined));
  }

  dedup(...keys: readonly string[]): BuiltPlan {
    return this.#over(new Dedup(this.plan, keys.map(this.#row), "test/dedup", undefined, undefined, lateRoute(this.plan)));
  }

  /** `dedup by … within 10 minutes` of a time. */
  dedupWithin(time: string, ...keys: readonly string[]): BuiltPlan {
    return this.#over(new Dedup(this.plan, keys.map(this.#row), "test/dedup", undefined, { time: this.#row(time).id, span: 10 * minute }, lateRoute(this.plan)));
  }

  orderBy(...columns: readonly string[]): BuiltPlan {
    return this.#over(new Sort(this.plan, columns.map((name) => ({ expr: this.#row(name), descending: false, nullsFirst: true })), undefined));
  }

  limit(count: number): BuiltPlan {
    return this.#over(new Limit(this.plan, literals.int(count), "test/limit", undefined));
  }

  get #row(): Row {
    return rowOf(this.plan.output);
  }

  #projected(item: string | Readonly<Record<string, (row: Row) => Expr>>): readonly ProjectedColumn[] {
    if (typeof item !== "string") return Object.entries(item).map(([name, make]) => ({ id: this.builder.nextId(), name, expr: make(this.#row) }));
    const column = this.#row(item);
    return [{ id: column.id, name: item, expr: column }];
  }

  #over(plan: LogicalPlan): BuiltPlan {
    return new BuiltPlan(this.builder, plan);
  }
}

/** Where late rows go by the watermark below: with all columns but `place`, so that a rule must tell what is routed. */
function lateRoute(plan: LogicalPlan): LateRoute | undefined {
  const into: string[] = [];
  plan.visit((node) => {
    if (node.kind === "Watermark" && node.spec.late?.kind === "into") into.push(node.spec.late.sideOutput);
  });
  const [sideOutput] = into;
  if (sideOutput === undefined) return undefined;
  const columns = plan.output.filter(({ name }) => name !== "place");
  return { sideOutput, columns: columns.map(({ id, name, type, nullable }) => ({ name, expr: columnRef(id, name, type, nullable) })) };
}

function rowOf(columns: LogicalPlan["output"]): Row {
  return (name) => {
    const column = columns.find((candidate) => candidate.name === name);
    if (column === undefined) throw new Error(`the plan has no column ${name}; it has ${columns.map((other) => other.name).join(", ")}`);
    return columnRef(column.id, name, column.type, column.nullable);
  };
}

/** A literal of the type that its JavaScript value suggests: text, int, boolean. */
export function lit(value: string | number | boolean): Expr {
  return typeof value === "string" ? literals.string(value) : typeof value === "number" ? literals.int(value) : literals.boolean(value);
}

export function litOf(value: LiteralValue, type: DataType): Expr {
  return literal(value, type);
}

/** A call of a built-in function or operator, resolved by the catalogue, with its implicit casts. */
export function fn(name: string, ...args: readonly Expr[]): Expr {
  const definition = findScalar(name);
  if (definition === undefined) throw new Error(`the catalogue has no function ${name}`);
  const resolved = definition.resolve(args.map((arg) => ({ type: arg.type, nullable: arg.nullable, constant: arg.kind === "Literal" ? { value: arg.value } : undefined })));
  if (!resolved.ok) throw new Error(`${name} does not take these arguments: ${resolved.problem}`);
  const coerced = args.map((arg, index) => {
    const wanted = resolved.parameters[index] ?? arg.type;
    return sameType(arg.type, wanted) ? arg : cast(arg, wanted, false);
  });
  return call(definition.name, coerced, resolved.type, resolved.nullable, definition.volatility);
}

/** `rand()`: no function of the catalogue is volatile yet, and rules must be ready for one. */
export function rand(): Expr {
  return call("rand", [], doubleType, false, "volatile");
}

/** A call of an imported function from text to text. */
export function imported(name: string, ...args: readonly Expr[]): Expr {
  const ref: UserFunctionRef = {
    name,
    exportName: name,
    from: "./functions.ts",
    parameters: args.map((_, index) => ({ name: `text${index}`, type: stringType, nullable: false, shape: { kind: "string", nullable: false, optional: false } })),
    returns: { type: stringType, nullable: true, shape: { kind: "string", nullable: true, optional: false } },
  };
  return userCall(ref, args, undefined);
}

/** An aggregate call, resolved by the catalogue. */
export function agg(name: string, args: readonly Expr[] = [], where?: Expr): AggregateCall {
  const resolved = findAggregate(name)?.resolve(args.map((arg) => ({ type: arg.type, nullable: arg.nullable, constant: undefined })));
  if (resolved?.ok !== true) throw new Error(`the catalogue has no aggregate ${name} of these arguments`);
  return { name, args, distinct: false, where, type: resolved.type, nullable: resolved.nullable, origin: undefined };
}

/** The source that most plan tests read. */
export const clickColumns: Columns = {
  kind: stringType,
  user: { nullable: stringType },
  request: { nullable: stringType },
  score: { nullable: { kind: "int" } },
  at: timestampType,
  place: { nullable: { kind: "record", fields: [{ name: "city", type: stringType, nullable: true }] } },
};
