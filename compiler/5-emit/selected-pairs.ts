import { method } from "../code/build.ts";
import type { Code } from "../code/code.ts";
import { layOut } from "../code/lay-out.ts";
import { stringCode } from "../code/literal.ts";
import type { ColumnId } from "../ir/expr/expr.ts";
import type { PhysicalProgram, Pipeline, StreamJoinTable } from "../ir/physical/physical.ts";
import { keyProperty } from "./key-names.ts";
import { isPackedSide } from "./packed-rows.ts";
import { streamJoinOf, variableOf, type QueryScope } from "./query-scope.ts";
import { propertyNames } from "./value-type.ts";

/** A column of an output and the column of a side that it is: `left.price`. */
type SelectedColumn = readonly [name: string, path: string];

/**
 * The columns of an output, where they are columns of a join's sides as they stand, the join keeps its rows as bytes, and nothing else is read of it: then rows are written from these
 * bytes. Undefined elsewhere.
 */
export function selectedPairs(pipeline: Pipeline, query: PhysicalProgram): readonly SelectedColumn[] | undefined {
  const { producer, steps, consumer } = pipeline;
  if (producer.kind !== "joined" || consumer.kind !== "output") return undefined;
  const join = streamJoinOf(query, producer.join);
  if (!isPackedSide(join, "left", query) || !isPackedSide(join, "right", query) || readersOf(join, query).length > 1) return undefined;
  const paths = sidePaths(join);
  for (const step of steps) {
    if (step.kind !== "project") return undefined;
    for (const { id, expr } of step.columns) {
      const path = expr.kind === "ColumnRef" ? paths.get(expr.id) : undefined;
      if (path !== undefined) paths.set(id, path);
    }
  }
  const names = propertyNames(consumer.columns);
  const selected = consumer.columns.flatMap(({ id, name }): readonly SelectedColumn[] => {
    const path = paths.get(id);
    return path === undefined ? [] : [[names.get(id) ?? name, path]];
  });
  // Columns are written in the order of the object's properties.
  return selected.length === consumer.columns.length && selected.every(([name]) => keyProperty(name) === name) ? selected : undefined;
}

/** The same of a join, by whatever pipeline reads it. */
export function selectedOf(join: StreamJoinTable, query: PhysicalProgram): readonly SelectedColumn[] | undefined {
  const [reader] = readersOf(join, query);
  return reader === undefined ? undefined : selectedPairs(reader, query);
}

/** The call that says what is read of a join: `outJoin.selecting({ id: "left.id" })`. */
export function selectingCode(join: StreamJoinTable, columns: readonly SelectedColumn[], scope: QueryScope): Code {
  return method(variableOf(scope, "join", join.id), "selecting", layOut(columns.map(([name, path]) => [name, stringCode(path)])));
}

function readersOf({ id }: StreamJoinTable, { pipelines }: PhysicalProgram): readonly Pipeline[] {
  return pipelines.filter(({ producer }) => producer.kind === "joined" && producer.join === id);
}

function sidePaths(join: StreamJoinTable): Map<ColumnId, string> {
  const paths = new Map<ColumnId, string>();
  for (const side of ["left", "right"] as const) {
    const names = propertyNames(join[side].columns);
    for (const { id, name } of join[side].columns) paths.set(id, `${side}.${names.get(id) ?? name}`);
  }
  return paths;
}
