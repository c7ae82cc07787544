import { internalError } from "../diagnostics/internal-error.ts";
import type { ColumnId } from "../ir/expr/expr.ts";
import { columnsOf } from "../ir/expr/walk.ts";
import { columnUses } from "../ir/physical/column-uses.ts";
import type { PhysicalProgram, Pipeline, StreamJoinSide, StreamJoinTable } from "../ir/physical/physical.ts";

/** The joins of a query, in the order in which they are fed, with only those columns in the rows of their sides that something reads: what stands above, the residual, the bound. */
export function withReadColumns({ joins, pipelines, tables, keySets, tops, latest, states }: Pick<PhysicalProgram, "joins" | "pipelines" | "tables" | "keySets" | "tops" | "latest" | "states">): readonly StreamJoinTable[] {
  const narrowed = new Map<string, StreamJoinTable>();
  const readBy = (pipeline: Pipeline): Iterable<ColumnId> => {
    const { consumer, producer } = pipeline;
    const columns = producer.kind === "joined" ? producer.columns : [];
    const fed = consumer.kind === "join side" ? narrowed.get(consumer.join)?.[consumer.side] : undefined;
    const table = consumer.kind === "groups" ? tables.find(({ id }) => id === consumer.table) : undefined;
    return columnUses(pipeline, { table, joinSide: fed, keySet: among(keySets), top: among(tops), latest: among(latest), state: among(states), takesLanes: false }, columns).keys();
  };
  // A join above another is fed later, and its own columns must be known first.
  for (const join of [...joins].reverse()) {
    const read = new Set(pipelines.filter(({ producer }) => producer.kind === "joined" && producer.join === join.id).flatMap((pipeline) => [...readBy(pipeline)]));
    for (const expr of [join.residual, join.left.keeps?.time, join.right.keeps?.time]) if (expr !== undefined) for (const id of columnsOf(expr)) read.add(id);
    const only = (side: StreamJoinSide): StreamJoinSide => ({ ...side, columns: side.columns.filter(({ id }) => read.has(id)) });
    narrowed.set(join.id, { ...join, left: only(join.left), right: only(join.right) });
  }
  return joins.map((join) => narrowed.get(join.id) ?? join);
}

function among<Item extends { readonly id: string }>(items: readonly Item[]): (id: string) => Item {
  return (id) => items.find((item) => item.id === id) ?? internalError("E9007", `there is no operator ${id}`);
}
