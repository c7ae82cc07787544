import { writeDurably } from "../../checkpoint/durable-file.ts";
import type { Host } from "../../host/host.ts";
import type { BatchContext } from "../../query/batch-context.ts";
import type { RowKind, Sink, SinkContext } from "../sink.ts";
import { compactionIsDue, compactManifest } from "./compact-manifest.ts";
import type { FileRows, RowParts } from "./format/file-rows.ts";
import { encodeManifest, type ManifestEntry } from "./manifest-codec.ts";
import { entryName, metadataFolder, switchedName } from "./manifest-layout.ts";
import { readManifest } from "./manifest-reader.ts";
import { joinPath } from "./path.ts";
import { cannotTake, writing } from "./sink-errors.ts";
import type { FileSinkOptions } from "./sink.ts";
import { openTarget } from "./target.ts";

/** What is known of the batch that is being written. */
interface Running<Row> {
  readonly batch: BatchContext;
  /** What the manifest calls the batch. */
  readonly version: number;
  readonly parts: RowParts<Row>["files"];
  readonly write: RowParts<Row>["write"];
  /** From here on the batch may be in the manifest, so its files must stay. */
  committing: boolean;
}

/**
 * Rows in `part-<batch>-<partition>-<attempt>.<format>`, each batch exactly once; with `partitionBy`, in folders named after the values
 * of those columns, which then leave the rows. A batch is written under hidden names and synced (`prepare`); its entry in the manifest is
 * its commit; only then do the files get their visible names. So a reader by pattern never sees a torn or superseded file, a
 * reader of the manifest sees a batch whole or not at all, and after a crash the next opening finishes the renaming of what is in
 * the manifest and removes the rest. A batch without rows leaves nothing. With `replace` a batch is one file, also without rows, and
 * takes the place of the one before. With `changelog` the files tell of a result that changes: each row has its kind, `+I`, `+U` or `-D`, in a
 * first column of that name.
 */
export class FileSink<Row> implements Sink<Row> {
  readonly description: string;
  readonly encodesRows = true;
  /** A changelog says which row left. */
  readonly takesDeletedRows: boolean;
  readonly #host: Host;
  readonly #folder: string;
  readonly #rows: FileRows<Row>;
  /** The name of the one file, where each batch replaces it. */
  readonly #visible: string | undefined;
  readonly #countsVersions: boolean;
  /** Milliseconds. */
  readonly #retention: number | undefined;
  /** The name of the file that is there, where batches replace it. */
  #replaced: string | undefined;
  #newest: number;
  #loose: number;
  #entries: number;
  #running: Running<Row> | undefined;

  /** Makes `folder`, a resolved path, the query's target; `options.path` is how the job calls it. */
  constructor(context: SinkContext<Row>, options: FileSinkOptions, folder: string, rows: FileRows<Row>) {
    this.description = `FileSink[${options.path}]`;
    this.#host = context.host;
    this.#folder = folder;
    this.#rows = rows;
    this.takesDeletedRows = options.changelog !== undefined;
    const { replace = false, retention } = options;
    this.#visible = replace ? switchedName(rows.suffix) : undefined;
    this.#countsVersions = replace && context.bounded;
    this.#retention = retention === undefined || retention === null ? undefined : Number(retention) / 1000;
    const claim = { replaces: replace, query: context.queryName, checkpoint: context.bounded ? undefined : context.checkpointId, former: context.formerCheckpoints ?? [], bounded: context.bounded };
    const manifest = writing(folder, () => openTarget(context.host, folder, claim));
    this.#newest = manifest.entries.at(-1)?.batch ?? -1;
    this.#replaced = replace ? manifest.entries.at(-1)?.files[0]?.name : undefined;
    this.#loose = manifest.loose.length;
    this.#entries = manifest.entries.length;
  }

  begin(batch: BatchContext): boolean {
    this.#discard();
    // A bounded run is a batch 0 of its own each time, and its result the next version.
    const version = this.#countsVersions ? this.#newest + 1 : batch.id;
    if (version <= this.#newest) return false;
    const { files, write } = this.#rows.begin(this.#host, this.#folder, { ...batch, id: version });
    this.#running = { batch, version, parts: files, write, committing: false };
    return true;
  }

  write(kind: RowKind, row: Row): void {
    const running = this.#running;
    if (running === undefined) return;
    if (kind !== "+I" && !this.takesDeletedRows) throw cannotTake(kind, this.#folder);
    writing(this.#folder, () => running.write(kind, row));
  }

  async prepare(): Promise<readonly string[]> {
    const running = this.#running;
    if (running === undefined) return [];
    if (this.#visible !== undefined) writing(this.#folder, () => running.parts.ensureFile());
    if (running.parts.isEmpty) return [];
    writing(this.#folder, () => running.parts.seal());
    return running.parts.names;
  }

  async commit(batch: BatchContext): Promise<void> {
    const running = this.#running;
    if (running === undefined || running.batch.id !== batch.id) return;
    if (!running.parts.isEmpty) {
      running.committing = true;
      writing(this.#folder, () => (this.#visible === undefined ? this.#publish(running) : this.#switch(running, this.#visible)));
    }
    this.#newest = running.version;
    this.#running = undefined;
  }

  async abort(): Promise<void> {
    this.#discard();
  }

  async close(): Promise<void> {
    this.#discard();
  }

  #publish({ version, parts }: Running<Row>): void {
    this.#list({ batch: version, files: parts.listing(), time: this.#host.clock.now() });
    parts.reveal();
    this.#loose++;
    this.#entries++;
    if (!compactionIsDue(this.#loose, this.#entries)) return;
    this.#entries = compactManifest(this.#host, this.#folder, version, this.#retention);
    this.#loose = 0;
  }

  /** The entry in the manifest is the switch for its readers, the one rename that for readers by pattern. */
  #switch({ version, parts }: Running<Row>, visible: string): void {
    const files = parts.listing().map((file) => ({ ...file, name: visible, from: file.name }));
    this.#list({ batch: version, files, time: this.#host.clock.now(), replaces: true });
    parts.replace(visible);
    const metadata = joinPath(this.#folder, metadataFolder);
    for (const name of readManifest(this.#host, this.#folder).superseded) {
      this.#host.fs.remove(joinPath(metadata, name));
      this.#host.fault("sink-version.removed");
    }
    if (this.#replaced !== visible) this.#removeFormer();
    this.#host.fs.syncDirectory(metadata);
  }

  /** Takes the version of another format away, which no rename has replaced. */
  #removeFormer(): void {
    if (this.#replaced !== undefined) this.#host.fs.remove(joinPath(this.#folder, this.#replaced));
    this.#replaced = this.#visible;
    this.#host.fs.syncDirectory(this.#folder);
  }

  #list(entry: ManifestEntry): void {
    writeDurably(this.#host, joinPath(joinPath(this.#folder, metadataFolder), entryName(entry.batch)), encodeManifest([entry]), "sink-manifest");
  }

  #discard(): void {
    const running = this.#running;
    this.#running = undefined;
    if (running !== undefined && !running.committing) running.parts.discard();
  }
}
