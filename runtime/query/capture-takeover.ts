import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { Host, OpenFile } from "../host/host.ts";

const pieceBytes = 1 << 20;

/** Bytes of a line that are looked at: a row may be of any length, the head that says whose it is may not. */
const longestLookedAt = 1 << 20;

/**
 * Goes on with a capture file that is there: gives the newest attempt of each batch to `attempt`, takes away the lines of the queries
 * that start anew, and cuts off a last line that a crash tore. The file is read in pieces, whatever its length; it is written anew,
 * beside itself and renamed, only where something goes. A line that no capture wrote is R7331.
 */
export function takeOverCapture(host: Host, path: string, startsAnew: (query: string) => boolean, attempt: (query: string, batch: number, attempt: number) => void): void {
  if (host.fs.stat(path)?.kind !== "file") return;
  const file = host.fs.open(path, "read");
  try {
    let number = 0;
    let kept = 0;
    let length = 0;
    for (const line of linesOf(file)) {
      number++;
      length = line.end;
      if (!line.whole) continue;
      const head = headOf(line.head, line.end - line.start);
      if (head === undefined) throw foreignLine(path, number);
      if (startsAnew(head.query)) continue;
      kept += line.end - line.start;
      attempt(head.query, head.batch, head.attempt);
    }
    if (kept < length) rewrite(host, path, file, startsAnew);
  } finally {
    file.close();
  }
}

interface CaptureLine {
  readonly start: number;
  /** Behind the line end. */
  readonly end: number;
  /** Without the line end, as far as it is looked at. */
  readonly head: Uint8Array;
  /** Whether it has its line end. */
  readonly whole: boolean;
}

function* linesOf(file: OpenFile): Generator<CaptureLine, void, undefined> {
  const piece = new Uint8Array(pieceBytes);
  let heads: Uint8Array[] = [];
  let headBytes = 0;
  let start = 0;
  let position = 0;
  const look = (bytes: Uint8Array): void => {
    const part = bytes.slice(0, longestLookedAt - headBytes);
    heads.push(part);
    headBytes += part.length;
  };
  for (let count = file.read(piece, 0, pieceBytes, position); count > 0; count = file.read(piece, 0, pieceBytes, position)) {
    let from = 0;
    for (let at = piece.indexOf(0x0a); at >= 0 && at < count; at = piece.indexOf(0x0a, from)) {
      look(piece.subarray(from, at));
      from = at + 1;
      yield { start, end: position + from, head: Buffer.concat(heads), whole: true };
      start = position + from;
      heads = [];
      headBytes = 0;
    }
    look(piece.subarray(from, count));
    position += count;
  }
  if (start < position) yield { start, end: position, head: Buffer.concat(heads), whole: false };
}

interface LineHead {
  readonly query: string;
  readonly batch: number;
  readonly attempt: number;
}

/** What every line begins with, as `QueryCapture` writes it. */
const form = /^(\{"query":"[^"\\]*(?:\\.[^"\\]*)*","batch":\d+)(?:,"attempt":(\d+)\}$|,"kind":"(?:\+I|-U|\+U|-D)","row":|,"watermark":)/;

/** Undefined where it is no line of a capture; a line beyond what is looked at is judged by its beginning. */
function headOf(bytes: Uint8Array, lineBytes: number): LineHead | undefined {
  const text = new TextDecoder().decode(bytes);
  const match = form.exec(text);
  if (match === null) return undefined;
  const value = parsed(lineBytes - 1 > bytes.length ? `${match[1] ?? ""}}` : text);
  if (typeof value !== "object" || value === null || !("query" in value) || !("batch" in value)) return undefined;
  const { query, batch } = value;
  return typeof query === "string" && typeof batch === "number" ? { query, batch, attempt: Number(match[2] ?? 1) } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes the file without the lines that go, and renames it into its place. */
function rewrite(host: Host, path: string, file: OpenFile, startsAnew: (query: string) => boolean): void {
  const temporary = `${path}.${host.uuid()}.tmp`;
  const out = host.fs.open(temporary, "create exclusively");
  try {
    for (const line of linesOf(file)) {
      const head = line.whole ? headOf(line.head, line.end - line.start) : undefined;
      if (head !== undefined && !startsAnew(head.query)) copy(file, out, line.start, line.end);
    }
    out.sync();
  } finally {
    out.close();
  }
  host.fs.rename(temporary, path);
}

function copy(from: OpenFile, to: OpenFile, start: number, end: number): void {
  const piece = new Uint8Array(Math.min(pieceBytes, end - start));
  for (let at = start; at < end; ) {
    const count = from.read(piece, 0, Math.min(piece.length, end - at), at);
    if (count === 0) return;
    to.write(piece.subarray(0, count));
    at += count;
  }
}

function foreignLine(path: string, number: number): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7331",
    what: "the capture file holds a line that no capture wrote",
    where: `${path}, line ${number}`,
    how: "give `--capture` another path, or take the file away",
  });
}
