import { readFileSync } from "node:fs";

/** What Spark and Sluice say of one shape in one mode. */
export interface LegalityCell {
  /** `yes`, or the class of Spark's message; a star: refused only when the first batch is planned; `-`: not observed. */
  readonly spark: string;
  readonly sluice: "same" | "accept" | "not in the language" | "not yet";
  /** Every error of the compiler; none where it takes the job. */
  readonly codes: readonly string[];
  /** What makes the result right where Spark refuses it. */
  readonly rule?: string;
}

/** A shape of a query, with its verdicts. `text` is the job, up to the mode; undefined where the language has no such thing. */
export interface LegalityRow {
  readonly shape: string;
  readonly text: string | undefined;
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
    text: job === null ? undefined : `${prelude.join("\n")}\nsink q = ${job}\n  into ${sink}`,
    cells: { append, update, complete },
  });
  return { observed: observed.map(rowOf), further: further.map(rowOf) };
}
