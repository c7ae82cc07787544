import { DamagedFile } from "../../errors/damaged-file.ts";
import { systemErrorCode } from "../../errors/system-error.ts";
import type { BlockFile, BlockFormat } from "../../formats/block-format.ts";
import type { Chunk, MalformedRow } from "../../formats/column-batch.ts";
import type { Host, OpenFile } from "../../host/host.ts";
import { compressionOf } from "./byte-feed.ts";
import { describedFile, goneMessage } from "./described-file.ts";
import { cannotRead, compressedWhole, fileChanged } from "./file-errors.ts";
import type { ListedFile } from "./listing.ts";
import { checkReadAsListed, isGone, openAsListed } from "./open-as-listed.ts";

export interface BlockReading {
  readonly format: BlockFormat;
  /** Fires when the query is interrupted in the middle of a batch. */
  readonly signal: AbortSignal;
  /** Is told of a file that is gone, which then has no rows, or those that were read; where it is not given, that is an error. */
  readonly missing?: (message: string) => void;
}

const noBytes = new Uint8Array(0);
/** Of a damaged file, for whoever is told of it. */
const shownBytes = 64;

/**
 * The rows of a file that is read here and there, block by block. What is read is what was listed, as `readRecords` has it; an empty file has no rows.
 * A damaged file is one malformed record behind the rows that were read of it.
 */
export async function* readBlocks(host: Host, file: ListedFile, { format, signal, missing }: BlockReading): AsyncGenerator<Chunk, void, undefined> {
  if (compressionOf(file.path) !== undefined) throw compressedWhole(file.path, format.name);
  if (missing !== undefined && isGone(host, file)) return missing(goneMessage(file));
  if (file.size > 0) {
    const described = describedFile(file);
    const open = openAsListed(host, file);
    const chunk = { bytes: noBytes, start: 0, end: 0, origin: file.path, offset: 0, file: described };
    let rows = 0;
    try {
      const reading = blockFile(host, open, file);
      try {
        for await (const block of format.blocks(reading, signal)) {
          rows = block.first + block.rows;
          yield { ...chunk, block };
        }
      } catch (error) {
        if (!(error instanceof DamagedFile)) throw error;
        // One that was changed while it was read only looks damaged.
        checkReadAsListed(host, file, missing !== undefined);
        yield { ...chunk, malformed: [damagedRecord(reading, rows, error)] };
      }
    } finally {
      open.close();
    }
  }
  checkReadAsListed(host, file, missing !== undefined);
}

/** Its bytes are the file's first, which mostly tell what it is. */
function damagedRecord(file: BlockFile, rows: number, failure: DamagedFile): MalformedRow {
  const { what, where } = failure;
  const place = where?.startsWith(`${file.path}, `) === true ? ` (${where.slice(file.path.length + 2)})` : "";
  const before = rows === 0 ? "none of its rows is read" : `the rows before ${rows} are read`;
  return { raw: file.read(0, Math.min(shownBytes, file.size)), error: `${what}${place}; ${before}`, source: file.path, position: `row ${rows}`, failure };
}

function blockFile({ compression }: Host, open: OpenFile, { path, size }: ListedFile): BlockFile {
  return {
    path,
    size,
    compression,
    read(position, length) {
      const bytes = new Uint8Array(length);
      for (let filled = 0; filled < length; ) {
        const count = readSome(open, path, bytes, filled, position + filled);
        if (count === 0) throw fileChanged(path, "has become shorter while it was read");
        filled += count;
      }
      return bytes;
    },
  };
}

function readSome(open: OpenFile, path: string, into: Uint8Array, filled: number, position: number): number {
  try {
    return open.read(into, filled, into.length - filled, position);
  } catch (error) {
    throw systemErrorCode(error) === undefined ? error : cannotRead(path, error);
  }
}
