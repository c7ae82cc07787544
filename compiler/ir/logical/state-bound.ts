import { exprText } from "../expr/print.ts";
import type { EventTime } from "./column.ts";
import { durationText } from "./duration-text.ts";
import { eventTimeOf } from "./event-time-of.ts";
import type { JoinBounds, SideBound } from "./join-bounds.ts";
import type { Aggregate, Dedup, FixedWindowKey, Join, LogicalPlan, SessionWindowKey, Top, UserState, Watermark } from "./plan.ts";
import type { NodeProperties, SideKeeping } from "./streaming-properties.ts";

/** What bounds the state of an operator, and how large it is. */
export interface StateSize {
  /** `constant`: it does not grow. `key domain`: only the number of keys bounds it. `values`: it grows with the rows. */
  readonly boundedBy: "constant" | "watermark" | "clock" | "key domain" | "values";
  /** Where the watermark bounds it: the steps that define it, `pages/watermark: timestamp − 10m`. */
  readonly watermarks: readonly string[];
  /** Rows of state: `keys × 15 (panes of 1m over 5m + 10m delay)`. */
  readonly formula: string;
}

/** The size of what an operator keeps between batches; undefined where it keeps nothing. `properties` are its own, as the mode derives them. */
export function stateBound(node: LogicalPlan, properties: NodeProperties): StateSize | undefined {
  const { state, closesBy, joins, keeping } = properties;
  if (state === undefined) return undefined;
  if (node.kind === "Join" && joins !== undefined && keeping !== undefined) return sizeOfJoin(node, joins, keeping);
  const values = node.kind === "Aggregate" && state.rowsPerKey !== "one" ? " × values" : "";
  const formula = `${rowsOf(node, properties)}${values}`;
  if (node.kind === "UserState" && node.spec.timeout?.byClock === false) return { boundedBy: "watermark", watermarks: watermarksBelow(node.input).map(watermarkText), formula };
  if (closesBy !== undefined) return { boundedBy: "watermark", watermarks: watermarksBelow(node).map(watermarkText), formula };
  if (state.keys === "byTimeout") return { boundedBy: "clock", watermarks: [], formula };
  if (state.rowsPerKey === "unbounded") return { boundedBy: "values", watermarks: [], formula };
  return { boundedBy: state.keys === "one" && values === "" && state.everyRow !== true ? "constant" : "key domain", watermarks: [], formula };
}

function rowsOf(node: LogicalPlan, { state, closesBy }: NodeProperties): string {
  switch (node.kind) {
    case "Aggregate":
      return rowsOfGroups(node, closesBy, state?.keys === "byTimeout");
    case "Dedup":
      return state?.everyRow === true ? everyRow(closesBy) : rowsOfKeys(node, closesBy);
    case "Top":
      return state?.everyRow === true ? everyRow(closesBy) : rowsOfTop(node, closesBy);
    case "UserState":
      return rowsOfState(node);
    case "Join":
      return `${rowWords(node, "right")}, one a key${withinDelay(closesBy)}`;
    default:
      return "1 counter";
  }
}

function rowsOfGroups({ window, keys, input }: Aggregate, closesBy: EventTime | undefined, byClock: boolean): string {
  const within = withinDelay(closesBy);
  if (window === undefined) return keys.length === 0 ? "1 group" : `keys${within}`;
  const of = keys.length === 0 ? "" : "keys × ";
  if (closesBy === undefined) return `${of}${window.kind === "session" ? "sessions" : byClock ? panes(window, 0) : "windows"}`;
  // A key beside the window may be the time that closes.
  if (eventTimeOf(window.time, input.eventTimes)?.column !== closesBy.column) return `${of}windows${within}`;
  return `${of}${window.kind === "session" ? sessions(window, closesBy.delay) : panes(window, closesBy.delay)}`;
}

