import type { Host } from "../host/host.ts";
import { cannotWrite, checkpointError } from "../errors/checkpoint-error.ts";
import { systemErrorCode } from "../errors/system-error.ts";
import { removeFromCheckpoint } from "./coded-io.ts";
import { readBytes } from "./durable-file.ts";
import { joinPath } from "./paths.ts";

const utf8 = new TextEncoder();

/**
 * Keeps a second engine on the same machine out of a checkpoint: the file `lock` names the process that has it, and counts only
 * while that very process runs. It is a courtesy that gives a clear message at once; what makes two engines safe (other machines,
 * a race of two starts) is the incarnation.
 */
export class CheckpointLock {
  readonly #host: Host;
  readonly #path: string;
  readonly #content: string;

  private constructor(host: Host, path: string, content: string) {
    this.#host = host;
    this.#path = path;
    this.#content = content;
  }

  /** Takes the lock, also one that a process left behind which is no more; R7410 where a running process has it. */
  static take(host: Host, directory: string): CheckpointLock {
    const path = joinPath(directory, "lock");
    const content = `${host.process.pid}\n${host.process.identify(host.process.pid) ?? ""}\n${host.uuid()}\n`;
    for (let attempt = 0; attempt < 10; attempt++) {
      refuseRunning(host, path);
      try {
        host.fs.removeTree(path);
        const file = host.fs.open(path, "create exclusively");
        file.write(utf8.encode(content));
        file.close();
        return new CheckpointLock(host, path, content);
      } catch (error) {
        if (systemErrorCode(error) === "EEXIST") continue;
        if (systemErrorCode(error) === undefined) throw error;
        throw cannotWrite(path, error);
      }
    }
    throw checkpointError("inUse", "other processes are starting on the checkpoint", path, "run one engine on a checkpoint at a time");
  }

  /** Whether a running process has the lock. */
  static isTaken(host: Host, directory: string): boolean {
    return runningOwner(host, joinPath(directory, "lock")) !== undefined;
  }

  /** Gives the lock back, unless another has taken it. */
  release(): void {
    const bytes = readBytes(this.#host, this.#path);
    if (bytes !== undefined && new TextDecoder().decode(bytes) === this.#content) removeFromCheckpoint(this.#host, this.#path);
  }
}

function refuseRunning(host: Host, path: string): void {
  const pid = runningOwner(host, path);
  if (pid === undefined) return;
  if (pid === host.process.pid) throw checkpointError("inUse", "another query of this process has the checkpoint", path, "give each query a checkpoint folder of its own");
  throw checkpointError("inUse", `the checkpoint is in use by the running process ${pid}`, path, `stop that process first: kill ${pid}`);
}

/** The process that has a lock; undefined where there is none, or one that is no more left it behind. */
function runningOwner(host: Host, path: string): number | undefined {
  const bytes = readBytes(host, path);
  if (bytes === undefined) return undefined;
  const [pid = "", identity = ""] = new TextDecoder().decode(bytes).split("\n");
  return identity === "" || host.process.identify(Number(pid)) !== identity ? undefined : Number(pid);
}
