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
  /** Where both targets must fail: the condition by which, in Spark's words (`ARITHMETIC_OVERFLOW`). */
  readonly fails?: string;
}

/** A batch of a query in which the targets are not the same: the rows of each that the other has not in that place, as texts. */
export interface DifferentBatch {
  readonly batch: number;
  readonly node: readonly string[];
  readonly spark: readonly string[];
}

/** What came of a query: `equal`, `refused E4113 …` for Spark, or how it differs. `failed`: a target ended as it must not, so that there are no rows to compare. */
export type Outcome =
  | { readonly kind: "equal"; readonly hasRows: boolean }
  | { readonly kind: "refused"; readonly codes: readonly string[] }
  | { readonly kind: "differs"; readonly difference: string; readonly failed: boolean; readonly batches: readonly DifferentBatch[] };

/** An outcome in the goldens. What is equal without a row shows little, and says so. */
export function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case "equal":
      return outcome.hasRows ? "equal" : "equal, no rows";
    case "refused":
      return `refused ${outcome.codes.join(" ")}`;
    case "differs":
      return "differs";
  }
}

/** How a job runs that is compared: one over tables alone is a batch. */
export function howOf(text: string): DifferentialCase["how"] {
  return /^source\s/m.test(text) ? "available now" : "batch";
}
