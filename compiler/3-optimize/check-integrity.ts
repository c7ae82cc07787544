import { visitExpr } from "../ir/expr/index.ts";
import type { Column, EventTime, Join, LateRoute, LogicalPlan } from "../ir/logical/index.ts";
import { scansOf } from "../ir/logical/nodes-of.ts";
import { holdsResult } from "../ir/logical/streaming-properties.ts";
import { sameType, typeText } from "../ir/types/data-type.ts";
import { boundsText } from "./analyses/stream-join-bounds.ts";
import { expressionsOf } from "./node-expressions.ts";

/**
 * What no rule may change, as a sentence that says what is broken, or undefined. The plan's output is the same columns in
 * the same order, with no nullability added; it streams as before, with the same key and event-time columns, for the
 * changelog mode and the legality of the query hang on them; every column is resolvable where it is read; the readers decide
 * on the same fields whether a record is malformed; every watermark, and whatever keeps state, is what it was.
 */
export function checkIntegrity(before: LogicalPlan, after: LogicalPlan): string | undefined {
  return outputChange(before.output, after.output) ?? streamingChange(before, after) ?? unresolved(after) ?? readerChange(before, after) ?? stateChange(before, after);
}

function outputChange(before: readonly Column[], after: readonly Column[]): string | undefined {
  if (before.length !== after.length) return `it had ${before.length} columns and has ${after.length}`;
  for (const [index, was] of before.entries()) {
    const is = after[index];
    if (is === undefined || is.id !== was.id || is.name !== was.name) return `column ${index + 1} was ${columnText(was)} and is ${is === undefined ? "gone" : columnText(is)}`;
    if (!sameType(is.type, was.type)) return `${columnText(was)} was ${typeText(was.type)} and is ${typeText(is.type)}`;
    if (is.nullable && !was.nullable) return `${columnText(was)} could not be null and now may be`;
  }
  return undefined;
}

function streamingChange(before: LogicalPlan, after: LogicalPlan): string | undefined {
  if (before.streaming !== after.streaming) return "whether it streams has changed";
  const wasKey = before.key?.join(", ");
  const isKey = after.key?.join(", ");
  if (wasKey !== isKey) return `the key was [${wasKey ?? "none"}] and is [${isKey ?? "none"}]`;
  const wasTimes = eventTimesText(before.eventTimes);
  const isTimes = eventTimesText(after.eventTimes);
  return wasTimes === isTimes ? undefined : `the event-time columns were [${wasTimes}] and are [${isTimes}]`;
}

function unresolved(plan: LogicalPlan): string | undefined {
  let found: string | undefined;
  plan.visit((node) => {
    if (node.kind === "Watermark" && !node.input.output.some((column) => column.id === node.spec.column)) {
      found ??= `\`${node.describe()}\` watches a column that its input does not have`;
    }
    if (node.kind === "Union" && node.columns.some(({ sources }) => node.inputs.some((input, at) => !input.output.some((column) => column.id === sources[at])))) {
      found ??= `\`${node.describe()}\` takes a column that its input does not have`;
    }
    for (const { expr, over } of expressionsOf(node)) {
      visitExpr(expr, (part) => {
        if (part.kind !== "ColumnRef") return;
        const column = over.find(({ id }) => id === part.id);
        if (column === undefined) found ??= `\`${node.describe()}\` reads ${part.name}#${part.id}, which its input does not have`;
        else if (!sameType(column.type, part.type)) found ??= `\`${node.describe()}\` reads ${columnText(column)} as ${typeText(part.type)}, but it is ${typeText(column.type)}`;
        else if (column.nullable && !part.nullable) found ??= `\`${node.describe()}\` reads ${columnText(column)} as never null, but it may be`;
      });
    }
  });
  return found;
}

