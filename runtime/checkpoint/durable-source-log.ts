import type { SourceLog } from "../connectors/source.ts";
import type { Host } from "../host/host.ts";
import { checkpointError } from "../errors/checkpoint-error.ts";
import { listCheckpointDirectory, makeCheckpointDirectory, removeFromCheckpoint } from "./coded-io.ts";
import { inspectCheckpointFile, readCheckpointFile, writeCheckpointFile, type ExpectedFile } from "./durable-file.ts";
import { isDamaged } from "./file-format.ts";
import { joinPath, logNumber } from "./paths.ts";

/** Where a source's log is and who writes it. */
export interface SourceLogPlace {
  readonly host: Host;
  readonly directory: string;
  readonly queryId: string;
  readonly incarnation: number;
  /** The newest batch that has offsets; −1 for none. */
  newestOffsets(): number;
  /** R7409 where another engine has taken over. */
  ensureCurrent(): void;
  warn(message: string): void;
}

/** `sources/<n>/` of a checkpoint: an entry a batch, written before the `offsets/N` that refers to it. */
export class DurableSourceLog implements SourceLog {
  readonly #place: SourceLogPlace;
  readonly #folder: string;

  /** Opens the folder of source `index`; an entry that was torn before its batch had offsets is removed, for it was never used. */
  constructor(place: SourceLogPlace, index: number) {
    this.#place = place;
    this.#folder = joinPath(place.directory, "sources", index);
    makeCheckpointDirectory(place.host, this.#folder);
    this.#dropUnusedDamage();
  }

  write(batch: number, payload: Uint8Array): void {
    const { host, queryId, incarnation } = this.#place;
    this.#place.ensureCurrent();
    const path = joinPath(this.#folder, batch);
    const before = batch <= this.#place.newestOffsets() ? this.read(batch) : undefined;
    if (before !== undefined) {
      if (Buffer.compare(before, payload) === 0) return;
      throw checkpointError("writtenByOther", `the source would change its entry of batch ${batch}, which the offsets refer to`, path);
    }
    writeCheckpointFile(host, path, { kind: "source log", queryId, incarnation, batch }, payload, "source-log", true);
  }

  read(batch: number): Uint8Array | undefined {
    const { host, directory } = this.#place;
    return readCheckpointFile(host, joinPath(this.#folder, batch), directory, this.#expected(batch))?.payload;
  }

  entries(): readonly number[] {
    return listCheckpointDirectory(this.#place.host, this.#folder).map(logNumber).filter((number) => number !== undefined).sort((a, b) => a - b);
  }

  removeBelow(batch: number): void {
    for (const entry of this.entries()) {
      if (entry >= batch) return;
      removeFromCheckpoint(this.#place.host, joinPath(this.#folder, entry));
      this.#place.host.fault("purge.source-log-removed");
    }
  }

  #dropUnusedDamage(): void {
    const { host, directory } = this.#place;
    for (const batch of this.entries()) {
      if (batch <= this.#place.newestOffsets()) continue;
      const path = joinPath(this.#folder, batch);
      const file = inspectCheckpointFile(host, path, directory, this.#expected(batch));
      if (file === undefined || !isDamaged(file)) continue;
      removeFromCheckpoint(host, path);
      this.#place.warn(`the entry ${path} was not finished when the machine stopped: no batch used it, and it is written anew`);
    }
  }

  #expected(batch: number): ExpectedFile {
    return { kind: "source log", queryId: this.#place.queryId, batch };
  }
}
