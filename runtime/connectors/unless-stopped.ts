/** What a promise gives; undefined if the query is to end before that: what a user's function never says must not keep it from ending. */
export async function unlessStopped<T>(promise: Promise<T>, stopping: AbortSignal): Promise<T | undefined> {
  let stop = (): void => {};
  const stopped = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    if (stopping.aborted) stop();
    else stopping.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([promise, stopped]);
  } finally {
    stopping.removeEventListener("abort", stop);
  }
}
