import type { Chunk } from "../../formats/column-batch.ts";
import { lineFraming } from "../../formats/framing.ts";
import { BufferRing } from "../buffer-ring.ts";
import type { SourceContext } from "../source.ts";
import type { ListedFile } from "./listing.ts";
import { readBlocks } from "./read-blocks.ts";
import { readRecords } from "./read-records.ts";
import type { FileReading } from "./source-settings.ts";

/** The content of listed files in their order: whole records of bytes, or blocks where the reader takes files as a whole. */
export async function* readListed(context: SourceContext, { encoding, maxRecordBytes, ignoreMissingFiles }: FileReading, files: readonly ListedFile[]): AsyncGenerator<Chunk, void, undefined> {
  const { host, blocks, framing = lineFraming, signal, warn } = context;
  const missing = ignoreMissingFiles ? { missing: warn } : {};
  const buffers = new BufferRing();
  for (const file of files) {
    yield* blocks === undefined ? readRecords(host, file, buffers, { framing, encoding, maxRecordBytes, ...missing }) : readBlocks(host, file, { format: blocks, signal, ...missing });
  }
}
