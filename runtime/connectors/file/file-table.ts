import type { Chunk } from "../../formats/column-batch.ts";
import { lineFraming } from "../../formats/framing.ts";
import { BufferRing } from "../buffer-ring.ts";
import type { SourceContext, TableSource } from "../source.ts";
import { pathMissing } from "./file-errors.ts";
import { listFiles, type ListedFile } from "./listing.ts";
import { readRecords } from "./read-records.ts";

/**
 * The files of a path read whole. A folder without files is an empty table; a path that is not there, or a pattern that finds
 * nothing, is an error. A last line without a line end is a record.
 */
export class FileTable implements TableSource {
  readonly description: string;
  readonly #context: SourceContext;
  readonly #path: string;
  readonly #encoding: string | undefined;
  readonly #maxRecordBytes: number;

  constructor(context: SourceContext, path: string, encoding: string | undefined, maxRecordBytes: number) {
    this.description = `FileTable[${path}]`;
    this.#context = context;
    this.#path = path;
    this.#encoding = encoding;
    this.#maxRecordBytes = maxRecordBytes;
    this.#list();
  }

  async *read(): AsyncGenerator<Chunk, void, undefined> {
    const buffers = new BufferRing();
    for (const file of this.#list()) yield* readRecords(this.#context.host, file, buffers, { framing: this.#context.framing ?? lineFraming, encoding: this.#encoding, maxRecordBytes: this.#maxRecordBytes });
  }

  fingerprint(): string {
    return JSON.stringify(this.#list().map((file) => [file.absolute, file.size, file.modified]));
  }

  #list(): readonly ListedFile[] {
    const { host } = this.#context;
    const listing = listFiles(host, this.#path);
    if (!listing.found || (listing.isPattern && listing.files.length === 0)) throw pathMissing(this.#path, host.process.workingDirectory, listing.isPattern);
    return listing.files;
  }
}
