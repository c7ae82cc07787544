import type { Column } from "../ir/logical/column.ts";
import type { SinkTarget } from "../ir/logical/job.ts";

/** The columns of a row that its sink writes: without those that are there for parts of its message alone. */
export function writtenColumns({ output, sink }: { readonly output: readonly Column[]; readonly sink: SinkTarget }): readonly Column[] {
  const unwritten = sink.message?.unwritten;
  return unwritten === undefined ? output : output.filter(({ name }) => !unwritten.includes(name));
}
