import type { Host } from "../host/host.ts";
import { checkpointError } from "../errors/checkpoint-error.ts";
import { listCheckpointDirectory } from "./coded-io.ts";
import { damagedFile, inspectCheckpointFile } from "./durable-file.ts";
import { isDamaged, type FileDamage } from "./file-format.ts";
import { joinPath, logNumber } from "./paths.ts";

/** An entry with the incarnation that wrote it. */
export interface LoggedEntry<Entry> {
  readonly entry: Entry;
  readonly incarnation: number;
}

/** One of the logs of a checkpoint: a folder with a file a batch, named by the batch's number. */
export class LogFolder<Entry extends { readonly batchId: number }> {
  readonly path: string;
  readonly #host: Host;
  readonly #directory: string;
  readonly #kind: "offsets" | "commits";
  readonly #decode: (payload: Uint8Array) => Entry;

  constructor(host: Host, directory: string, kind: "offsets" | "commits", decode: (payload: Uint8Array) => Entry) {
    this.path = joinPath(directory, kind);
    this.#host = host;
    this.#directory = directory;
    this.#kind = kind;
    this.#decode = decode;
  }

  file(batch: number): string {
    return joinPath(this.path, batch);
  }

  /** The batches that have an entry, ascending. */
  numbers(): readonly number[] {
    return listCheckpointDirectory(this.#host, this.path).map(logNumber).filter((number) => number !== undefined).sort((a, b) => a - b);
  }

  /** An entry, or what is wrong with its file; the entry of another checkpoint or of a newer Sluice is an error at once. */
  read(batch: number, queryId: string): LoggedEntry<Entry> | FileDamage {
    const path = this.file(batch);
    const file = inspectCheckpointFile(this.#host, path, this.#directory, { kind: this.#kind, queryId, batch });
    if (file === undefined) return { damage: "torn", detail: "the file is gone" };
    if (isDamaged(file)) {
      if (file.damage === "newer") throw damagedFile(path, this.#directory, file);
      return file;
    }
    try {
      const entry = this.#decode(file.payload);
      if (entry.batchId === batch) return { entry, incarnation: file.header.incarnation };
      return { damage: "corrupt", detail: `expected the entry of batch ${batch}, found that of batch ${entry.batchId}` };
    } catch (error) {
      if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
      throw checkpointError("unreadable", `an entry of the checkpoint is not as expected: ${error.message}`, path, undefined, error);
    }
  }
}

export function isDamagedEntry<Entry>(entry: LoggedEntry<Entry> | FileDamage): entry is FileDamage {
  return "damage" in entry;
}
