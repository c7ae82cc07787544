import type { DifferentBatch, Outcome } from "./differential-case.ts";
import { fractions, sameButNumbers } from "./same-but-numbers.ts";

/** A difference that is right, and what it consists of: anything else that differs is a fault. */
export type KnownDifference = { readonly reason: string } & (
  /** Rows that only one target gives, each behind the number of its batch: `0: id=1, rate=-0.0`. */
  | { readonly kind: "rows"; readonly node: readonly string[]; readonly spark: readonly string[] }
  /** Doubles in their last digits. */
  | { readonly kind: "digits" }
  /** The items of a column's list come in any order. May fall out equal. */
  | { readonly kind: "order"; readonly column: string }
  /** Which rows come out hangs on an order; each batch has as many on both. May fall out equal. */
  | { readonly kind: "choice" }
);

/** Why an outcome is not what is known, or undefined where it is. A target that failed is never what is known. */
export function unlikeKnown(known: KnownDifference, outcome: Outcome): string | undefined {
  switch (outcome.kind) {
    case "refused":
      return `it is refused (${outcome.codes.join(" ")}), and is known to differ: ${known.reason}`;
    case "equal":
      return known.kind === "order" || known.kind === "choice" ? undefined : `it is equal, and is known to differ: ${known.reason}`;
    case "differs":
      if (outcome.failed) return outcome.difference;
      return isThat(known, outcome.batches) ? undefined : `not as it is known to differ (${known.reason}):\n${outcome.batches.flatMap(({ batch, node, spark }) => [...node.map((row) => `  Node ${batch}: ${row}\n`), ...spark.map((row) => `  Spark ${batch}: ${row}\n`)]).join("")}${outcome.difference}`;
  }
}

function isThat(known: KnownDifference, batches: readonly DifferentBatch[]): boolean {
  switch (known.kind) {
    case "rows": {
      const told = (side: "node" | "spark"): string => batches.flatMap((each) => each[side].map((row) => `${each.batch}: ${row}`)).sort().join("\n");
      return told("node") === known.node.toSorted().join("\n") && told("spark") === known.spark.toSorted().join("\n");
    }
    case "digits":
      return batches.every(({ node, spark }) => node.length === spark.length && node.every((row, at) => sameButNumbers(row, spark[at] ?? "", fractions, areNear)));
    case "order":
      return batches.every(({ node, spark }) => inOneOrder(node, known.column) === inOneOrder(spark, known.column));
    case "choice":
      return batches.every(({ node, spark }) => node.length === spark.length);
  }
}

function areNear(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= 1e-14 * Math.abs(a);
}

/** The rows with the items of a column's list sorted. */
function inOneOrder(rows: readonly string[], column: string): string {
  const list = new RegExp(`\\b${column}=\\[([^[\\]]*)\\]`);
  return rows.map((row) => row.replace(list, (_, items: string) => `${column}=[${items.split(", ").sort().join(", ")}]`)).sort().join("\n");
}
