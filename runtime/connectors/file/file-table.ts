import type { Chunk } from "../../formats/column-batch.ts";
import type { SourceContext, TableSource } from "../source.ts";
import { pathMissing } from "./file-errors.ts";
import { listFiles, type ListedFile } from "./listing.ts";
import { readListed } from "./read-listed.ts";
import type { FileReading } from "./source-settings.ts";

/**
 * The files of a path read whole. A folder without files is an empty table; a path that is not there, or a pattern that finds
 * nothing, is an error. A last line without a line end is a record.
 */
export class FileTable implements TableSource {
  readonly description: string;
  readonly isReadOnce: boolean;
  readonly #context: SourceContext;
  readonly #settings: FileReading;

  constructor(context: SourceContext, settings: FileReading) {
    this.description = `FileTable[${settings.path}]`;
    this.isReadOnce = !settings.reread;
    this.#context = context;
    this.#settings = settings;
    this.#list();
  }

  read(): AsyncGenerator<Chunk, void, undefined> {
    return readListed(this.#context, this.#settings, this.#list());
  }

  fingerprint(): string {
    return JSON.stringify(this.#list().map((file) => [file.absolute, file.size, file.modified]));
  }

  #list(): readonly ListedFile[] {
    const { host } = this.#context;
    const { path } = this.#settings;
    const listing = listFiles(host, path);
    if (!listing.found || (listing.isPattern && listing.files.length === 0)) throw pathMissing(path, host.process.workingDirectory, listing.isPattern);
    return listing.files;
  }
}
