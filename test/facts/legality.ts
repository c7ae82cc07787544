import { readFileSync } from "node:fs";

/** What Spark and Sluice say of one shape in one mode. */
export interface LegalityCell {
  /** `yes`, or the class of Spark's message; a star: refused only when the first batch is planned; `-`: not observed. */
  readonly spark: string;
  readonly sluice: "same" | "accept" | "accept with unbounded" | "not in the language";
  /** Every error of the compiler; none where it takes the job. */
  readonly codes: readonly string[];
  /** The same of the job with the word `unbounded`, where that makes a difference. */
  readonly unbounded?: readonly string[];
  /** What makes the result right where Spark refuses it. */
  readonly rule?: string;
}

/** A shape of a query, with its verdicts. `text` is the job, up to the mode, and `unboundedText` the job with that word; undefined where the language has no such thing. */
export interface LegalityRow {
  readonly shape: string;
  readonly text: string | undefined;
  readonly unboundedText: string | undefined;
  readonly cells: Readonly<Record<"append" | "update" | "complete", LegalityCell>>;
}

interface Row {
  readonly shape: string;
  readonly job: string | null;
  readonly sink?: string;
  readonly append: LegalityCell;
  readonly update: LegalityCell;
  readonly complete: LegalityCell;
}

interface Content {
  readonly prelude: readonly string[];
  readonly observed: readonly Row[];
  readonly further: readonly Row[];
}

/** The table of what may run in which mode: `observed` are the shapes that real Spark was asked for, `further` follow from its rules. */
export function readLegality(): { readonly observed: readonly LegalityRow[]; readonly further: readonly LegalityRow[] } {
  const { prelude, observed, further } = JSON.parse(readFileSync(new URL("legality.json", import.meta.url), "utf8")) as Content;
  const rowOf = ({ shape, job, sink = "memory()", append, update, complete }: Row): LegalityRow => ({
    shape,
    text: job === null ? undefined : textOf(job.replaceAll(" [unbounded]", ""), sink),
    unboundedText: job?.includes("[unbounded]") === true ? textOf(job.replaceAll("[unbounded]", "unbounded"), sink) : undefined,
    cells: { append, update, complete },
  });
  const textOf = (job: string, sink: string): string => `${prelude.join("\n")}\nsink q = ${job}\n  into ${sink}`;
  return { observed: observed.map(rowOf), further: further.map(rowOf) };
}