function readerChange(before: LogicalPlan, after: LogicalPlan): string | undefined {
  const was = scansOf(before);
  const is = scansOf(after);
  if (was.length !== is.length) return `it had ${was.length} readers and has ${is.length}`;
  for (const [index, scan] of was.entries()) {
    const next = is[index];
    if (next === undefined || next.input !== scan.input) return `the reader of ${scan.input.name} is gone or reads something else`;
    if (next.needed !== scan.needed) return `the fields that decide whether a record of ${scan.input.name} is malformed have changed`;
    const extra = next.columns.find((column) => !scan.columns.includes(column));
    if (extra !== undefined) return `the reader of ${scan.input.name} fills ${columnText(extra)}, which it did not`;
  }
  return undefined;
}

function stateChange(before: LogicalPlan, after: LogicalPlan): string | undefined {
  const was = stateful(before);
  const is = stateful(after);
  const lost = was.find((text) => !is.includes(text));
  const gained = is.find((text) => !was.includes(text));
  if (lost !== undefined) return `the stateful step \`${lost}\` is gone or changed${gained === undefined ? "" : `: now \`${gained}\``}`;
  if (gained !== undefined) return `the stateful step \`${gained}\` is new`;
  return was.join("\n") === is.join("\n") ? undefined : "the stateful steps are in another order";
}

/** Watermarks and whatever keeps state, each with its identity in checkpoints and what its layout hangs on. */
function stateful(plan: LogicalPlan): readonly string[] {
  const found: string[] = [];
  plan.visit((node) => {
    if (node.kind === "Watermark") found.push(`${node.spec.operatorId}: ${node.describe()}`);
    if (node.kind === "Limit") found.push(`${node.operatorId}: limit`);
    if (node.kind === "Top") found.push(`${node.operatorId}: top ${node.spec.count}${node.spec.ties ? " with ties" : ""}${lateText(node.late)}`);
    if (node.kind === "UserState") found.push(`${node.operatorId}: ${node.spec.kind} ${node.spec.fn.name} by ${node.spec.keys.length} in event time [${eventTimesText(node.input.eventTimes)}]${lateText(node.late)}`);
    if (node.kind === "Dedup" && node.streaming && !holdsResult(node, false)) found.push(`${node.operatorId}: dedup by ${node.keys.length}${node.within === undefined ? "" : ` within ${node.within.span}µs of #${node.within.time}`} in event time [${eventTimesText(node.input.eventTimes)}]${lateText(node.late)}`);
    // Beside a table a join keeps nothing, and may be of a narrower kind.
    if (node.kind === "Join") found.push(`${node.operatorId}: ${node.left.streaming && node.right.streaming ? streamsText(node) : `join of ${sidesText(node.left.streaming, node.right.streaming)}`}`);
    if (node.kind === "Aggregate") {
      const columns = node.output.map((column) => `${columnText(column)} ${typeText(column.type)}${column.nullable ? "?" : ""}`).join(", ");
      found.push(`${node.operatorId}: aggregate of ${columns} in event time [${eventTimesText(node.input.eventTimes)}]${lateText(node.late)}`);
    }
  });
  return found;
}

function lateText(late: LateRoute | undefined): string {
  return late === undefined ? "" : `, late ${late.columns.map(({ name }) => name).join(", ")} into ${late.sideOutput}`;
}

/** A join of two streams: what it keeps hangs on its kind, its keys and its bounds. */
function streamsText(join: Join): string {
  return `${join.joinKind} join of two streams by ${join.equalities.length} keys, ${boundsText(join)}${lateText(join.sides.lateLeft)}${lateText(join.sides.lateRight)}`;
}

function sidesText(left: boolean, right: boolean): string {
  return `a ${left ? "stream" : "table"} and a ${right ? "stream" : "table"}`;
}

function eventTimesText(times: readonly EventTime[]): string {
  return times
    .map(({ column, delay, role }) => `#${column} ${role} − ${delay}µs`)
    .sort()
    .join(", ");
}

function columnText(column: Column): string {
  return `${column.name}#${column.id}`;
}
