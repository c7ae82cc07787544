import { sparkUserStep } from "../../diagnostics/catalogue/spark-steps.ts";
import type { Apply, UserState } from "../../ir/logical/plan.ts";
import type { Frame } from "../frame.ts";
import { NameSet } from "./name-set.ts";
import { type Asked, frameOf } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";

/** A step that is a function of the user's: told, with a stand-in of its columns. */
export function userStepFrame(plan: Apply | UserState, asked: Asked, writer: FrameWriter): Frame {
  const fn = plan.kind === "Apply" ? plan.fn : plan.spec.fn;
  const step = plan.kind === "Apply" ? plan.how : "state";
  const help = plan.kind === "Apply" ? "say it with `map`, `flatMap` and the built-in steps" : "say it with `aggregate`, `dedup` or a session window, or run this job on Node";
  writer.context.tell(sparkUserStep({ name: fn.name, step }).at(plan.origin ?? writer.context.at).helped(help));
  const { value } = frameOf(plan.input, asked, writer);
  const names = new NameSet();
  return { value, names: new Map(plan.output.map(({ id, name }) => [id, names.add(name)])), carried: new Map() };
}
