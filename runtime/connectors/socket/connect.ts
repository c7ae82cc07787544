import type { Connection, Host } from "../../host/host.ts";
import { cannotConnect } from "./socket-errors.ts";

/** Milliseconds for which a connection is tried: a job and its server are often started together. */
const patience = 10_000;
const firstPause = 50;
const longestPause = 1000;

/**
 * Connects, again and again with growing pauses for ten seconds; then the last refusal is the error (R7210). Undefined where the
 * query is to end before there is a connection.
 */
export async function connectPatiently(host: Host, name: string, port: number, stopping: AbortSignal): Promise<Connection | undefined> {
  const end = host.clock.monotonic() + patience;
  for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 2)) {
    try {
      return await unlessStopped(host.net.connect(name, port), stopping);
    } catch (error) {
      if (stopping.aborted) return undefined;
      if (host.clock.monotonic() + pause > end) throw cannotConnect(`socket ${name}:${port}`, patience / 1000, error);
      await host.timers.sleep(pause, stopping);
      if (stopping.aborted) return undefined;
    }
  }
}

/** A connection that comes after the signal is closed: a peer that does not answer keeps no query from ending. */
function unlessStopped(connecting: Promise<Connection>, stopping: AbortSignal): Promise<Connection | undefined> {
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined);
    if (stopping.aborted) stop();
    else stopping.addEventListener("abort", stop, { once: true });
    connecting.then(
      (connection) => {
        stopping.removeEventListener("abort", stop);
        if (stopping.aborted) connection.close();
        resolve(stopping.aborted ? undefined : connection);
      },
      (error: unknown) => {
        stopping.removeEventListener("abort", stop);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
