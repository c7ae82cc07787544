import type { Scan } from "../../ir/logical/scan.ts";
import { visitExpr } from "../../ir/expr/walk.ts";
import type { Frame } from "../frame.ts";
import { columnArgument } from "../python/column-argument.ts";
import { pyMethod } from "../python/py.ts";
import type { Asked } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";

/** The rows of a source or table: those that pass the scan's filter, with its columns. */
export function scanFrame(scan: Scan, asked: Asked, writer: FrameWriter): Frame {
  const read = writer.readRows(scan, writer);
  const names = new Map(scan.columns.map(({ id, name }) => [id, name]));
  const frame = { value: read.value, names, carried: new Map() };
  let value = read.value;
  if (scan.filter !== undefined) {
    const all = new Map(names);
    visitExpr(scan.filter, (node) => {
      if (node.kind === "ColumnRef") all.set(node.id, node.name);
    });
    value = pyMethod(value, "where", [writer.column(scan.filter, { ...frame, names: all })]);
  }
  const columns = scan.columns.map(({ name }) => name);
  if (read.columns.join("\n") !== columns.join("\n")) value = pyMethod(value, "select", columns.map(columnArgument));
  writer.assign(asked.variable, value, scan.origin);
  return { ...frame, value: asked.variable };
}
