import type { Expand } from "../../ir/logical/plan.ts";
import type { Frame } from "../frame.ts";
import { columnArgument, fieldArgument } from "../python/column-argument.ts";
import { pyCall, pyMethod, pyName, pyText } from "../python/py.ts";
import { columnsIn } from "./columns-in.ts";
import { type Asked, frameOf } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";
import { NameSet } from "./name-set.ts";

/** Each row several times over: an array of records, one a copy, is exploded, and the records' fields become columns. Event times of other columns go through. */
export function expandFrame(plan: Expand, asked: Asked, writer: FrameWriter): Frame {
  const frame = frameOf(plan.input, asked, writer);
  const before = columnsIn(frame);
  const taken = new NameSet(before);
  const added = plan.columns.map((column) => ({ ...column, as: taken.add(column.name) }));
  const record = taken.add("copy");
  const copies = Array.from({ length: plan.copies }, (_, at) =>
    added.length === 0
      ? pyCall(pyName("F.lit"), [pyText("")])
      : pyCall(pyName("F.struct"), added.flatMap(({ values, as }) => {
          const value = values[at];
          return value === undefined ? [] : [pyMethod(writer.column(value, frame), "alias", [pyText(as)])];
        })),
  );
  const exploded = pyMethod(frame.value, "withColumn", [pyText(record), pyCall(pyName("F.explode"), [pyCall(pyName("F.array"), copies)])]);
  writer.assign(asked.variable, exploded, plan.origin);
  writer.assign(asked.variable, pyMethod(asked.variable, "select", [...before.map(columnArgument), ...added.map(({ as }) => fieldArgument(record, as))]), plan.origin);
  return { value: asked.variable, names: new Map([...frame.names, ...added.map(({ id, as }) => [id, as] as const)]), carried: frame.carried };
}
