import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, inject, it } from "vitest";
import { carryOver, wholeProgram } from "./support/carry-over.ts";
import { compareTargets } from "./support/compare-targets.ts";
import type { CaseFile } from "./support/differential-case.ts";
import { runOnSpark } from "./support/run-on-spark.ts";
import { SparkClient } from "./support/spark-client.ts";

const spark = new SparkClient(inject("spark"));
const path = fileURLToPath(new URL("functions.sluice", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "sluice-functions-"));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const imports = 'import { hasText, isVersion, lengthOr, letters, root, same, unlessEmpty, wrong } from "./modules/row-functions.ts"\noption statePartitions = 1\n';
const source = `source rows: {
  id: int, flag: boolean?, whole: int?, big: long?, small: float?, real: double?, text: string?, bytes: binary?, day: date?, at: timestamp?,
  list: int?[]?, byName: map<string, long?>?, part: { a: int?, tags: string[] }?
} from file("data/rows", format: "json", maxFilesPerTrigger: 1)\n`;

const full = {
  id: 1, flag: true, whole: -7, big: "big", small: 1.5, real: 0.1, text: "Grüße 👋", bytes: "AAEC/w==", day: "2024-02-29", at: "2024-02-29T12:34:56.789Z",
  list: [1, null, 3], byName: { a: "big", b: null }, part: { a: null, tags: ["x", ""] },
};
const none = { id: 2, flag: null, whole: null, big: null, small: null, real: null, text: null, bytes: null, day: null, at: null, list: null, byName: null, part: null };
const empty = { id: 3, flag: false, whole: 0, big: 0, small: 0, real: -2.5, text: "", bytes: "", day: "1969-12-31", at: "1900-01-01T00:00:00Z", list: [], byName: {}, part: { a: 5, tags: [] } };
const plain = { id: 4, whole: 2147483647, big: -3, real: 16, text: "ab" };

function rows(name: string, ...values: readonly object[]): CaseFile {
  // Beyond what a number of JSON.stringify holds.
  return { path: `data/rows/${name}.json`, content: values.map((value) => `${JSON.stringify(value).replaceAll('"big":"big"', '"big":9223372036854775807').replaceAll('"a":"big"', '"a":-9223372036854775808')}\n`).join("") };
}

const files = [rows("1", full, none), rows("2", empty, plain), rows("3", { ...plain, id: 5, text: "1.10.0" })];

function jobOf(sinks: string): (folder: string) => string {
  return (folder) => `${imports}${source}${sinks}`.replaceAll('"data/', `"${folder}/data/`);
}

async function outcomes(sinks: string): Promise<string> {
  const found = await compareTargets({ name: "functions", path, text: jobOf(sinks), runs: [files], how: "available now" }, spark);
  return [...found].map(([name, outcome]) => `${name}: ${outcome.kind === "differs" ? outcome.difference : outcome.kind === "refused" ? outcome.codes.join(" ") : outcome.kind}`).join("\n");
}

it.each([
  ["values of every type, and nulls", `
sink everything = rows |> map same into memory()
sink nulls = rows |> select id, lengthOr(text) as length, root(case when real >= 0 then real end) as r into memory()
`],
  ["rows", `
sink texts = rows |> filter hasText |> select id, text into memory()
sink spelled = rows |> flatMap letters into memory()
sink uppers = rows |> flatMap unlessEmpty into memory()
`],
  ["conditions, packages, arguments and keys of aggregates", `
sink versions = rows |> where text rlike r"^\\d+\\.\\d+\\.\\d+$" and isVersion(text, "1[.][0-9]+[.]0") |> select id into memory()
sink guarded = rows |> select id, case when real is null then -1.0 when real >= 0 then root(real) else root(-real) end as r, real > 0 and root(real) > 1 as more, coalesce(flag, lengthOr(text) > 0) as f into memory()
sink sums = rows |> aggregate sum(root(real) where real >= 0) as roots, count() as n group by lengthOr(text) as length into memory() mode complete
`],
])("calls functions as Node does: %s", async (_, sinks) => {
  expect(await outcomes(sinks)).toBe([...sinks.matchAll(/^sink (\w+)/gm)].map(([, name]) => `${name}: equal`).join("\n"));
});

it.each([
  ["what a function throws", "sink out = rows |> where real is not null |> select root(real) as r into memory()", /`root` failed: no root of a negative number; it was called with \[-2\.5\]/],
  ["a result of another type", "sink out = rows |> select wrong(id) as r into memory()", /R7150: what `wrong` returned is a number, where a string is declared; it was called with \[1\]/],
])("fails by %s, and says which function and with what", async (_, sink, message) => {
  expect(await failureOf(sink)).toMatch(message);
});

it("says what a process of Node wrote when it ended", async () => {
  const dies = 'process.stderr.write("out of ideas\\n", () => process.exit(3));';
  expect(await failureOf("sink out = rows |> select lengthOr(text) as r into memory()", dies)).toMatch(/process of Node that calls the imported functions ended with 3: out of ideas/);
});

/** How a job fails on Spark; `bundle` in place of its functions. */
async function failureOf(sink: string, bundle?: string): Promise<string> {
  const folder = mkdtempSync(join(scratch, "job-"));
  const { rest, refused } = carryOver(path, jobOf(sink)(folder));
  expect([...refused]).toEqual([]);
  if (rest === undefined) return "";
  const program = (await wholeProgram(rest, path)).map((file) => (bundle !== undefined && file.name.endsWith(".mjs") ? { ...file, text: bundle } : file));
  const { failure } = await runOnSpark({ name: "failing", path, text: () => "", runs: [files], how: "available now" }, program, folder, spark);
  return failure ?? "";
}