/** A slide is one pane, or two where it does not divide the size (decision 0023); those of `size + delay` are open. */
function panes({ kind, size, slide }: FixedWindowKey, delay: number): string {
  const cuts = size % slide === 0 ? 1 : 2;
  const open = Math.ceil((size + delay) / slide) * cuts;
  const word = kind === "tumbling" ? "windows" : cuts === 1 ? "panes" : "pairs of panes";
  return `${open} (${word} of ${durationText(slide)} over ${durationText(size)}${delay === 0 ? "" : ` + ${durationText(delay)} delay`})`;
}

function sessions({ gap }: SessionWindowKey, delay: number): string {
  const length = gap.kind === "Literal" && typeof gap.value === "number" ? durationText(gap.value) : exprText(gap);
  return `sessions open (gap ${length} + ${durationText(delay)} delay)`;
}

function rowsOfKeys({ within }: Dedup, closesBy: EventTime | undefined): string {
  if (closesBy === undefined) return "keys";
  return `keys within ${within === undefined ? "" : `${durationText(within.span)} + `}${durationText(closesBy.delay)} delay`;
}

function rowsOfTop({ spec: { count, ties, per } }: Top, closesBy: EventTime | undefined): string {
  const rows = `${count} ${count === 1 ? "row" : "rows"}${ties ? " and what ties with the last" : ""}`;
  return `${per.length === 0 ? "" : "keys × "}${rows}${withinDelay(closesBy)}`;
}

/** The function itself may keep a key for longer, or give it back. */
function rowsOfState({ spec: { kept, timeout } }: UserState): string {
  const states = kept.kind === "one" ? "" : ` × ${kept.states.map(({ name, kind }) => (kind === "value" ? name : `${name} (${kind})`)).join(" + ") || "timers"}`;
  return `keys${timeout === undefined ? "" : ` within ${durationText(timeout.span)}`}${states}`;
}

function everyRow(closesBy: EventTime | undefined): string {
  return `every row below${withinDelay(closesBy)}`;
}

function withinDelay(closesBy: EventTime | undefined): string {
  return closesBy === undefined ? "" : ` within ${durationText(closesBy.delay)} delay`;
}

/** Each side on its own: how long it keeps a row in event time, or what else takes it away. */
function sizeOfJoin(node: Join, bounds: JoinBounds, keeping: Readonly<Record<"left" | "right", SideKeeping>>): StateSize {
  const rows = (side: "left" | "right"): string => {
    const bound: SideBound | undefined = bounds[side];
    return `${side}: ${rowWords(node, side)} ${bound === undefined ? keepingText[keeping[side]] : keptText(bound, node[side])}`;
  };
  const formula = `${rows("left")}; ${rows("right")}`;
  const ways = [keeping.left, keeping.right];
  if (ways.includes("for ever")) return { boundedBy: "values", watermarks: [], formula };
  if (ways.includes("by keys")) return { boundedBy: "key domain", watermarks: [], formula };
  return { boundedBy: "watermark", watermarks: watermarksBelow(node).map(watermarkText), formula };
}

const keepingText: Readonly<Record<SideKeeping, string>> = { "by time": "", "by keys": "by key", table: "as they are now", "for ever": "for ever" };

/** `w rows`; `rows` where the job has no name for a side. */
function rowWords({ sides: { names } }: Join, side: "left" | "right"): string {
  return names === undefined || names[side] === side ? "rows" : `${names[side]} rows`;
}

function keptText({ time, span }: SideBound, side: LogicalPlan): string {
  if (eventTimeOf(time, side.eventTimes)?.role === "raw") return `for ${durationText(Math.max(0, span))} of event time`;
  return `until ${exprText(time)}${span === 0 ? "" : span > 0 ? ` + ${durationText(span)}` : ` − ${durationText(-span)}`}`;
}

function watermarksBelow(node: LogicalPlan): readonly Watermark[] {
  const found = new Map<string, Watermark>();
  node.visit((below) => {
    if (below.kind === "Watermark") found.set(below.spec.operatorId, below);
  });
  return [...found.values()];
}

function watermarkText({ spec }: Watermark): string {
  return `${spec.operatorId}: ${spec.columnName} − ${durationText(spec.delay)}`;
}
