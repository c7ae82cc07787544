import type { Explode } from "../../ir/logical/plan.ts";
import type { Frame } from "../frame.ts";
import { pyCall, pyMethod, pyName, pyText } from "../python/py.ts";
import { columnsIn } from "./columns-in.ts";
import { type Asked, frameOf } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";
import { NameSet } from "./name-set.ts";

export function explodeFrame(plan: Explode, asked: Asked, writer: FrameWriter): Frame {
  const frame = frameOf(plan.input, asked, writer);
  const taken = new NameSet(columnsIn(frame));
  const added = plan.columns.map(({ id, name }) => [id, taken.add(name)] as const);
  const exploded = pyCall(pyName(plan.outer ? "F.explode_outer" : "F.explode"), [writer.column(plan.value, frame)]);
  const [first] = added;
  const value =
    added.length === 1 && first !== undefined
      ? pyMethod(frame.value, "withColumn", [pyText(first[1]), exploded])
      : pyMethod(frame.value, "select", [pyText("*"), pyMethod(exploded, "alias", added.map(([, name]) => pyText(name)))]);
  writer.assign(asked.variable, value, plan.origin);
  return { value: asked.variable, names: new Map([...frame.names, ...added]), carried: frame.carried };
}
