import type { Connection, Host } from "../../host/host.ts";
import { cannotConnect } from "./socket-errors.ts";

/** Milliseconds for which a connection is tried: a job and its server are often started together. */
const patience = 10_000;
const firstPause = 50;
const longestPause = 1000;

/** Connects, again and again with growing pauses for ten seconds; then the last refusal is the error (R7210). */
export async function connectPatiently(host: Host, name: string, port: number, signal: AbortSignal): Promise<Connection> {
  const end = host.clock.monotonic() + patience;
  for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 2)) {
    try {
      return await host.net.connect(name, port);
    } catch (error) {
      if (signal.aborted || host.clock.monotonic() + pause > end) throw cannotConnect(`socket ${name}:${port}`, patience / 1000, error);
      await host.timers.sleep(pause, signal);
    }
  }
}
