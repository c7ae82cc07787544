import { sparkTop } from "../../diagnostics/catalogue/spark-steps.ts";
import type { Top } from "../../ir/logical/plan.ts";
import type { Frame } from "../frame.ts";
import { columnNamed } from "../python/column-argument.ts";
import { pyBinary, pyCall, pyInt, pyMethod, pyName, pyText } from "../python/py.ts";
import { columnsIn } from "./columns-in.ts";
import { type Asked, frameOf } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";
import { NameSet } from "./name-set.ts";
import { orderKeys, tieKeys } from "./order-keys.ts";
import { placesOf } from "./ranked.ts";

/** The first rows of each key, over tables: those whose place in their key's order is low enough. */
export function topFrame(plan: Top, asked: Asked, writer: FrameWriter): Frame {
  const { context } = writer;
  const { count, ties, rank, order, per } = plan.spec;
  if (plan.streaming) {
    const help = count === 1 && per.length > 0 ? "take `max_by(…)` of an aggregate by the key in place of `top 1`" : "over a complete result take `order by … ` and `limit`; else run this job on Node";
    context.tell(sparkTop({}).at(plan.origin ?? context.at).helped(help));
  }
  const frame = frameOf(plan.input, asked, writer);
  const taken = new NameSet(columnsIn(frame));
  const place = taken.add(rank?.name ?? "place");
  const keys = [...orderKeys(order, frame, writer), ...(ties ? [] : tieKeys(plan.input.output, order, frame))];
  const window = placesOf(per, keys, frame, writer);
  writer.assign(asked.variable, pyMethod(frame.value, "withColumn", [pyText(place), pyMethod(pyCall(pyName(ties ? "F.rank" : "F.row_number"), []), "over", [window])]), plan.origin);
  const first = pyMethod(asked.variable, "where", [pyBinary("<=", columnNamed(place), pyInt(count))]);
  writer.assign(asked.variable, rank === undefined ? pyMethod(first, "drop", [pyText(place)]) : first, plan.origin);
  return { value: asked.variable, names: rank === undefined ? frame.names : new Map([...frame.names, [rank.id, place]]), carried: frame.carried };
}
