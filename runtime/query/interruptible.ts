/** What a promise gives; or what `signal` is aborted with, if that comes first: a function of the user's that never answers must not keep a query from ending. Without a signal nothing interrupts. */
export async function interruptible<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  // Nobody hears of what it comes to any more.
  if (signal.aborted) promise.catch(() => undefined);
  signal.throwIfAborted();
  let interrupt = (): void => {};
  const interrupted = new Promise<never>((_, reject) => {
    // What a signal is aborted with is said by whoever aborts it.
    interrupt = () => void reject(signal.reason as Error);
    signal.addEventListener("abort", interrupt, { once: true });
  });
  try {
    return await Promise.race([promise, interrupted]);
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}
