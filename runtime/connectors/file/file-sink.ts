import { writeDurably } from "../../checkpoint/durable-file.ts";
import { JsonWriter } from "../../formats/json-writer.ts";
import type { Host } from "../../host/host.ts";
import type { BatchContext } from "../../query/batch-context.ts";
import type { RowKind, Sink, SinkContext } from "../sink.ts";
import { compactionIsDue, compactManifest } from "./compact-manifest.ts";
import { encodeManifest } from "./manifest-codec.ts";
import { entryName, metadataFolder, partName } from "./manifest-layout.ts";
import { PartFile } from "./part-file.ts";
import { joinPath } from "./path.ts";
import { cannotTake, writing } from "./sink-errors.ts";
import { openTarget } from "./target.ts";

/** Bytes that are gathered before they are written. */
const flushBytes = 65_536;

/** What is known of the batch that is being written. */
interface Running {
  readonly batch: BatchContext;
  part: PartFile | undefined;
  rows: number;
  /** From here on the batch may be in the manifest, so its file must stay. */
  committing: boolean;
}

/**
 * JSON lines in `part-<batch>-<partition>-<attempt>.json`, each batch exactly once. A batch is written under a hidden name and
 * synced (`prepare`); its entry in the manifest is its commit; only then does the file get its visible name. So a reader by
 * pattern never sees a torn or superseded file, a reader of the manifest sees a batch whole or not at all, and after a crash the
 * next opening finishes the renaming of what is in the manifest and removes the rest. A batch without rows leaves nothing.
 */
export class FileSink<Row> implements Sink<Row> {
  readonly description: string;
  readonly #host: Host;
  readonly #folder: string;
  readonly #encode: SinkContext<Row>["encodeJson"];
  readonly #out = new JsonWriter();
  #newest: number;
  #loose: number;
  #entries: number;
  #running: Running | undefined;

  /** Makes `folder`, a resolved path, the query's target; `path` is how the job calls it. */
  constructor(context: SinkContext<Row>, path: string, folder: string) {
    this.description = `FileSink[${path}]`;
    this.#host = context.host;
    this.#folder = folder;
    this.#encode = context.encodeJson;
    const claim = { query: context.queryName, checkpoint: context.bounded ? undefined : context.checkpointId, bounded: context.bounded };
    const manifest = writing(folder, () => openTarget(context.host, folder, claim));
    this.#newest = manifest.entries.at(-1)?.batch ?? -1;
    this.#loose = manifest.loose.length;
    this.#entries = manifest.entries.length;
  }

  begin(batch: BatchContext): boolean {
    this.#discard();
    if (batch.id <= this.#newest) return false;
    this.#running = { batch, part: undefined, rows: 0, committing: false };
    return true;
  }

  write(kind: RowKind, row: Row): void {
    const running = this.#running;
    if (running === undefined) return;
    if (kind !== "+I") throw cannotTake(kind, this.#folder);
    this.#encode(row, this.#out);
    this.#out.newline();
    running.rows++;
    if (this.#out.length >= flushBytes) this.#flush(running);
  }

  async prepare(): Promise<readonly string[]> {
    const running = this.#running;
    if (running === undefined || running.rows === 0) return [];
    const part = this.#flush(running);
    writing(this.#folder, () => part.seal());
    return [part.name];
  }

  async commit(batch: BatchContext): Promise<void> {
    const running = this.#running;
    if (running === undefined || running.batch.id !== batch.id) return;
    const { part } = running;
    if (part !== undefined) {
      running.committing = true;
      writing(this.#folder, () => this.#publish(batch.id, part, running.rows));
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

  #flush(running: Running): PartFile {
    return writing(this.#folder, () => {
      const part = (running.part ??= new PartFile(this.#host, this.#folder, partName(running.batch.id, 0, running.batch.attempt)));
      part.append(this.#out.view());
      this.#out.reset();
      return part;
    });
  }

  #publish(batch: number, part: PartFile, rows: number): void {
    const entry = encodeManifest([{ batch, files: [part.listing(rows)] }]);
    writeDurably(this.#host, joinPath(joinPath(this.#folder, metadataFolder), entryName(batch)), entry, "sink-manifest");
    part.reveal();
    this.#loose++;
    this.#entries++;
    if (!compactionIsDue(this.#loose, this.#entries)) return;
    compactManifest(this.#host, this.#folder, batch);
    this.#loose = 0;
  }

  #discard(): void {
    const running = this.#running;
    this.#running = undefined;
    this.#out.reset();
    if (running?.part !== undefined && !running.committing) running.part.discard();
  }
}
