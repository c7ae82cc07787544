/** A file of input, by its path in the folder of the case. */
export interface CaseFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** A job that both targets run on the same files. */
export interface DifferentialCase {
  readonly name: string;
  /** Where the job stands in the repository, for what it imports; any path where it imports nothing. */
  readonly path: string;
  /** The job's text, reading from the folder of the case. */
  readonly text: (folder: string) => string;
  readonly params?: (folder: string) => Readonly<Record<string, string>>;
  /** The files that are there, in the order of their times, when the job is started the first time; that come before it is started the second time; and so on. */
  readonly runs: readonly (readonly CaseFile[])[];
  /** `--batch` or `--available-now`. */
  readonly how: "batch" | "available now";
  /** How long a run on Spark may take, where that is not the usual time. */
  readonly seconds?: number;
  /** Whether both targets must fail. */
  readonly fails?: true;
}

/** What came of a query: `equal`, `refused E4113 …` for Spark, or how it differs. */
export type Outcome = { readonly kind: "equal" } | { readonly kind: "refused"; readonly codes: readonly string[] } | { readonly kind: "differs"; readonly difference: string };

/** An outcome in the goldens. */
export function outcomeText(outcome: Outcome): string {
  return outcome.kind === "refused" ? `refused ${outcome.codes.join(" ")}` : outcome.kind;
}
