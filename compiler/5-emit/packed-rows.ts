import { member } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import type { ColumnId } from "../ir/expr/expr.ts";
import type { Column } from "../ir/logical/column.ts";
import type { PhysicalProgram, Pipeline, StreamJoinTable, TopTable } from "../ir/physical/physical.ts";
import { columnsOf } from "../ir/expr/walk.ts";
import { layOut } from "../code/lay-out.ts";
import { propertyNames } from "./value-type.ts";

/**
 * Whether a `top` keeps its rows as bytes, packed straight from the lanes of a reader: of one row a key, where a row is made only after it was asked whether it may be
 * that row, and there are texts, whose strings would be what costs.
 */
export function isPackedTop(top: TopTable, query: PhysicalProgram): boolean {
  const { count, ties } = top.spec;
  return count === 1 && !ties && !top.takesBack && asksBefore(top) && arePacked(top.columns, query, (consumer) => consumer.kind === "top" && consumer.top === top.id);
}

/** Whether a side of a join keeps its rows as bytes. */
export function isPackedSide(join: StreamJoinTable, side: "left" | "right", query: PhysicalProgram): boolean {
  return !join.changes && arePacked(join[side].columns, query, (consumer) => consumer.kind === "join side" && consumer.join === join.id && consumer.side === side);
}

/** Whether a `top` is asked about a row before this is made: what it orders by is less than the whole row. */
export function asksBefore(top: TopTable): boolean {
  const ordered = orderColumns(top);
  return ordered.length > 0 && ordered.length < top.columns.length;
}

/** The columns by which a `top` orders. */
export function orderColumns({ spec, columns }: TopTable): readonly Column[] {
  const read = new Set(spec.order.flatMap(({ expr }) => [...columnsOf(expr)]));
  return columns.filter(({ id }) => read.has(id));
}

/** Whether a pipeline's consumer takes rows as they stand in the reader's lanes. */
export function takesLanes({ consumer }: Pipeline, query: PhysicalProgram): boolean {
  if (consumer.kind === "top") return query.tops.some((top) => top.id === consumer.top && isPackedTop(top, query));
  return consumer.kind === "join side" && query.joins.some((join) => join.id === consumer.join && isPackedSide(join, consumer.side, query));
}

/** The lanes that hold these columns: `columns`, where they are called there as they are kept, else an object of them. */
export function lanesCode(pipeline: Pipeline, columns: readonly Column[]): Code {
  const lanes = laneNames(pipeline);
  const names = propertyNames(columns);
  const all = new Code("columns", Precedence.primary, []);
  const fields = columns.map(({ id, name }) => [names.get(id) ?? name, lanes.get(id) ?? name] as const);
  return fields.every(([kept, lane]) => kept === lane) ? all : layOut(fields.map(([kept, lane]) => [kept, member(all, lane)]));
}

function arePacked(columns: readonly Column[], query: PhysicalProgram, feeds: (consumer: Pipeline["consumer"]) => boolean): boolean {
  const feeding = query.pipelines.filter(({ consumer }) => feeds(consumer));
  return (
    feeding.length > 0 &&
    columns.some(({ type }) => type.kind === "string") &&
    columns.every(({ type }) => isOneField(type.kind)) &&
    feeding.every((pipeline) => {
      const lanes = laneNames(pipeline);
      return columns.every(({ id }) => lanes.has(id));
    })
  );
}

function isOneField(kind: Column["type"]["kind"]): boolean {
  switch (kind) {
    case "string":
    case "binary":
    case "boolean":
    case "int":
    case "long":
    case "float":
    case "double":
    case "decimal":
    case "date":
    case "timestamp":
    case "duration":
      return true;
    default:
      return false;
  }
}

/** The lanes of a pipeline's reader under all ids that their columns have on their way. */
export function laneNames({ producer, steps, isStatic }: Pipeline): ReadonlyMap<ColumnId, string> {
  const lanes = new Map<ColumnId, string>();
  if (producer.kind !== "read" || isStatic) return lanes;
  for (const { id, name } of producer.read.columns) lanes.set(id, name);
  for (const step of steps) {
    if (step.kind !== "project") continue;
    for (const { id, expr } of step.columns) {
      const lane = expr.kind === "ColumnRef" ? lanes.get(expr.id) : undefined;
      if (lane !== undefined) lanes.set(id, lane);
    }
  }
  return lanes;
}
