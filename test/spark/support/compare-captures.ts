import type { Checked } from "../../../compiler/compile.ts";
import type { Column } from "../../../compiler/ir/logical/column.ts";
import type { LogicalPlan } from "../../../compiler/ir/logical/plan.ts";
import type { DataType } from "../../../compiler/ir/types/data-type.ts";
import { jsonMembers } from "../../../runtime/connectors/json-members.ts";
import type { RuntimeValue } from "../../../runtime/functions/runtime-value.ts";
import type { CapturedBatch } from "../../../runtime/query/capture-reader.ts";
import { cellValue } from "../../facts/cell-value.ts";

/**
 * Where the two targets differ in what a query gave, batch by batch: rows as multisets, in their order where the job orders them; values by their types. Undefined
 * where they agree. A batch without rows is the same as none. Above an aggregate doubles may differ in their last digits: Spark adds them in another order.
 */
export function compareCaptures(query: Checked["queries"][number], node: readonly CapturedBatch[], spark: readonly CapturedBatch[]): string | undefined {
  const { name, plan, mode } = query.analyzed;
  const ordered = mode === "complete" || !plan.streaming ? isOrdered(plan) : false;
  const [ours, theirs] = [node, spark].map((batches) => rowsByBatch(batches.filter((batch) => batch.query === name), plan.output, ordered));
  if (ours === undefined || theirs === undefined) return undefined;
  for (const batch of [...new Set([...ours.keys(), ...theirs.keys()])].sort((a, b) => a - b)) {
    const [a, b] = [ours.get(batch) ?? [], theirs.get(batch) ?? []];
    if (a.join("\n") === b.join("\n") || (hasAggregate(plan) && areClose(ordered ? a : without(a, b), ordered ? b : without(b, a), ordered))) continue;
    return `query ${name}, batch ${batch}:\n${listing("only on Node", without(a, b))}${listing("only on Spark", without(b, a))}${listing("all on Node", a)}${listing("all on Spark", b)}${listing("batches on Node", counts(ours))}${listing("batches on Spark", counts(theirs))}`;
  }
  return undefined;
}

function isOrdered(plan: LogicalPlan): boolean {
  return plan.kind === "Sort" || ((plan.kind === "Limit" || plan.kind === "Project") && isOrdered(plan.input));
}

function hasAggregate(plan: LogicalPlan): boolean {
  return plan.kind === "Aggregate" || plan.children.some(hasAggregate);
}

/** A double as `valueText` writes it. */
const fraction = /(?<![\w"])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?~/g;

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
  if (row.replace(fraction, "~") !== other.replace(fraction, "~")) return false;
  const [ours = [], theirs = []] = [row, other].map((text) => (text.match(fraction) ?? []).map((number) => Number(number.slice(0, -1))));
  return ours.every((number, at) => Math.abs(number - (theirs[at] ?? Number.NaN)) <= 1e-12 * Math.max(1, Math.abs(number)));
}

function rowsByBatch(batches: readonly CapturedBatch[], columns: readonly Column[], ordered: boolean): ReadonlyMap<number, readonly string[]> {
  return new Map(
    batches.flatMap(({ batch, rows }) => {
      const texts = rows.map(({ kind, json }) => `${kind === "-D" ? "-D " : ""}${rowText(json, columns)}`);
      return texts.length === 0 ? [] : [[batch, ordered ? texts : texts.sort()] as const];
    }),
  );
}

function rowText(json: string, columns: readonly Column[]): string {
  return jsonMembers(json).map(([name, value], at) => {
    const column = columns[at];
    return `${name}=${column === undefined ? value : valueText(cellValue(value, column.type), column.type)}`;
  }).join(", ");
}

function valueText(value: RuntimeValue, type: DataType): string {
  if (value === null) return "null";
  // The mark keeps a double apart from what must be equal to the last digit.
  if (typeof value === "number" && Number.isFinite(value) && (type.kind === "double" || type.kind === "float")) return `${Object.is(value, -0) ? "-0.0" : String(value)}~`;
  if (typeof value === "number") return Object.is(value, -0) ? "-0.0" : String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if (type.kind === "array" && Array.isArray(value)) return `[${value.map((item: RuntimeValue) => valueText(item, type.element)).join(", ")}]`;
  if (type.kind === "map" && value instanceof Map) return `{${[...value].map(([key, item]: [RuntimeValue, RuntimeValue]) => `${valueText(key, type.key)}: ${valueText(item, type.value)}`).sort().join(", ")}}`;
  if (type.kind === "record") return `{${type.fields.map((field) => `${field.name}: ${valueText(fieldOf(value, field.name), field.type)}`).join(", ")}}`;
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
