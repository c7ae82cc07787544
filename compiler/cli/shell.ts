/** What commands see of the process that they run in; tests give their own. */
export interface Shell {
  /** The working directory, absolute. */
  readonly directory: string;
  /** The folder of this installation of Sluice, absolute: where its package.json is. */
  readonly installation: string;
  /** Where its JavaScript is (`runtime/index.js` …), absolute; undefined where there are only sources, `runtime/index.ts` … in `installation`. */
  readonly built?: string;
  /** Whether diagnostics on stderr are coloured. */
  readonly color: boolean;
  stdout(text: string): void;
  stderr(text: string): void;
}

/** A command: takes the arguments behind its name, resolves with the exit code. */
export type Command = (argv: readonly string[], shell: Shell) => Promise<number>;

/** Codes with which the command line ends; `run` has one more for a query that failed (`runtime/query/run-job.ts`). */
export const exitCodes = { success: 0, userError: 1, bug: 2 } as const;
