import { systemErrorCode } from "../../errors/system-error.ts";
import type { Host } from "../../host/host.ts";
import { cannotRead } from "./file-errors.ts";
import type { ListedFile } from "./listing.ts";
import { locateFile } from "./manifest-reader.ts";

const pieceBytes = 65_536;

/**
 * Where the last line of a file of JSON lines begins, if it has no line end and stops inside an object, an array or a text: its
 * writer has not finished. Undefined for a whole line, also one that is no good JSON (which is the reader's question), for a line
 * beyond `maxRecordBytes`, and for a file that has gone or changed since it was listed.
 */
export function cutOffLine(host: Host, file: ListedFile, maxRecordBytes: number): number | undefined {
  const found = locateFile(host, file.absolute);
  if (found === undefined || found.stat.size !== file.size) return undefined;
  try {
    const line = lastLine(host, found.path, file.size, maxRecordBytes);
    return line !== undefined && stopsInside(line) ? file.size - line.length : undefined;
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw systemErrorCode(error) === undefined ? error : cannotRead(file.path, error);
  }
}

/** The bytes behind the last line end. */
function lastLine(host: Host, path: string, size: number, longest: number): Uint8Array | undefined {
  const file = host.fs.open(path, "read");
  try {
    const pieces: Uint8Array[] = [];
    // One byte tells of most files that they are whole.
    for (let end = size, length = 1; end > 0; length = pieceBytes) {
      const piece = new Uint8Array(Math.min(length, end));
      if (file.read(piece, 0, piece.length, end - piece.length) !== piece.length) return undefined;
      const lineEnd = piece.lastIndexOf(0x0a);
      pieces.push(piece.subarray(lineEnd + 1));
      end -= piece.length;
      if (lineEnd >= 0) break;
      if (size - end > longest) return undefined;
    }
    return Buffer.concat(pieces.reverse());
  } finally {
    file.close();
  }
}

function stopsInside(line: Uint8Array): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < line.length; at++) {
    const byte = line[at];
    if (inText) {
      if (byte === 0x5c) at++;
      else if (byte === 0x22) inText = false;
    } else if (byte === 0x22) inText = true;
    else if (byte === 0x7b || byte === 0x5b) depth++;
    else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return inText || depth > 0;
}
