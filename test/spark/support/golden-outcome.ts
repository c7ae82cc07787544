import type { KnownDifference } from "./known-difference.ts";
import { knownDifferences } from "./known-differences.ts";

/** What is carried over, and was not compared when the golden was written. */
const notRun = "not run yet";

/** How a known difference stands in a golden. */
export function knownText({ reason }: KnownDifference): string {
  return `differs: ${reason}`;
}

/** The outcome of a query (`CASE QUERY`) that is carried over and does not run now: a known difference, or equal where the golden's lines say so; all else is to be run. */
export function outcomeNotRun(name: string, golden: readonly string[]): string {
  const known = knownDifferences.get(name);
  if (known !== undefined) return knownText(known);
  return ["equal", "equal, no rows"].find((outcome) => golden.includes(`${name}: ${outcome}`)) ?? notRun;
}

/** The queries whose outcomes may not become a golden: what differs without a reason, and what nobody ran. */
export function unfitForGolden(outcomes: ReadonlyMap<string, string>): readonly string[] {
  return [...outcomes].flatMap(([name, outcome]) => (outcome === "differs" || outcome === notRun ? [`${name}: ${outcome}`] : []));
}
