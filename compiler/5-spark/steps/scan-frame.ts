import { internalError } from "../../diagnostics/internal-error.ts";
import type { Scan } from "../../ir/logical/scan.ts";
import type { Frame } from "../frame.ts";
import { columnArgument } from "../python/column-argument.ts";
import { pyMethod } from "../python/py.ts";
import type { Asked } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";

/** The rows of a source or table, with the columns of the scan. */
export function scanFrame(scan: Scan, asked: Asked, writer: FrameWriter): Frame {
  if (scan.filter !== undefined) return internalError("E9007", "a filter within a reader reached Spark, where filters stay steps");
  const read = writer.readRows(scan, writer);
  const columns = scan.columns.map(({ name }) => name);
  const value = read.columns.join("\n") === columns.join("\n") ? read.value : pyMethod(read.value, "select", columns.map(columnArgument));
  writer.assign(asked.variable, value, scan.origin);
  return { value: asked.variable, names: new Map(scan.columns.map(({ id, name }) => [id, name])), carried: new Map() };
}
