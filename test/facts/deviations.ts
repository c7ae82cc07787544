import { readFileSync } from "node:fs";

/**
 * A kind of case in which Sluice means to answer otherwise. `when` holds regular expressions on fields of the fact (a text as it
 * is, anything else as JSON; an absent field is the empty text), `answer` one on what Sluice answers instead.
 */
export interface Deviation {
  readonly when: Readonly<Record<string, string>>;
  readonly answer: string;
  /** Begins with the number of the rule that allows it. */
  readonly reason: string;
  /** The `sql` or `input` of a fact that deviates by it: if that fact agrees one day, the deviation is over. */
  readonly example: string;
}

const deviations = JSON.parse(readFileSync(new URL("./deviations.json", import.meta.url), "utf8")) as readonly Deviation[];

/** The deviation that explains an answer, if there is one. */
export function deviationOf(fact: object, answer: string): Deviation | undefined {
  return deviations.find((deviation) => Object.entries(deviation.when).every(([field, pattern]) => new RegExp(pattern, "su").test(textOf(fact, field))) && new RegExp(deviation.answer, "su").test(answer));
}

/** The deviations that name this fact as their example. */
export function deviationsShownBy(fact: object): readonly Deviation[] {
  return deviations.filter(({ example }) => example === textOf(fact, "sql") || example === textOf(fact, "input"));
}

function textOf(fact: object, field: string): string {
  const value: unknown = Reflect.get(fact, field);
  return value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
}
