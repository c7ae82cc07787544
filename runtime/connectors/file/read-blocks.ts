import { systemErrorCode } from "../../errors/system-error.ts";
import type { BlockFile, BlockFormat } from "../../formats/block-format.ts";
import type { Chunk } from "../../formats/column-batch.ts";
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

/** The rows of a file that is read here and there, block by block. What is read is what was listed, as `readRecords` has it; an empty file has no rows. */
export async function* readBlocks(host: Host, file: ListedFile, { format, signal, missing }: BlockReading): AsyncGenerator<Chunk, void, undefined> {
  if (compressionOf(file.path) !== undefined) throw compressedWhole(file.path, format.name);
  if (missing !== undefined && isGone(host, file)) return missing(goneMessage(file));
  if (file.size > 0) {
    const described = describedFile(file);
    const open = openAsListed(host, file);
    try {
      for await (const block of format.blocks(blockFile(host, open, file), signal)) yield { bytes: noBytes, start: 0, end: 0, origin: file.path, offset: 0, file: described, block };
    } finally {
      open.close();
    }
  }
  checkReadAsListed(host, file, missing !== undefined);
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
