import { castInvalid, trimAll } from "./cast-failure.ts";

const words: ReadonlyMap<string, boolean> = new Map([
  ["t", true], ["true", true], ["y", true], ["yes", true], ["1", true],
  ["f", false], ["false", false], ["n", false], ["no", false], ["0", false],
]);

/** `t true y yes 1` and `f false n no 0`, in any case, blanks around them (org.apache.spark.sql.catalyst.util.StringUtils). */
export function tryBooleanFromText(text: string): boolean | null {
  return words.get(trimAll(text).toLowerCase()) ?? null;
}

export function booleanFromText(text: string): boolean {
  return tryBooleanFromText(text) ?? castInvalid(text, "boolean");
}
