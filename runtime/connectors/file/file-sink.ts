import { writeDurably } from "../../checkpoint/durable-file.ts";
import { JsonWriter } from "../../formats/json-writer.ts";
import type { ByteBuffer } from "../../formats/byte-buffer.ts";
import type { Host } from "../../host/host.ts";
import type { BatchContext } from "../../query/batch-context.ts";
import type { RowKind, Sink, SinkContext } from "../sink.ts";
import { BatchParts, type PartSettings } from "./batch-parts.ts";
import { compactionIsDue, compactManifest } from "./compact-manifest.ts";
import { partitionFolder } from "./format/partition-folder.ts";
import { rowFormat, type RowFormatName } from "./format/row-format.ts";
import { RowMembers } from "./format/row-members.ts";
import { encodeManifest } from "./manifest-codec.ts";
import { entryName, metadataFolder } from "./manifest-layout.ts";
import { joinPath } from "./path.ts";
import { cannotTake, writing } from "./sink-errors.ts";
import type { FileSinkOptions } from "./sink.ts";
import { openTarget } from "./target.ts";

/** What is known of the batch that is being written. */
interface Running {
  readonly batch: BatchContext;
  readonly parts: BatchParts;
  /** From here on the batch may be in the manifest, so its files must stay. */
  committing: boolean;
}

/** Which members of a row go into its file, and which into the name of its folder. */
interface Layout {
  readonly inFile: readonly number[];
  readonly inFolder: readonly { readonly name: string; readonly column: number }[];
}

/**
 * Rows in `part-<batch>-<partition>-<attempt>.<format>`, each batch exactly once; with `partitionBy`, in folders named after the values
 * of those columns, which then leave the rows. A batch is written under hidden names and synced (`prepare`); its entry in the manifest is
 * its commit; only then do the files get their visible names. So a reader by pattern never sees a torn or superseded file, a
 * reader of the manifest sees a batch whole or not at all, and after a crash the next opening finishes the renaming of what is in
 * the manifest and removes the rest. A batch without rows leaves nothing.
 */
export class FileSink<Row> implements Sink<Row> {
  readonly description: string;
  readonly #host: Host;
  readonly #folder: string;
  readonly #encode: SinkContext<Row>["encodeJson"];
  readonly #json = new JsonWriter();
  readonly #members = new RowMembers();
  readonly #layout: Layout;
  /** Whether a row's JSON goes into its file as it is. */
  readonly #isPlain: boolean;
  readonly #settings: PartSettings;
  #newest: number;
  #loose: number;
  #entries: number;
  #running: Running | undefined;

  /** Makes `folder`, a resolved path, the query's target; `options.path` is how the job calls it. */
  constructor(context: SinkContext<Row>, options: FileSinkOptions, folder: string) {
    this.description = `FileSink[${options.path}]`;
    this.#host = context.host;
    this.#folder = folder;
    this.#encode = context.encodeJson;
    const { format = "json", partitionBy = [] } = options;
    this.#layout = layoutOf(context.columns.map(({ name }) => name), partitionBy);
    this.#isPlain = format === "json" && partitionBy.length === 0;
    this.#settings = settingsOf(format, this.#layout.inFile.map((column) => context.columns[column]?.name ?? ""), options);
    const claim = { query: context.queryName, checkpoint: context.bounded ? undefined : context.checkpointId, bounded: context.bounded };
    const manifest = writing(folder, () => openTarget(context.host, folder, claim));
    this.#newest = manifest.entries.at(-1)?.batch ?? -1;
    this.#loose = manifest.loose.length;
    this.#entries = manifest.entries.length;
  }

  begin(batch: BatchContext): boolean {
    this.#discard();
    if (batch.id <= this.#newest) return false;
    this.#running = { batch, parts: new BatchParts(this.#host, this.#folder, this.#settings, batch), committing: false };
    return true;
  }

  write(kind: RowKind, row: Row): void {
    const running = this.#running;
    if (running === undefined) return;
    if (kind !== "+I") throw cannotTake(kind, this.#folder);
    this.#json.reset();
    this.#encode(row, this.#json);
    if (!this.#isPlain) this.#members.scan(this.#json.view());
    writing(this.#folder, () => running.parts.write(partitionFolder(this.#members, this.#layout.inFolder), this.#writeRow));
  }

  async prepare(): Promise<readonly string[]> {
    const running = this.#running;
    if (running === undefined || running.parts.isEmpty) return [];
    writing(this.#folder, () => running.parts.seal());
    return running.parts.names;
  }

  async commit(batch: BatchContext): Promise<void> {
    const running = this.#running;
    if (running === undefined || running.batch.id !== batch.id) return;
    if (!running.parts.isEmpty) {
      running.committing = true;
      writing(this.#folder, () => this.#publish(batch.id, running.parts));
    }
    this.#newest = batch.id;
    this.#running = undefined;
  }

  async abort(): Promise<void> {
    this.#discard();
  }

  async close(): Promise<void> {
    this.#discard();
  }

  /** Writes the row at hand into its file. */
  readonly #writeRow = (out: ByteBuffer): void => {
    if (this.#isPlain) {
      out.bytes(this.#json.view());
      out.byte(10);
    } else {
      this.#settings.format.row(this.#members, this.#layout.inFile, out);
    }
  };

  #publish(batch: number, parts: BatchParts): void {
    const entry = encodeManifest([{ batch, files: parts.listing() }]);
    writeDurably(this.#host, joinPath(joinPath(this.#folder, metadataFolder), entryName(batch)), entry, "sink-manifest");
    parts.reveal();
    this.#loose++;
    this.#entries++;
    if (!compactionIsDue(this.#loose, this.#entries)) return;
    compactManifest(this.#host, this.#folder, batch);
    this.#loose = 0;
  }

  #discard(): void {
    const running = this.#running;
    this.#running = undefined;
    if (running !== undefined && !running.committing) running.parts.discard();
  }
}

function layoutOf(columns: readonly string[], partitionBy: readonly string[]): Layout {
  const numbers = columns.map((_, column) => column);
  return {
    inFile: numbers.filter((column) => !partitionBy.includes(columns[column] ?? "")),
    inFolder: partitionBy.map((name) => ({ name, column: columns.indexOf(name) })),
  };
}

function settingsOf(format: RowFormatName, names: readonly string[], options: FileSinkOptions): PartSettings {
  const gzip = options.compression === "gzip";
  return { format: rowFormat(format, names, options), suffix: gzip ? `${format}.gz` : format, gzip };
}
