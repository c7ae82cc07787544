import type { Chunk } from "../../formats/column-batch.ts";
import { BufferRing } from "../buffer-ring.ts";
import type { SourceContext, TableSource } from "../source.ts";
import { pathMissing } from "./file-errors.ts";
import { listFiles, type ListedFile } from "./listing.ts";
import { readLines } from "./read-lines.ts";

/**
 * The files of a path read whole. A folder without files is an empty table; a path that is not there, or a pattern that finds
 * nothing, is an error. A last line without a line end is a record.
 */
export class FileTable implements TableSource {
  readonly description: string;
  readonly #context: SourceContext;
  readonly #path: string;
  readonly #maxRecordBytes: number;

  constructor(context: SourceContext, path: string, maxRecordBytes: number) {
    this.description = `FileTable[${path}]`;
    this.#context = context;
    this.#path = path;
    this.#maxRecordBytes = maxRecordBytes;
    this.#list();
  }

  async *read(): AsyncGenerator<Chunk, void, undefined> {
    const buffers = new BufferRing();
    for (const file of this.#list()) yield* readLines(this.#context.host, file, buffers, this.#maxRecordBytes);
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
