import type { Chunk, MalformedRow } from "../../formats/column-batch.ts";
import type { Decoder, ReceiverRecord } from "../../user/receiver.ts";
import { isRecord, RecordChunks } from "../record-chunks.ts";
import { thrownMessage } from "../../errors/thrown-message.ts";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Lines as a user's function decodes them: each becomes a record of the format, several or none. A line for which it throws is a
 * malformed record. Lines are decoded whenever they are read, so a batch that is run again asks the function again.
 */
export async function* decodedLines(lines: AsyncIterable<Chunk>, decode: Decoder, format: string): AsyncGenerator<Chunk, void, undefined> {
  for await (const { bytes, start, end, origin, offset } of lines) {
    const records = new RecordChunks(format, `${origin}, decoded`);
    const malformed: MalformedRow[] = [];
    for (let at = start; at < end; ) {
      const found = bytes.indexOf(lineFeed, at);
      const next = found < 0 || found >= end ? end : found + 1;
      const line = bytes.slice(at, endOfLine(bytes, at, next));
      try {
        for (const record of recordsOf(decode(line))) records.add(record);
      } catch (error) {
        malformed.push({ raw: line, error: `\`decode\` failed: ${thrownMessage(error)}`, source: origin, position: `byte ${offset + at - start}` });
      }
      at = next;
    }
    const chunk = records.take();
    yield malformed.length === 0 ? chunk : { ...chunk, malformed };
  }
}

function endOfLine(bytes: Uint8Array, start: number, next: number): number {
  const end = next > start && bytes[next - 1] === lineFeed ? next - 1 : next;
  return end > start && bytes[end - 1] === carriageReturn ? end - 1 : end;
}

function recordsOf(decoded: unknown): readonly ReceiverRecord[] {
  if (decoded === null || decoded === undefined) return [];
  const records: readonly unknown[] = Array.isArray(decoded) ? decoded : [decoded];
  if (records.every(isRecord)) return records;
  throw new TypeError("it gave something else than a text, bytes, an array of them, or nothing");
}
