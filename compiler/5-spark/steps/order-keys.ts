import type { Column } from "../../ir/logical/column.ts";
import type { SortItem } from "../../ir/logical/plan.ts";
import { columnRef } from "../../ir/expr/build.ts";
import { sameExpr } from "../../ir/expr/walk.ts";
import type { TypeKind } from "../../ir/types/data-type.ts";
import { holdsKind } from "../../ir/types/holds-kind.ts";
import { nameIn, type Frame } from "../frame.ts";
import { columnArgument } from "../python/column-argument.ts";
import { pyMethod, type Py } from "../python/py.ts";
import type { FrameWriter } from "./frame-writer.ts";

/** The items of an order, each with its direction and the place of nulls. */
export function orderKeys(items: readonly SortItem[], frame: Frame, writer: FrameWriter): readonly Py[] {
  return items.map(({ expr, descending, nullsFirst }) => {
    const usual = nullsFirst === !descending;
    if (expr.kind === "ColumnRef" && !descending && usual) return writer.argument(expr, frame);
    const direction = descending ? "desc" : "asc";
    return pyMethod(writer.column(expr, frame), usual ? direction : `${direction}_nulls_${nullsFirst ? "first" : "last"}`);
  });
}

const unordered: ReadonlySet<TypeKind> = new Set(["map"]);

/** The columns by which rows are ordered that are equal in every item: all others that have an order. */
export function tieKeys(columns: readonly Column[], items: readonly SortItem[], frame: Frame): readonly Py[] {
  return columns
    .filter(({ type, id, name, nullable }) => !holdsKind(type, unordered) && type.kind !== "null" && !items.some(({ expr }) => sameExpr(expr, columnRef(id, name, type, nullable))))
    .map(({ id }) => columnArgument(nameIn(frame, id)));
}
