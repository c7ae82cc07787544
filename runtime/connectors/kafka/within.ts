import type { Host } from "../../host/host.ts";

/** How long brokers may keep a query's end waiting, in milliseconds. */
const patience = 5_000;

/** Waits for work that a query ends with, and no longer than brokers may keep it waiting, or until `signal` fires: whether it was done by then. The work is told when nobody waits any more. */
export async function within(host: Host, work: (over: AbortSignal) => Promise<unknown>, signal?: AbortSignal): Promise<boolean> {
  const over = new AbortController();
  let isDone = false;
  const working = work(over.signal).then(() => {
    isDone = true;
  });
  try {
    await Promise.race([working, host.timers.sleep(patience, signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]))]);
  } finally {
    over.abort();
  }
  return isDone;
}
