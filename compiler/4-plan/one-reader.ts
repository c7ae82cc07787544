import type { Expr } from "../ir/expr/expr.ts";
import { exprText } from "../ir/expr/print.ts";
import { visitExpr } from "../ir/expr/walk.ts";
import type { Column } from "../ir/logical/column.ts";
import type { Pipeline, Read } from "../ir/physical/physical.ts";

/** The pipelines over one reader, which filters only what all of them leave out. */
export function withOneReader(takers: readonly Pipeline[], name: string, uses: number): readonly Pipeline[] {
  const filters = new Set(takers.map(({ producer }) => (producer.kind === "read" && producer.read.filter !== undefined ? exprText(producer.read.filter) : "")));
  return takers.map((pipeline): Pipeline => {
    if (pipeline.producer.kind !== "read") return pipeline;
    const { read } = pipeline.producer;
    if (filters.size === 1 || read.filter === undefined) return { ...pipeline, producer: { kind: "read", read: { ...read, name, uses, filter: filters.size === 1 ? read.filter : undefined } } };
    const bare: Read = { ...read, name, uses, columns: [...read.columns, ...filterColumns(read.filter, read.columns)], filter: undefined };
    return { ...pipeline, producer: { kind: "read", read: bare }, steps: [{ kind: "filter", predicate: read.filter }, ...pipeline.steps] };
  });
}

/** The columns that a filter alone reads: a reader that filters does not give them. */
function filterColumns(filter: Expr, columns: readonly Column[]): readonly Column[] {
  const found = new Map<number, Column>();
  visitExpr(filter, (node) => {
    if (node.kind === "ColumnRef" && !columns.some(({ id }) => id === node.id)) found.set(node.id, { id: node.id, name: node.name, type: node.type, nullable: node.nullable });
  });
  return [...found.values()];
}

/**
 * Sides of joins that stand on the same stream take its records from one reader: a join takes its rows in any order. Each still counts
 * as a use of the stream (semantics U1). Where a step lets the first rows pass, the order of reading stays as it is.
 */
export function withSharedReads(pipelines: readonly Pipeline[]): readonly Pipeline[] {
  const takersOf = (input: string): readonly Pipeline[] => pipelines.filter((pipeline) => sharedInput(pipeline) === input);
  return pipelines.flatMap((pipeline) => {
    const input = sharedInput(pipeline);
    if (input === undefined || pipeline.producer.kind !== "read") return [pipeline];
    const takers = takersOf(input);
    if (takers.length === 1) return takers;
    return takers[0] === pipeline ? withOneReader(takers, pipeline.producer.read.name, takers.length) : [];
  });
}

function sharedInput({ producer, consumer, steps, isStatic }: Pipeline): string | undefined {
  if (producer.kind !== "read" || consumer.kind !== "join side" || isStatic || steps.some(({ kind }) => kind === "first" || kind === "limit")) return undefined;
  return producer.read.input.name;
}
