import type { Column } from "../logical/column.ts";
import type { PhysicalProgram, Read } from "./physical.ts";

/** The reads of a query, each once, in the order in which they run; one that several pipelines share has the columns of all of them. */
export function readsOf({ pipelines }: PhysicalProgram): readonly Read[] {
  const reads = new Map<string, Read>();
  for (const { producer } of pipelines) {
    if (producer.kind !== "read") continue;
    const { read } = producer;
    const before = reads.get(read.name);
    reads.set(read.name, before === undefined ? read : { ...before, ...(read.isSpread === true ? { isSpread: true } : {}), columns: withNew(before.columns, read.columns) });
  }
  return [...reads.values()];
}

/** Columns of one input by their names: the same field has another id in each use. */
function withNew(columns: readonly Column[], more: readonly Column[]): readonly Column[] {
  return [...columns, ...more.filter(({ name }) => !columns.some((column) => column.name === name))];
}
