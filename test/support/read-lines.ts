import { emitReader } from "../../compiler/5-emit/reader/emit-reader.ts";
import type { ReaderPlan } from "../../compiler/5-emit/reader/reader-plan.ts";
import type { DataType, Field } from "../../compiler/ir/types/data-type.ts";
import type { Reader } from "../../runtime/formats/column-batch.ts";
import { loadReader } from "./load-reader.ts";

/** A field of a test's schema; nullable unless said otherwise. */
export function fieldOf(name: string, type: DataType, nullable: boolean = true): Field {
  return { name, type, nullable };
}

/** An emitted reader of JSON lines that shows all fields, but for what `changes` says. */
export function jsonReader(fields: readonly Field[], changes: Partial<ReaderPlan> = {}, malformedAsNull: boolean = false): Reader<Readonly<Record<string, unknown>>> {
  const plan: ReaderPlan = {
    input: "input", reader: "testReader", columnsType: "TestColumns", format: "json", fields,
    needed: new Set(fields.map((field) => field.name)), strict: false, columns: fields.map((field) => field.name), filter: undefined, ...changes,
  };
  return loadReader(emitReader(plan).code, plan.reader).create({ malformedAsNull });
}

/** What was read: rows by column, and what was malformed with its place. */
export interface ReadResult {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly malformed: readonly { readonly raw: string; readonly position: string }[];
  readonly rowsRead: number;
}

/** Reads chunks one after the other. `room`: bytes of memory behind each chunk's records. */
export function readChunks(reader: Reader<Readonly<Record<string, unknown>>>, chunks: readonly Uint8Array[], room: number = 64): ReadResult {
  const rows: Record<string, unknown>[] = [];
  const malformed: { raw: string; position: string }[] = [];
  let rowsRead = 0;
  let offset = 0;
  for (const chunk of chunks) {
    const memory = new Uint8Array(chunk.length + room + 3);
    // What lies behind the records must not matter.
    memory.fill(34);
    memory.set(chunk, 3);
    const batch = reader.read({ bytes: memory, start: 3, end: 3 + chunk.length, origin: "test", offset });
    offset += chunk.length;
    rowsRead += batch.rowsRead;
    for (let row = 0; row < batch.length; row++) {
      rows.push(Object.fromEntries(Object.entries(batch.columns).map(([name, lane]) => [name, valueAt(lane, row)])));
    }
    malformed.push(...batch.malformed.map(({ raw, position }) => ({ raw: Buffer.from(raw).toString("latin1"), position })));
  }
  return { rows, malformed, rowsRead };
}

function valueAt(lane: unknown, row: number): unknown {
  if (lane instanceof Float64Array) return lane[row];
  if (lane instanceof Uint8Array) return lane[row] === 1;
  if (typeof lane === "object" && lane !== null) {
    if ("text" in lane && typeof lane.text === "function") return lane.text(row);
    if ("get" in lane && typeof lane.get === "function") return lane.get(row);
  }
  throw new TypeError("not a lane");
}

/** Cuts bytes into chunks of whole lines, behind the line ends that `cut` picks. */
export function chunksOf(bytes: Uint8Array, cut: (line: number) => boolean): readonly Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let start = 0;
  let line = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 10 || !cut(line++)) continue;
    chunks.push(bytes.subarray(start, at + 1));
    start = at + 1;
  }
  if (start < bytes.length) chunks.push(bytes.subarray(start));
  return chunks;
}
