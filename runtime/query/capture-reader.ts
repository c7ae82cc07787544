import { jsonMembers } from "../connectors/json-members.ts";
import type { OutputMode, RowKind } from "../connectors/sink.ts";

export interface CapturedRow {
  readonly kind: RowKind;
  /** The row as it was written: one JSON object. */
  readonly json: string;
}

/** The end of a batch. */
export interface CapturedEnd {
  /** ISO text, `"Infinity"`, or null where the query has none. */
  readonly watermark: string | null;
  readonly inputRows: number;
  readonly outputRows: number;
  readonly late: number;
  readonly malformed: number;
}

/** A batch of a capture file, as its last attempt wrote it. */
export interface CapturedBatch {
  readonly query: string;
  readonly batch: number;
  readonly attempt: number;
  readonly rows: readonly CapturedRow[];
  /** Undefined where the attempt did not come to its end. */
  readonly end: CapturedEnd | undefined;
}

interface OpenBatch {
  readonly query: string;
  readonly batch: number;
  attempt: number;
  rows: CapturedRow[];
  end: CapturedEnd | undefined;
}

/**
 * Reads the text of a capture file: the last attempt of each batch, queries in the order in which they first wrote, batches
 * ascending. A line that is none of the forms of `--capture` is an error (`TypeError` with its number).
 */
export function readCapture(text: string): readonly CapturedBatch[] {
  const queries = new Map<string, Map<number, OpenBatch>>();
  text.split("\n").forEach((line, at) => {
    if (line === "") return;
    const fields = objectOf(line, at);
    const { query, batch, attempt } = fields;
    if (typeof query !== "string" || typeof batch !== "number") throw notCaptured(at);
    const batches = queries.get(query) ?? new Map<number, OpenBatch>();
    queries.set(query, batches);
    const open = batches.get(batch) ?? { query, batch, attempt: 1, rows: [], end: undefined };
    batches.set(batch, open);
    if (typeof attempt === "number") Object.assign(open, { attempt, rows: [], end: undefined });
    else if (isKind(fields["kind"])) open.rows.push({ kind: fields["kind"], json: rowText(line) });
    else open.end = endOf(fields, at);
  });
  return [...queries.values()].flatMap((batches) => [...batches.values()].sort((a, b) => a.batch - b.batch));
}

/**
 * The result that the batches of one query make up, as JSON texts of rows: append all of them, complete the last batch's, update the
 * rows that are left after upserts (by the columns of `key`; without a key by whole rows) and deletions.
 */
export function capturedResult(batches: readonly CapturedBatch[], mode: OutputMode, key?: readonly string[]): readonly string[] {
  if (mode === "complete") return batches.at(-1)?.rows.map((row) => row.json) ?? [];
  if (mode === "append") return batches.flatMap((batch) => batch.rows.map((row) => row.json));
  const rows = new Map<string, string[]>();
  for (const { kind, json } of batches.flatMap((batch) => batch.rows)) {
    if (kind === "-U") continue;
    const id = key === undefined ? json : keyOf(json, key);
    const same = rows.get(id) ?? [];
    if (kind === "-D") rows.set(id, same.slice(1));
    else rows.set(id, key === undefined ? [...same, json] : [json]);
  }
  return [...rows.values()].flat();
}

function keyOf(json: string, key: readonly string[]): string {
  const members = new Map(jsonMembers(json));
  return key.map((name) => members.get(name) ?? "null").join();
}

/** The row as text: digits beyond 2^53 would be lost in parsing. A query's name cannot hold the mark, because its quotes are escaped. */
function rowText(line: string): string {
  const mark = ',"row":';
  return line.slice(line.indexOf(mark) + mark.length, line.lastIndexOf("}"));
}

function objectOf(line: string, at: number): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    if (isObject(value)) return value;
  } catch {
    throw notCaptured(at);
  }
  throw notCaptured(at);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isKind(value: unknown): value is RowKind {
  return value === "+I" || value === "-U" || value === "+U" || value === "-D";
}

function endOf(fields: Readonly<Record<string, unknown>>, at: number): CapturedEnd {
  const { watermark, inputRows, outputRows, late, malformed } = fields;
  if ((typeof watermark !== "string" && watermark !== null) || typeof inputRows !== "number") throw notCaptured(at);
  if (typeof outputRows !== "number" || typeof late !== "number" || typeof malformed !== "number") throw notCaptured(at);
  return { watermark, inputRows, outputRows, late, malformed };
}

function notCaptured(at: number): TypeError {
  return new TypeError(`line ${at + 1} of the capture file is not of its form`);
}
