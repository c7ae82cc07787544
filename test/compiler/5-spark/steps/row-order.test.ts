import { expect, it } from "vitest";
import { checkForSpark } from "../../../support/check-for-spark.ts";

const inputs = `
table t: { m: long, l: string?, tags: string[] } from file("t/", format: "json")
source s: { m: long, l: string? } from file("s/", format: "json")
`;

/** What the last step of the sink is, `sorted` where a sort is put below it, and the codes of what is told of it. */
function lastOf(pipeline: string, mode = ""): string {
  const { files, diagnostics } = checkForSpark(`${inputs}sink q = ${pipeline} into memory() ${mode}\n`);
  const lines = /def q\(run.*?return rows/s.exec(files[0]?.text ?? "")?.[0].split("\n").filter((line) => line.includes("limit(") || line.includes("drop")) ?? [];
  const codes = diagnostics.map(({ code }) => code).filter((code) => code === "W4110");
  return [lines.at(-1)?.trim().replace("rows = rows.", ""), ...codes].join(" ");
}

it("a limit over a sort, or over a limit, takes what comes first on Spark too", () => {
  expect(lastOf("t |> order by m desc |> limit 5")).toBe("limit(5)");
  expect(lastOf("t |> order by m desc |> limit 5 |> limit 2")).toBe("limit(2)");
  expect(lastOf("t |> order by m desc |> limit 5 |> where m > 1 |> limit 2")).toBe("limit(2)");
  expect(lastOf("t |> order by m desc |> limit 5 |> extend m + 1 as k |> limit 2")).toBe("limit(2)");
  expect(lastOf("t |> order by m desc |> limit 5 |> explode tags as tag |> limit 2")).toBe("limit(2)");
  expect(lastOf("t |> aggregate count() as n group by l |> limit 5 |> select n, l |> limit 2")).toBe("limit(2)");
  expect(lastOf("s |> aggregate count() as n group by l |> order by n |> limit 5 |> where n > 1 |> limit 2", "mode complete")).toBe("limit(2)");
});

it("rows without an order are put into that of their content, those of a top or a dedup into that of its keys", () => {
  expect(lastOf("t |> aggregate count() as n group by l |> limit 5")).toBe('orderBy("l", "n").limit(5)');
  expect(lastOf("t |> select m, l |> top 2 by m desc per l |> limit 3")).toBe('orderBy("l", F.col("m").desc()).limit(3)');
  expect(lastOf("t |> select m, l |> top 2 as place by m desc per l |> where m > place |> limit 3")).toBe('orderBy("l", F.col("m").desc(), "place").limit(3)');
  expect(lastOf("t |> select m, l |> order by m |> dedup by l |> limit 3")).toBe('orderBy("l", "m").limit(3)');
  expect(lastOf("t as a |> join right t as b on a.m = b.m |> select a.l, b.m |> limit 3")).toBe('orderBy("l", "m").limit(3)');
});

it("where Spark does not keep the order up to a limit, that is told", () => {
  expect(lastOf("t |> order by m desc |> explode tags as tag |> limit 2")).toBe("limit(2) W4110");
  expect(lastOf("t |> select m, l |> top 2 by m desc per l |> select -m as less |> limit 2")).toBe("limit(2) W4110");
  expect(lastOf("s |> limit 5 |> dedup by l |> limit 2")).toBe("limit(2) W4110 W4110 W4110");
  expect(lastOf("t as a |> join t as b on a.m = b.m |> select a.l, b.m |> limit 3")).toBe("limit(3) W4110");
  expect(lastOf("t as a |> join (t |> aggregate count() as n group by m) as b on a.m = b.m |> select a.l, b.n |> limit 3")).toBe("limit(3) W4110");
});

it("dedup takes the first row as read of a reader alone, else the first by content", () => {
  const first = 'where(F.col("place") == 1).drop("place")';
  expect(lastOf("t |> dedup by l")).toContain("dropDuplicates");
  expect(lastOf("t |> dedup by l")).toContain("W4110");
  expect(lastOf("t |> select m, l |> order by m |> dedup by l")).toBe(first);
  expect(lastOf("t |> select m, l |> order by m |> limit 5 |> dedup by l")).toBe(first);
  expect(lastOf("t |> select m, l |> limit 5 |> dedup by l")).toBe(`${first} W4110`);
});
