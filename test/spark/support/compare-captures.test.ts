import { expect, it } from "vitest";
import { compile } from "../../../compiler/compile.ts";
import type { CapturedBatch } from "../../../runtime/query/capture-reader.ts";
import { compareCaptures } from "./compare-captures.ts";

const source = "table rows: { k: string, x: double } from queue()\n";
const sums = `${source}sink out = rows |> aggregate sum(x) as s, max(x) as m group by k |> extend s / 2 as half, m * 2 as twice into memory() mode complete`;
const plain = `${source}sink out = rows into memory()`;

it("takes sums that differ in their last digits as equal, and what was made of them", () => {
  expect(compare(sums, ['{"k":"a","s":0.30000000000000004,"m":0.1,"half":0.15000000000000002,"twice":0.2}'], ['{"k":"a","s":0.3,"m":0.1,"half":0.15,"twice":0.2}'])).toBe("equal");
  expect(compare(sums, ['{"k":"a","s":3.0000000000000004e-20,"m":0.1,"half":0,"twice":0.2}'], ['{"k":"a","s":3e-20,"m":0.1,"half":0,"twice":0.2}'])).toBe("equal");
});

it.each([
  ["a sum in more than its last digits", "s", "0.3", "0.3000001"],
  ["small sums", "s", "1e-15", "2e-15"],
  ["the zeros of a sum", "s", "0.0", "-0.0"],
  ["a sum of nothing and almost nothing", "s", "0.0", "1e-17"],
  ["what is no sum, beside one", "m", "0.30000000000000004", "0.3"],
  ["what was made of no sum, beside one", "twice", "0.30000000000000004", "0.3"],
])("tells %s apart", (_, column, ours, theirs) => {
  const row = (value: string): string => `{${["k", "s", "m", "half", "twice"].map((name) => `"${name}":${name === "k" ? '"a"' : name === column ? value : "1.5"}`).join(",")}}`;
  expect(compare(sums, [row(ours)], [row(theirs)])).toBe("differs");
});

it("compares doubles that are no sums bit for bit", () => {
  expect(compare(plain, ['{"k":"a","x":0.30000000000000004}'], ['{"k":"a","x":0.3}'])).toBe("differs");
});

it("says whether there were rows, and what only one side gave in which batch", () => {
  expect(compare(plain, [], [])).toBe("equal, no rows");
  expect(compareCaptures(query(plain), [batch(0, ['{"k":"a","x":1}', '{"k":"b","x":2}'])], [batch(0, ['{"k":"b","x":2}']), batch(1, ['{"k":"c","x":3}'])])).toMatchObject({
    kind: "differs",
    batches: [{ batch: 0, node: ['k="a", x=1'], spark: [] }, { batch: 1, node: [], spark: ['k="c", x=3'] }],
  });
});

it("keeps the order of what is ordered", () => {
  const rows = ['{"k":"a","x":1}', '{"k":"b","x":2}'];
  expect(compare(plain, rows, rows.toReversed())).toBe("equal");
  expect(compare(`${source}sink out = rows |> order by k into memory()`, rows, rows.toReversed())).toBe("differs");
});

function compare(text: string, node: readonly string[], spark: readonly string[]): string {
  const compared = compareCaptures(query(text), [batch(0, node)], [batch(0, spark)]);
  return compared.kind === "equal" && !compared.hasRows ? "equal, no rows" : compared.kind;
}

function query(text: string): Parameters<typeof compareCaptures>[0] {
  const { queries: [first], diagnostics } = compile("job.sluice", text, { files: { read: () => undefined } });
  if (first === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return first;
}

function batch(at: number, rows: readonly string[]): CapturedBatch {
  return { query: "out", batch: at, attempt: 1, rows: rows.map((json) => ({ kind: "+I", json })), end: undefined };
}
