import type { Host } from "../host/host.ts";
import { checkpointError } from "../errors/checkpoint-error.ts";
import { systemErrorCode } from "../errors/system-error.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import { listCheckpointDirectory, removeFromCheckpoint } from "./coded-io.ts";
import { writeCheckpointFile } from "./durable-file.ts";
import { encodeJson } from "./log-codec.ts";
import { jsonObject } from "./exact-json.ts";
import { joinPath, logNumber } from "./paths.ts";

const kept = 5;

/**
 * The fencing number of an engine: every start makes the next file of `incarnations/` (create if absent, durable), every file that
 * an engine writes carries its number, and an engine that sees a higher one stops. So an engine that was thought dead and
 * comes back cannot write after its successor has started.
 */
export class Incarnations {
  readonly #host: Host;
  readonly #folder: string;

  constructor(host: Host, directory: string) {
    this.#host = host;
    this.#folder = joinPath(directory, "incarnations");
  }

  /** Takes the next number, above every one that is there and above `atLeast` (the newest that any file carries). */
  begin(queryId: string, atLeast: number): number {
    for (let next = Math.max(this.#newest(), atLeast) + 1; ; next++) {
      try {
        const payload = encodeJson(jsonObject([["pid", this.#host.process.pid], ["started", this.#host.clock.now()]]));
        writeCheckpointFile(this.#host, joinPath(this.#folder, next), { kind: "incarnation", queryId, incarnation: next, batch: undefined }, payload, "incarnation");
        this.#forgetOld(next);
        return next;
      } catch (error) {
        if (!(error instanceof SluiceRuntimeError) || systemErrorCode(error.cause) !== "EEXIST") throw error;
      }
    }
  }

  /** R7409 where another engine has started on the checkpoint after this one. */
  ensureCurrent(mine: number): void {
    const newest = this.#newest();
    if (newest <= mine) return;
    throw checkpointError("fenced", `another engine has taken over the checkpoint: this is incarnation ${mine}, the newest is ${newest}`, this.#folder,
      "this run has ended without harm; let the other one go on, or stop it before starting again");
  }

  #newest(): number {
    return this.#numbers().reduce((newest, number) => Math.max(newest, number), 0);
  }

  #numbers(): readonly number[] {
    return listCheckpointDirectory(this.#host, this.#folder).map(logNumber).filter((number) => number !== undefined);
  }

  #forgetOld(newest: number): void {
    for (const number of this.#numbers()) {
      if (number <= newest - kept) removeFromCheckpoint(this.#host, joinPath(this.#folder, number));
    }
  }
}
