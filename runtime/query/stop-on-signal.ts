import type { ProcessHost } from "../host/host.ts";
import type { StreamingQuery } from "./streaming-query.ts";

/**
 * Ends queries by signals: the first SIGINT or SIGTERM lets each finish its batch, the second cuts the batches off (they are run
 * again from the checkpoint), the third ends the process where it stands, as a shell expects (128 + the signal's number).
 * Returns how to stop listening.
 */
export function stopOnSignal(process: ProcessHost, queries: readonly StreamingQuery[], tell: (text: string) => void): () => void {
  let received = 0;
  return process.onSignal((signal) => {
    received++;
    if (received === 1) {
      tell(`${signal}: ending after the running batch; once more cuts it off\n`);
      for (const query of queries) void query.stop();
    } else if (received === 2) {
      tell(`${signal}: cutting the running batch off\n`);
      for (const query of queries) void query.interrupt();
    } else {
      process.exit(signal === "SIGINT" ? 130 : 143);
    }
  });
}
