import type { Host } from "../../host/host.ts";
import type { BatchContext } from "../../query/batch-context.ts";
import type { PartContent } from "./format/part-content.ts";
import type { ManifestFile } from "./manifest-codec.ts";
import { partName } from "./manifest-layout.ts";
import { PartFile } from "./part-file.ts";

/** How the files of a sink are written. */
export interface PartSettings<Content extends PartContent> {
  /** Begins a file. */
  content(): Content;
  /** `json`, `csv.gz` … */
  readonly suffix: string;
}

/** One file with the rows that are not yet written into it. */
interface Part<Content> {
  readonly partition: string;
  readonly number: number;
  readonly content: Content;
  file: PartFile | undefined;
  rows: number;
}

/** Bytes of all files that may be gathered. */
const mostGathered = 64 * 1024 * 1024;
/** Files that stay open between writes. */
const mostOpen = 100;

/** The files of one batch, one for each partition that it has rows of. */
export class BatchParts<Content extends PartContent> {
  readonly #host: Host;
  readonly #target: string;
  readonly #settings: PartSettings<Content>;
  readonly #batch: BatchContext;
  readonly #parts = new Map<string, Part<Content>>();
  #gathered = 0;

  constructor(host: Host, target: string, settings: PartSettings<Content>, batch: BatchContext) {
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
  write(partition: string, writeRow: (content: Content) => void): void {
    const part = this.#parts.get(partition) ?? this.#begin(partition);
    const before = part.content.gathered;
    writeRow(part.content);
    part.rows++;
    this.#gathered += part.content.gathered - before;
    if (part.content.isFull) this.#flush(part);
    if (this.#gathered >= mostGathered) for (const each of this.#parts.values()) this.#flush(each);
  }

  /** Makes the file of the sink's own folder even where no row came. */
  ensureFile(): void {
    const part = this.#parts.get("") ?? this.#begin("");
    part.file ??= this.#open(part);
  }

  /** Makes all files durable, still hidden. */
  seal(): void {
    for (const part of this.#parts.values()) {
      this.#flush(part);
      this.#append(part, part.content.finish());
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

  #begin(partition: string): Part<Content> {
    const part: Part<Content> = { partition, number: this.#parts.size, content: this.#settings.content(), file: undefined, rows: 0 };
    this.#gathered += part.content.gathered;
    this.#parts.set(partition, part);
    return part;
  }

  #flush(part: Part<Content>): void {
    const before = part.content.gathered;
    this.#append(part, part.content.flush());
    this.#gathered += part.content.gathered - before;
  }

  #append(part: Part<Content>, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    part.file ??= this.#open(part);
    part.file.append(bytes);
    if (this.#parts.size > mostOpen) part.file.rest();
  }

  #open(part: Part<Content>): PartFile {
    return new PartFile(this.#host, this.#target, part.partition, partName(this.#batch.id, part.number, this.#batch.attempt, this.#settings.suffix));
  }

  #files(): readonly PartFile[] {
    return [...this.#parts.values()].flatMap(({ file }) => file ?? []);
  }
}
