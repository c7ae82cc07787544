import type { Span } from "../../source/span.ts";
import type { Frame } from "../frame.ts";
import { pyMethod, type Py } from "../python/py.ts";
import type { Asked } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";

/** `rows = rows.method(…)`: a step that leaves the columns as they are. */
export function writeStep(origin: Span | undefined, asked: Asked, writer: FrameWriter, frame: Frame, method: string, args: readonly Py[]): Frame {
  writer.assign(asked.variable, pyMethod(frame.value, method, args), origin);
  return { ...frame, value: asked.variable };
}
