import { readFileSync } from "node:fs";

/** Calls in Sluice's syntax by the name of the function; `null` where none would say anything: random values, failures, the clock. */
const chosen = JSON.parse(readFileSync(new URL("./examples.json", import.meta.url), "utf8")) as Readonly<Record<string, string | null>>;

/** The functions that have an example, or none on purpose. */
export const exampleNames: readonly string[] = Object.keys(chosen);

/** A call that shows what a scalar function does. */
export function scalarExample(name: string): string | undefined {
  return chosen[name] ?? undefined;
}

/** A call that shows what an aggregate of so many arguments does over the columns `x`, `y`, `ok` and `s` of the page's rows. */
export function aggregateExample(name: string, count: number): string {
  return chosen[name] ?? `${name}(${count < 2 ? "x" : "x, y"})`;
}
