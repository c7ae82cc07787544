import { expect, it } from "vitest";
import { emitJob } from "../../../../compiler/emit.ts";
import { compileText } from "../../../support/load-job.ts";

/** What of a filter is held against statistics. */
function rowGroupsOf(filter: string): string | undefined {
  const job = `schema S { id: long, n: int?, name: string?, price: decimal(9,2)? }\nsource s: S from file("in", format: "parquet")\nsink a = s |> where ${filter} |> select id into console()\n`;
  const files = emitJob(compileText(job, { optimize: true }), { runtimeSpecifier: (entry) => entry, userSpecifier: (specifier) => specifier });
  return /rowGroups: (\[.*\]) \}\)/.exec(files.find(({ name }) => name === "job.reader.ts")?.text ?? "")?.[1];
}

it("passes on what compares a column with constants, however it is written", () => {
  expect(rowGroupsOf("id >= 5 and 7 > n")).toBe('[["id", ">=", 5], ["n", "<", 7]]');
  expect(rowGroupsOf('name in ("a", "b") and price = 1.50')).toBe('[["name", "in", ["a", "b"]], ["price", "=", 150]]');
  expect(rowGroupsOf("n is null")).toBe('[["n", "is null"]]');
});

it("passes on nothing of conditions that are no such comparisons", () => {
  expect(rowGroupsOf("id = n or id > 5")).toBeUndefined();
  expect(rowGroupsOf("cast(name as int) = 3")).toBeUndefined();
});
