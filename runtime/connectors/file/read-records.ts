import type { Chunk } from "../../formats/column-batch.ts";
import type { Framing } from "../../formats/framing.ts";
import type { Host } from "../../host/host.ts";
import type { BufferRing } from "../buffer-ring.ts";
import { byteFeed } from "./byte-feed.ts";
import { describedFile, goneMessage } from "./described-file.ts";
import { lineTooLong } from "./file-errors.ts";
import type { ListedFile } from "./listing.ts";
import { checkReadAsListed, isGone, openAsListed } from "./open-as-listed.ts";

export interface RecordReading {
  readonly framing: Framing;
  /** Undefined: UTF-8. */
  readonly encoding: string | undefined;
  readonly maxRecordBytes: number;
  /** Is told of a file that is gone, which then has no rows, or those that were read; where it is not given, that is an error. */
  readonly missing?: (message: string) => void;
}

/**
 * The bytes of a file as chunks of whole records, about 64 KB each, a longer record in a chunk of its own; `maxRecordBytes` bounds it.
 * A compressed file is read decompressed, and so are its positions. What is read is what was listed: a file whose size or time has changed
 * since is an error before and after the reading, never other data in silence.
 */
export async function* readRecords(host: Host, file: ListedFile, buffers: BufferRing, { framing, encoding, maxRecordBytes, missing }: RecordReading): AsyncGenerator<Chunk, void, undefined> {
  const described = describedFile(file);
  if (missing !== undefined && isGone(host, file)) return missing(goneMessage(file));
  const feed = byteFeed(host, openAsListed(host, file), file, encoding);
  try {
    let buffer = buffers.next();
    let filled = 0;
    let offset = 0;
    for (let ended = false; ; ) {
      while (!ended && filled < buffer.length) {
        const count = await feed.read(buffer, filled);
        filled += count;
        ended = count === 0;
      }
      const whole = framing.endOfRecords(buffer, filled, offset === 0);
      if (whole === 0 && !ended) {
        if (buffer.length >= maxRecordBytes) throw lineTooLong(file.path, offset, maxRecordBytes);
        buffer = grown(buffer, filled, maxRecordBytes);
        continue;
      }
      if (filled - whole > maxRecordBytes) throw lineTooLong(file.path, offset + whole, maxRecordBytes);
      const end = ended ? filled : whole;
      const rest = filled - end;
      const next = buffers.next(rest * 2);
      next.set(buffer.subarray(end, filled));
      if (end > 0) yield { bytes: buffer, start: 0, end, origin: file.path, offset, file: described };
      if (ended) break;
      offset += end;
      filled = rest;
      buffer = next;
    }
  } finally {
    await feed.close();
  }
  checkReadAsListed(host, file, missing !== undefined);
}

function grown(buffer: Uint8Array, filled: number, limit: number): Uint8Array {
  const larger = new Uint8Array(Math.min(limit, buffer.length * 2));
  larger.set(buffer.subarray(0, filled));
  return larger;
}
