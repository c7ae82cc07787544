import type { Expr } from "../../ir/expr/expr.ts";
import type { Frame } from "../frame.ts";
import { pyMethod, pyName, type Py } from "../python/py.ts";
import type { FrameWriter } from "./frame-writer.ts";

/** `Window.partitionBy(…).orderBy(…)`, for a place within each key. */
export function placesOf(per: readonly Expr[], order: readonly Py[], frame: Frame, writer: FrameWriter): Py {
  const keys = per.map((expr) => writer.argument(expr, frame));
  return pyMethod(keys.length === 0 ? pyName("Window") : pyMethod(pyName("Window"), "partitionBy", keys), "orderBy", order);
}
