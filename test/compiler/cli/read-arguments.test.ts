import { expect, it } from "vitest";
import { readArguments } from "../../../compiler/cli/read-arguments.ts";

const table = { json: "flag", out: "value", query: "values" } as const;

it("gives all values of an option that may be repeated, in order, and of others the one", () => {
  const { files, options, repeated, help } = readArguments(["a", "--query", "one", "--out=dir", "b", "--query=--two", "--json", "--query", "one"], table);
  expect({ files, help }).toEqual({ files: ["a", "b"], help: false });
  expect([...options]).toEqual([["out", "dir"], ["json", ""]]);
  expect([...repeated]).toEqual([["query", ["one", "--two", "one"]]]);
});

it.each([
  [["--out", "a", "--out", "b"], "--out is given twice"],
  [["--query"], "--query needs a value"],
  [["--query", "--json"], "--query needs a value"],
  [["--json=x"], "--json takes no value"],
  [["--querry", "x"], "there is no option --querry"],
])("says what is wrong with %j", (words, message) => {
  expect(() => readArguments(words, table)).toThrow(message);
});
