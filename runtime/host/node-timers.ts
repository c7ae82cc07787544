import type { Timers } from "./host.ts";

/** The longest time that `setTimeout` takes; what is longer it takes for 1 ms. */
const longestPiece = 2 ** 31 - 1;

/** Timers of the event loop. A long sleep (a trigger of a month) is slept in pieces. */
export const nodeTimers: Timers = {
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const finish = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", finish);
        resolve();
      };
      const sleepOn = (left: number): NodeJS.Timeout => {
        if (!(left > longestPiece)) return setTimeout(finish, left);
        return setTimeout(() => (timer = sleepOn(left - longestPiece)), longestPiece);
      };
      let timer = sleepOn(milliseconds);
      signal?.addEventListener("abort", finish, { once: true });
    }),
  yield: () => new Promise((resolve) => setImmediate(resolve)),
};
