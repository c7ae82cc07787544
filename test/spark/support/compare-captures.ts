import type { Checked } from "../../../compiler/compile.ts";
import type { LogicalPlan } from "../../../compiler/ir/logical/plan.ts";
import type { DataType } from "../../../compiler/ir/types/data-type.ts";
import { jsonMembers } from "../../../runtime/connectors/json-members.ts";
import type { RuntimeValue } from "../../../runtime/functions/runtime-value.ts";
import type { CapturedBatch } from "../../../runtime/query/capture-reader.ts";
import { cellValue } from "../../facts/cell-value.ts";
import type { DifferentBatch } from "./differential-case.ts";
import { isCloseSum, sameButNumbers, summedNumbers } from "./same-but-numbers.ts";
import { summedColumns } from "./summed-columns.ts";

/** How two captures differ: the first batch that does in words, all of them as data. */
export interface CaptureDifference {
  readonly text: string;
  readonly batches: readonly DifferentBatch[];
}

/** `equal`, with rows or none on both; or how they differ. */
export type CaptureComparison = { readonly kind: "equal"; readonly hasRows: boolean } | ({ readonly kind: "differs" } & CaptureDifference);

/**
 * Compares what a query gave on the two targets, batch by batch: rows as multisets, in their order where the job orders them; values by their types. A batch without
 * rows is the same as none. Doubles that were added up may differ in their last digits: Spark adds them in another order.
 */
export function compareCaptures(query: Checked["queries"][number], node: readonly CapturedBatch[], spark: readonly CapturedBatch[]): CaptureComparison {
  const { name, plan, mode } = query.analyzed;
  const ordered = mode === "complete" || !plan.streaming ? isOrdered(plan) : false;
  const summed = summedColumns(plan);
  const columns = plan.output.map(({ id, type }) => ({ type, isSummed: summed.has(id) }));
  const rowsOf = (batches: readonly CapturedBatch[]): RowsByBatch => rowsByBatch(batches.filter((batch) => batch.query === name), columns, ordered);
  const [ours, theirs] = [rowsOf(node), rowsOf(spark)];
  const batches: DifferentBatch[] = [];
  let text: string | undefined;
  for (const batch of [...new Set([...ours.keys(), ...theirs.keys()])].sort((a, b) => a - b)) {
    const [a, b] = [ours.get(batch) ?? [], theirs.get(batch) ?? []];
    const [onlyOurs, onlyTheirs] = [without(a, b), without(b, a)];
    if (a.join("\n") === b.join("\n") || areClose(ordered ? a : onlyOurs, ordered ? b : onlyTheirs, ordered)) continue;
    // Rows that are the same in another order are all told.
    batches.push(onlyOurs.length + onlyTheirs.length === 0 ? { batch, node: a, spark: b } : { batch, node: onlyOurs, spark: onlyTheirs });
    text ??= `query ${name}, batch ${batch}:\n${listing("only on Node", onlyOurs)}${listing("only on Spark", onlyTheirs)}${listing("all on Node", a)}${listing("all on Spark", b)}${listing("batches on Node", counts(ours))}${listing("batches on Spark", counts(theirs))}`;
  }
  return text === undefined ? { kind: "equal", hasRows: ours.size > 0 } : { kind: "differs", text, batches };
}

function isOrdered(plan: LogicalPlan): boolean {
  return plan.kind === "Sort" || ((plan.kind === "Limit" || plan.kind === "Project") && isOrdered(plan.input));
}

/** Whether rows are the same but for the last digits of their doubles. */
function areClose(rows: readonly string[], others: readonly string[], ordered: boolean): boolean {
  if (rows.length !== others.length) return false;
  const left = [...others];
  return rows.every((row, at) => {
    if (ordered) return isClose(row, others[at] ?? "");
    const match = left.findIndex((other) => isClose(row, other));
    if (match >= 0) left.splice(match, 1);
    return match >= 0;
  });
}

function isClose(row: string, other: string): boolean {
  return sameButNumbers(row, other, summedNumbers, isCloseSum);
}

type RowsByBatch = ReadonlyMap<number, readonly string[]>;

/** What is known of a column of the result. */
interface ComparedColumn {
  readonly type: DataType;
  readonly isSummed: boolean;
}

function rowsByBatch(batches: readonly CapturedBatch[], columns: readonly ComparedColumn[], ordered: boolean): RowsByBatch {
  return new Map(
    batches.flatMap(({ batch, rows }) => {
      const texts = rows.map(({ kind, json }) => `${kind === "-D" ? "-D " : ""}${rowText(json, columns)}`);
      return texts.length === 0 ? [] : [[batch, ordered ? texts : texts.sort()] as const];
    }),
  );
}

function rowText(json: string, columns: readonly ComparedColumn[]): string {
  return jsonMembers(json).map(([name, value], at) => {
    const column = columns[at];
    return `${name}=${column === undefined ? value : valueText(cellValue(value, column.type), column.type, column.isSummed)}`;
  }).join(", ");
}

/** `isSummed` marks doubles that need not be equal to the last digit with a `~`. */
function valueText(value: RuntimeValue, type: DataType, isSummed: boolean): string {
  if (value === null) return "null";
  if (typeof value === "number") return `${Object.is(value, -0) ? "-0.0" : String(value)}${isSummed && Number.isFinite(value) && (type.kind === "double" || type.kind === "float") ? "~" : ""}`;
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if (type.kind === "array" && Array.isArray(value)) return `[${value.map((item: RuntimeValue) => valueText(item, type.element, isSummed)).join(", ")}]`;
  if (type.kind === "map" && value instanceof Map) return `{${[...value].map(([key, item]: [RuntimeValue, RuntimeValue]) => `${valueText(key, type.key, isSummed)}: ${valueText(item, type.value, isSummed)}`).sort().join(", ")}}`;
  if (type.kind === "record") return `{${type.fields.map((field) => `${field.name}: ${valueText(fieldOf(value, field.name), field.type, isSummed)}`).join(", ")}}`;
  return String(value);
}

function fieldOf(value: RuntimeValue, name: string): RuntimeValue {
  const field: RuntimeValue | undefined = Reflect.get(Object(value), name);
  return field ?? null;
}

/** The rows of one side less those of the other. */
function without(rows: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return rows.filter((row) => {
    const at = left.indexOf(row);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function listing(title: string, rows: readonly string[]): string {
  const shown = rows.slice(0, 12).map((row) => `    ${row}\n`);
  return `  ${title} (${rows.length}):\n${shown.join("")}${rows.length > shown.length ? "    …\n" : ""}`;
}

function counts(batches: ReadonlyMap<number, readonly string[]>): readonly string[] {
  return [...batches].map(([batch, rows]) => `batch ${batch}: ${rows.length} rows`);
}
