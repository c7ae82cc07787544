/** Something that was thrown, whatever it is. */
export interface Failure {
  readonly error: unknown;
}

/** Runs something and gives what it throws, so that whatever has to follow can follow; undefined where it came to its end. */
export async function failureOf(run: () => Promise<void>): Promise<Failure | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return { error };
  }
}
