import { ByteBuffer } from "../../formats/byte-buffer.ts";
import type { Host } from "../../host/host.ts";
import type { BatchContext } from "../../query/batch-context.ts";
import type { RowFormat } from "./format/row-format.ts";
import type { ManifestFile } from "./manifest-codec.ts";
import { partName } from "./manifest-layout.ts";
import { PartFile } from "./part-file.ts";

/** How the files of a sink are written. */
export interface PartSettings {
  readonly format: RowFormat;
  /** `json`, `csv.gz` … */
  readonly suffix: string;
  readonly gzip: boolean;
}

/** One file with the rows that are not yet written into it. */
interface Part {
  readonly partition: string;
  readonly number: number;
  readonly out: ByteBuffer;
  file: PartFile | undefined;
  rows: number;
}

/** Bytes of a file that are gathered before they are written; compressed, they are an archive of their own. */
const flushBytes = 65_536;
const archiveBytes = 512 * 1024;
/** Bytes of all files that may be gathered. */
const mostGathered = 64 * 1024 * 1024;
/** Files that stay open between writes. */
const mostOpen = 100;

/** The files of one batch, one for each partition that it has rows of. */
export class BatchParts {
  readonly #host: Host;
  readonly #target: string;
  readonly #settings: PartSettings;
  readonly #batch: BatchContext;
  readonly #parts = new Map<string, Part>();
  #gathered = 0;

  constructor(host: Host, target: string, settings: PartSettings, batch: BatchContext) {
    this.#host = host;
    this.#target = target;
    this.#settings = settings;
    this.#batch = batch;
  }

  get isEmpty(): boolean {
    return this.#parts.size === 0;
  }

  get names(): readonly string[] {
    return this.#files().map((file) => file.name);
  }

  /** Lets a row be written into the file of a partition's folder (empty: the sink's own folder). */
  write(partition: string, writeRow: (out: ByteBuffer) => void): void {
    const part = this.#parts.get(partition) ?? this.#begin(partition);
    const before = part.out.length;
    writeRow(part.out);
    part.rows++;
    this.#gathered += part.out.length - before;
    if (part.out.length >= (this.#settings.gzip ? archiveBytes : flushBytes)) this.#flush(part);
    if (this.#gathered >= mostGathered) for (const each of this.#parts.values()) this.#flush(each);
  }

  /** Makes the file of the sink's own folder even where no row came. */
  ensureFile(): void {
    const part = this.#parts.get("") ?? this.#begin("");
    this.#flush(part);
    if (part.file !== undefined) return;
    part.file = this.#open(part);
    if (this.#settings.gzip) part.file.append(this.#host.compression.gzip(new Uint8Array(0)));
  }

  /** Makes all files durable, still hidden. */
  seal(): void {
    for (const part of this.#parts.values()) {
      this.#flush(part);
      part.file?.seal();
    }
  }

  reveal(): void {
    for (const file of this.#files()) file.reveal();
  }

  /** Puts the one file in the place of `visible`. */
  replace(visible: string): void {
    for (const file of this.#files()) file.replace(visible);
  }

  discard(): void {
    for (const file of this.#files()) file.discard();
  }

  /** What the manifest says of them. */
  listing(): readonly ManifestFile[] {
    return [...this.#parts.values()].flatMap(({ file, rows }) => (file === undefined ? [] : [file.listing(rows)]));
  }

  #begin(partition: string): Part {
    const part: Part = { partition, number: this.#parts.size, out: new ByteBuffer(), file: undefined, rows: 0 };
    this.#settings.format.begin(part.out);
    this.#gathered += part.out.length;
    this.#parts.set(partition, part);
    return part;
  }

  #flush(part: Part): void {
    if (part.out.length === 0) return;
    part.file ??= this.#open(part);
    const bytes = part.out.view();
    part.file.append(this.#settings.gzip ? this.#host.compression.gzip(bytes) : bytes);
    this.#gathered -= part.out.length;
    part.out.reset();
    if (this.#parts.size > mostOpen) part.file.rest();
  }

  #open(part: Part): PartFile {
    return new PartFile(this.#host, this.#target, part.partition, partName(this.#batch.id, part.number, this.#batch.attempt, this.#settings.suffix));
  }

  #files(): readonly PartFile[] {
    return [...this.#parts.values()].flatMap(({ file }) => file ?? []);
  }
}
