import { expect, test } from "vitest";
import { compile } from "../../../compiler/compile.ts";
import { emitJob } from "../../../compiler/emit.ts";
import { readLegality, type LegalityCell } from "../../facts/legality.ts";
import { analyzeText } from "../../support/analyze-text.ts";

const { observed, further } = readLegality();
const rows = [...observed, ...further];
const cells = rows.flatMap(({ shape, text, unboundedText, cells: verdicts }) => Object.entries(verdicts).map(([mode, cell]) => ({ shape, mode, text, unboundedText, cell })));
const written = cells.flatMap(({ shape, mode, text, unboundedText, cell }) => [
  ...(text === undefined ? [] : [[`${shape}, ${mode}`, `${text} mode ${mode}\n`, cell.codes] as const]),
  ...(unboundedText === undefined ? [] : [[`${shape}, ${mode}, unbounded`, `${unboundedText} mode ${mode}\n`, cell.unbounded ?? cell.codes] as const]),
]);

test.each(written)("%s", (_shape, job, codes) => {
  const checked = compile("job.sluice", job, { files: { read: () => undefined } });
  const found = checked.diagnostics.filter(({ severity }) => severity === "error");
  expect([...new Set(found.map(({ code }) => code))].sort()).toEqual(codes);
  // What is legal can be planned and emitted too.
  if (codes.length === 0) expect(emitJob(checked, { runtimeSpecifier: (entry) => entry, userSpecifier: (specifier) => specifier })[0]?.text).toContain("export const job");
});

test("the table has every shape that Spark was asked for, in every mode", () => {
  expect(observed).toHaveLength(98);
  expect(new Set(rows.map(({ shape }) => shape)).size).toBe(rows.length);
});

test("every cell that Spark was asked for has a verdict", () => {
  const asked = observed.flatMap(({ cells: verdicts }) => Object.values(verdicts)).filter(({ spark }) => spark !== "-");
  expect(asked).toHaveLength(292);
});

test("where Spark says yes so do we, and where it refuses we refuse, unless a rule makes the result right", () => {
  expect(cells.filter(({ text, cell }) => !isConsistent(cell, text !== undefined))).toEqual([]);
});

function isConsistent({ spark, sluice, codes, unbounded, rule }: LegalityCell, isWritten: boolean): boolean {
  switch (sluice) {
    case "same":
      return isWritten && (spark === "-" || (spark === "yes") === (codes.length === 0));
    case "accept":
      return isWritten && spark !== "yes" && codes.length === 0 && rule !== undefined;
    case "accept with unbounded":
      return isWritten && (spark === "yes" || rule !== undefined) && codes.join() === "E3015" && unbounded?.length === 0;
    case "not in the language":
      return !isWritten && codes.length === 0;
  }
}

test("of what Spark refuses, 36 cells cannot be written", () => {
  expect(cells.filter(({ text }) => text === undefined)).toHaveLength(36);
});

const prelude = `
schema Click { t: timestamp, k: string, n: long? }
source s: Click from queue()
table users: Click from file("users/", format: "json")
`;

function codesOf(pipeline: string, mode: string, sink = "memory()"): readonly string[] {
  return analyzeText(`${prelude}sink q = ${pipeline} into ${sink} mode ${mode}\n`).diagnostics.map(({ code }) => code);
}

test("a file takes any mode over tables alone", () => {
  expect(codesOf("users |> aggregate count() as c group by k", "complete", 'file("out/", format: "json")')).toEqual([]);
});

test("a watermark by which rows are discarded says where late rows go", () => {
  const timed = "s |> watermark t delay 1 second";
  const windows = `${timed} |> aggregate count() as c group by tumbling(t, 5 seconds)`;
  const sessions = `${timed} |> aggregate count() as c group by k, session(t, gap 5 seconds)`;
  expect(codesOf(windows, "append")).toEqual(["E3007"]);
  expect(codesOf(windows, "update")).toEqual(["E3007"]);
  expect(codesOf(windows, "complete")).toEqual([]);
  expect(codesOf(sessions, "complete")).toEqual(["E3007"]);
  expect(codesOf(`${timed} |> dedup by k`, "append")).toEqual(["E3007"]);
  expect(codesOf(`${timed} |> dedup by k |> aggregate count() as c`, "complete")).toEqual(["E3007"]);
  expect(codesOf(`${timed} |> select k`, "append")).toEqual([]);
});
