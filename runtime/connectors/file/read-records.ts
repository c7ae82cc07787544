import type { Chunk } from "../../formats/column-batch.ts";
import type { Host, OpenFile } from "../../host/host.ts";
import type { BufferRing } from "../buffer-ring.ts";
import { cannotRead, fileChanged, lineTooLong } from "./file-errors.ts";
import type { ListedFile } from "./listing.ts";
import { locateFile } from "./manifest-reader.ts";

/**
 * The bytes of a file as chunks of whole lines, about 64 KB each, a longer line in a chunk of its own; `maxRecordBytes` bounds it. What is read is what was
 * listed: a file whose size or time has changed since is an error before and after the reading, never other data in silence.
 */
export async function* readLines(host: Host, file: ListedFile, buffers: BufferRing, maxRecordBytes: number): AsyncGenerator<Chunk, void, undefined> {
  const open = openAsListed(host, file);
  try {
    let buffer = buffers.next();
    let filled = 0;
    let position = 0;
    let offset = 0;
    for (;;) {
      while (filled < buffer.length && position < file.size) {
        const count = open.read(buffer, filled, Math.min(buffer.length - filled, file.size - position), position);
        if (count === 0) throw fileChanged(file.path, "has become shorter while it was read");
        filled += count;
        position += count;
      }
      const last = position === file.size;
      const end = last ? filled : lineEnd(buffer, filled);
      if (end === 0 && !last) {
        if (buffer.length >= maxRecordBytes) throw lineTooLong(file.path, offset, maxRecordBytes);
        buffer = grown(buffer, filled, maxRecordBytes);
        continue;
      }
      if (last) checkLastLine(buffer, end, file, offset, maxRecordBytes);
      const rest = filled - end;
      const next = buffers.next(rest * 2);
      next.set(buffer.subarray(end, filled));
      if (end > 0) yield { bytes: buffer, start: 0, end, origin: file.path, offset };
      if (last) break;
      offset += end;
      filled = rest;
      buffer = next;
    }
  } finally {
    open.close();
  }
  checkAsListed(host, file);
}

function openAsListed(host: Host, file: ListedFile): OpenFile {
  const path = checkAsListed(host, file);
  try {
    return host.fs.open(path, "read");
  } catch (error) {
    throw cannotRead(file.path, error);
  }
}

function checkAsListed(host: Host, file: ListedFile): string {
  const found = locateFile(host, file.absolute);
  if (found === undefined) throw fileChanged(file.path, "is gone");
  if (found.stat.size !== file.size) throw fileChanged(file.path, `has another size: ${file.size} bytes when it was listed, ${found.stat.size} now`);
  if (found.stat.modified !== file.modified) throw fileChanged(file.path, "was written again after it was listed");
  return found.path;
}

function lineEnd(buffer: Uint8Array, filled: number): number {
  for (let at = filled - 1; at >= 0; at--) if (buffer[at] === 0x0a) return at + 1;
  return 0;
}

function grown(buffer: Uint8Array, filled: number, limit: number): Uint8Array {
  const larger = new Uint8Array(Math.min(limit, buffer.length * 2));
  larger.set(buffer.subarray(0, filled));
  return larger;
}

function checkLastLine(buffer: Uint8Array, end: number, file: ListedFile, offset: number, maxRecordBytes: number): void {
  if (end === 0 || buffer[end - 1] === 0x0a) return;
  const start = lineEnd(buffer, end);
  if (end - start > maxRecordBytes) throw lineTooLong(file.path, offset + start, maxRecordBytes);
}
