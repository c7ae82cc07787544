import { badGroupingSet } from "../../diagnostics/catalogue/table-functions.ts";
import { columnRef, literal, literals } from "../../ir/expr/build.ts";
import type { ColumnId, ColumnRef, Expr } from "../../ir/expr/expr.ts";
import type { Column } from "../../ir/logical/column.ts";
import type { ExpandedColumn, GroupItem, LogicalPlan, ProjectedColumn } from "../../ir/logical/plan.ts";
import { Expand, Project } from "../../ir/logical/plan.ts";
import { longType } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";

/** One key of the step before the sets are made: what it is over the rows, and its column in the result. */
export interface SourceKey {
  readonly id: ColumnId;
  readonly name: string;
  readonly expr: Expr;
  readonly span: Span;
}

/** What each part of `group by` says: the sets of keys (by their place) of which one is to hold. A plain key is one set of one. */
export type KeySets = readonly (readonly number[])[];

/** Rows expanded to one copy a set, and the keys over them. */
export interface Grouping {
  readonly keys: readonly SourceKey[];
  /** One a set, in which a bit says that the key is left out, the last key's bit being the lowest (Spark's `grouping_id`). */
  readonly ids: readonly number[];
  /** The column of the grouping id in the aggregate's output. */
  readonly id: ColumnRef;
  /** The key items of the aggregate, one for each of `keys`. */
  readonly items: readonly GroupItem[];
  /** The items that the job does not see: the grouping id, and the place of a set that stands there twice. */
  readonly hidden: readonly GroupItem[];
  expand(input: LogicalPlan): LogicalPlan;
}

const mostSets = 4096;
const mostKeys = 30;

/**
 * The grouping sets of a `group by`: the cross product of what its parts say, as Spark has it. Each row is expanded to a copy a
 * set with the keys that the set leaves out as nulls; the columns themselves stay as they are, for the aggregates to read.
 */
export function groupingOf(parts: readonly KeySets[], keys: readonly SourceKey[], taken: ReadonlySet<string>, span: Span, job: JobContext): Grouping | undefined {
  const count = parts.reduce((product, sets) => product * sets.length, 1);
  if (count > mostSets || keys.length > mostKeys) {
    const message = keys.length > mostKeys ? `${keys.length} keys in grouping sets, more than ${mostKeys}` : `${count} grouping sets, more than ${mostSets}`;
    job.report(badGroupingSet({ message }).at(span).helped("write the sets that are needed: `grouping sets ((a, b), (a), ())`"));
    return undefined;
  }
  const sets = parts.reduce<readonly (readonly number[])[]>((so, part) => so.flatMap((left) => part.map((right) => [...left, ...right])), [[]]);
  const idOf = (set: readonly number[]): number => keys.reduce((id, _, at) => id * 2 + (set.includes(at) ? 0 : 1), 0);
  const ids = sets.map(idOf);

  const computed: ProjectedColumn[] = [];
  const columns: ExpandedColumn[] = [];
  const items = keys.map((key, at): GroupItem => {
    const source = key.expr.kind === "ColumnRef" ? key.expr : columnRef(job.newColumn(), key.name, key.expr.type, key.expr.nullable, key.expr.origin);
    if (source !== key.expr) computed.push({ id: source.id, name: key.name, expr: key.expr });
    if (sets.every((set) => set.includes(at))) return { kind: "key", key: { id: key.id, name: key.name, expr: source } };
    const column = { id: job.newColumn(), name: key.name, values: sets.map((set) => (set.includes(at) ? source : literals.null(source.type))) };
    columns.push(column);
    return { kind: "key", key: { id: key.id, name: key.name, expr: columnRef(column.id, key.name, source.type, true, source.origin) } };
  });

  const hidden: GroupItem[] = [];
  const hide = (wanted: string, values: readonly number[], implied: boolean): ColumnId => {
    let name = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`;
    const column = { id: job.newColumn(), name, values: values.map((value) => literal(value, longType)) };
    columns.push(column);
    const id = job.newColumn();
    hidden.push({ kind: "key", key: { id, name, expr: columnRef(column.id, name, longType, false), ...(implied ? { implied } : {}) } });
    return id;
  };
  // Where no key is null of itself, the nulls say which set a group is of.
  const isImplied = keys.every(({ expr }) => !expr.nullable);
  const id = columnRef(hide("grouping_id", ids, isImplied), "grouping_id", longType, false);
  // A set that stands there twice gives its groups twice.
  if (new Set(ids).size < ids.length) hide("grouping_pos", ids.map((one, at) => ids.slice(0, at).filter((other) => other === one).length), false);

  return { keys, ids, id, items, hidden, expand: (input) => new Expand(withComputed(input, computed), sets.length, columns, span) };
}

function withComputed(input: LogicalPlan, computed: readonly ProjectedColumn[]): LogicalPlan {
  if (computed.length === 0) return input;
  const passed = input.output.map(({ id, name, type, nullable }: Column): ProjectedColumn => ({ id, name, expr: columnRef(id, name, type, nullable) }));
  return new Project(input, [...passed, ...computed], computed[0]?.expr.origin);
}

/** All subsets, the whole first: `cube(a, b)` is `(a, b), (a), (b), ()`. */
export function cubeOf(keys: readonly number[]): KeySets {
  const [first, ...rest] = keys;
  if (first === undefined) return [[]];
  const others = cubeOf(rest);
  return [...others.map((set) => [first, ...set]), ...others];
}

/** The beginnings, the whole first: `rollup(a, b)` is `(a, b), (a), ()`. */
export function rollupOf(keys: readonly number[]): KeySets {
  return [...keys.map((_, at) => keys.slice(0, keys.length - at)), []];
}
