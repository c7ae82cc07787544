import { sparkDedup, sparkFirstRows, sparkZeroKeys } from "../../diagnostics/catalogue/spark-steps.ts";
import type { ColumnId } from "../../ir/expr/expr.ts";
import { eventTimeOf } from "../../ir/logical/event-time-of.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import { durationText, type Dedup } from "../../ir/logical/plan.ts";
import type { TypeKind } from "../../ir/types/data-type.ts";
import { holdsKind } from "../../ir/types/holds-kind.ts";
import type { Frame } from "../frame.ts";
import { columnArgument, columnNamed } from "../python/column-argument.ts";
import { pyBinary, pyCall, pyDict, pyInt, pyList, pyMethod, pyName, pyText, type Py } from "../python/py.ts";
import { tellsWhole, windowPartOf } from "./carried-window.ts";
import { columnsIn } from "./columns-in.ts";
import { type Asked, frameOf } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";
import { NameSet } from "./name-set.ts";
import { tieKeys } from "./order-keys.ts";
import { placesOf } from "./ranked.ts";
import { rowOrder } from "./row-order.ts";

const floating: ReadonlySet<TypeKind> = new Set(["float", "double"]);

/** `dropDuplicates`, and its kin within the watermark; over groups of tables the first row by content. */
export function dedupFrame(plan: Dedup, asked: Asked, writer: FrameWriter): Frame {
  const { context } = writer;
  const { keys, within, input } = plan;
  const at = plan.origin ?? context.at;
  const frame = frameOf(input, { ...asked, carries: plan.streaming }, writer);
  if (keys.some(({ type }) => holdsKind(type, floating))) context.tell(sparkZeroKeys({}).at(at).helped("group by it instead: `aggregate … group by`"));
  const named = new Set<ColumnId>(keys.flatMap((key) => (key.kind === "ColumnRef" ? [key.id] : [])));
  const showsOthers = input.output.some(({ id }) => !named.has(id));
  const order = rowOrder(input);
  // Of tables Sluice goes by the content where the rows do not come from a reader itself, whatever order was asked for.
  if (!plan.streaming && order !== "read" && showsOthers) return firstByContent(plan, frame, asked, writer);
  if (showsOthers) {
    const isOfGroups = order === "content" || nodesOf(input).some((node) => node.kind === "Aggregate" && node.streaming);
    if (!isOfGroups) context.tell(sparkFirstRows({ step: "dedup" }).at(at).helped("keep the columns of its key alone, or take `min_by(…)` or `max_by(…)` of an aggregate by them"));
    else context.tell(sparkDedup({ reason: "of groups it keeps any, not the first by content" }).at(at).helped("make all columns keys of it, or take `min_by(…)` of an aggregate by the keys"));
  }
  if (within !== undefined && plan.streaming) {
    const delay = input.eventTimes.find(({ column }) => column === within.time)?.delay;
    if (delay !== within.span) context.tell(sparkDedup({ reason: `a key is forgotten after the watermark's delay, ${durationText(delay ?? 0)}, and not after ${durationText(within.span)}` }).at(at).helped("write `within watermark`, or make the two spans the same"));
  }
  const isComputed = keys.some((key) => plan.streaming && key.kind !== "ColumnRef" && eventTimeOf(key, input.eventTimes) !== undefined && windowPartOf(key, frame, input.eventTimes) === undefined);
  if (isComputed) context.tell(sparkDedup({ reason: "a key that is computed of the event time is no event time to it" }).at(at).helped("make it a column by `select`, and leave the time that it is computed of out"));
  const { value, names, added } = keyColumns(plan, frame, writer);
  const distinct = pyMethod(value, within === undefined || !plan.streaming ? "dropDuplicates" : "dropDuplicatesWithinWatermark", [pyList(names.map((name) => pyText(name)))]);
  writer.assign(asked.variable, added.length === 0 ? distinct : pyMethod(distinct, "drop", added.map(pyText)), plan.origin);
  const time = timeToKeep(plan, frame, names, writer);
  if (time !== undefined) {
    const newest = pyCall(pyName("F.max"), [columnArgument(time)]);
    writer.assign(asked.variable, pyMethod(asked.variable, "observe", [pyText(writer.observed.add("dedup")), newest]), plan.origin, "observed, so that Spark keeps the event time below, by which late rows are dropped");
  }
  const carried = asked.carries ? frame.carried : new Map<ColumnId, string>();
  const dropped = [...new Set(frame.carried.values())].filter(() => !asked.carries);
  if (dropped.length > 0) writer.assign(asked.variable, pyMethod(asked.variable, "drop", dropped.map(pyText)), plan.origin);
  return { value: asked.variable, names: frame.names, carried };
}

/** The event time that no step above the dedup need read, so that Spark would leave it out below, and with it what drops late rows. */
function timeToKeep({ streaming, within, input }: Dedup, frame: Frame, keys: readonly string[], writer: FrameWriter): string | undefined {
  if (!streaming || within !== undefined) return undefined;
  const times = input.eventTimes.flatMap(({ column }) => {
    const name = frame.carried.get(column) ?? frame.names.get(column);
    return name === undefined ? [] : [{ column, name }];
  });
  if (times.some(({ column, name }) => keys.includes(name) || writer.plan.output.some(({ id }) => id === column))) return undefined;
  return times[0]?.name;
}

/** The columns of the key by name; expressions become columns for so long, and the bounds of a window are the window, which has the event time. */
function keyColumns({ keys, input }: Dedup, frame: Frame, writer: FrameWriter): { readonly value: Py; readonly names: readonly string[]; readonly added: readonly string[] } {
  const taken = new NameSet(columnsIn(frame));
  const names = new Set<string>();
  const added: [string, Py][] = [];
  const parts = keys.map((key) => windowPartOf(key, frame, input.eventTimes));
  const said = parts.filter((part) => part !== undefined);
  keys.forEach((key, at) => {
    const part = parts[at];
    const name = key.kind === "ColumnRef" ? frame.names.get(key.id) : undefined;
    if (part !== undefined && tellsWhole(said, part.column)) names.add(part.column);
    else if (name !== undefined) names.add(name);
    else {
      const free = taken.add(`key_${at + 1}`);
      added.push([free, writer.column(key, frame)]);
      names.add(free);
    }
  });
  return { value: added.length === 0 ? frame.value : pyMethod(frame.value, "withColumns", [pyDict(added)]), names: [...names], added: added.map(([name]) => name) };
}

function firstByContent(plan: Dedup, frame: Frame, asked: Asked, writer: FrameWriter): Frame {
  const place = new NameSet(columnsIn(frame)).add("place");
  const window = placesOf(plan.keys, tieKeys(plan.output, [], frame), frame, writer);
  writer.assign(asked.variable, pyMethod(frame.value, "withColumn", [pyText(place), pyMethod(pyCall(pyName("F.row_number"), []), "over", [window])]), plan.origin);
  writer.assign(asked.variable, pyMethod(pyMethod(asked.variable, "where", [pyBinary("==", columnNamed(place), pyInt(1))]), "drop", [pyText(place)]), plan.origin);
  return { ...frame, value: asked.variable };
}
