import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { afterAll, beforeEach, expect, it } from "vitest";
import { main } from "../../../compiler/cli/main.ts";
import type { JobDefinition } from "../../../runtime/query/definition.ts";
import { testJob } from "../../../runtime/testing/index.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

const installation = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[\\/]$/, "");
const base = mkdtempSync(join(tmpdir(), "sluice-record-"));
let directory = base;

const text = `param folder: string = "data"
source orders: { id: long, item: string } from file(folder, format: "json", maxFilesPerTrigger: 1)
source more: { item: string } from queue()
sink items = orders |> aggregate count() as n, max(id) as last group by item into memory() mode update
sink all = orders into memory()
`;

const batch = (query: string, id: number, ...rows: readonly string[]): string =>
  [...rows.map((row) => `{"query":"${query}","batch":${id},"kind":"${query === "items" && id > 0 ? "+U" : "+I"}","row":${row}}`), `{"query":"${query}","batch":${id},"watermark":null,"inputRows":${rows.length},"outputRows":${rows.length},"late":0,"malformed":0}`, ""].join("\n");

const capture = [
  batch("items", 0, '{"item":"a","n":1,"last":9007199254740993}', '{"item":"b","n":1,"last":2}'),
  batch("all", 0, '{"id":9007199254740993,"item":"a"}', '{"id":2,"item":"b"}'),
  batch("items", 1, '{"item":"a","n":2,"last":9007199254740993}'),
  batch("all", 1, '{"id":3,"item":"a"}'),
  batch("items", 2),
  batch("all", 2),
].join("");

beforeEach(() => {
  directory = mkdtempSync(join(base, "case-"));
  put("package.json", '{ "name": "mine", "type": "module" }');
  put("jobs/orders.sluice", text);
  put("in/1.json", '{"id":9007199254740993,"item":"a"}\n{"id":2,"item":"b"}\n');
  put("in/2.json", '{"id":3,"item":"a"}\n');
  put("run.jsonl", capture);
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

function put(path: string, content: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), content);
}

async function sluice(...argv: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  let stdout = "";
  let stderr = "";
  const code = await main(argv, { directory, installation, color: false, stdout: (part) => void (stdout += part), stderr: (part) => void (stderr += part) });
  return { code, stdout, stderr };
}

/** Runs the tests of a text as vitest would. */
async function runTests(written: string, job: JobDefinition): Promise<readonly string[]> {
  const { code } = transformSync(written, { loader: "ts", format: "cjs", target: "es2023" });
  const tests: (readonly [string, () => Promise<void>])[] = [];
  const modules: Readonly<Record<string, unknown>> = { vitest: { expect, it: (name: string, test: () => Promise<void>) => tests.push([name, test]) }, "sluice/testing": { testJob } };
  new Function("require", "exports", "module", code)((name: string) => modules[name] ?? { job }, {}, { exports: {} });
  for (const [, test] of tests) await test();
  return tests.map(([name]) => name);
}

it("writes a test of the input files and the captured rows, which passes", async () => {
  const { code, stdout, stderr } = await sluice("record", "run.jsonl", "--job", "jobs/orders.sluice", "--out", "test/orders.test.ts", "--param", "folder=in");
  expect({ code, stdout }).toEqual({ code: 0, stdout: "wrote test/orders.test.ts\n" });
  expect(stderr).toContain("the rows of `more`");
  const written = readFileSync(join(directory, "test/orders.test.ts"), "utf8");
  expect(written).toContain('import { job } from "../generated/orders.ts";');
  expect(written).toContain("last: 9007199254740993n");
  expect(written).toContain("await kit.drain();");
  expect(await runTests(written, loadJob(compileText(text, { optimize: true })))).toEqual(["gives what run.jsonl holds"]);
});

it("runs the queries that were captured, over their own sources", async () => {
  const fed = `${text}sink others = more into console()\n`;
  put("jobs/orders.sluice", fed);
  put("part.jsonl", batch("all", 0, '{"id":9007199254740993,"item":"a"}', '{"id":2,"item":"b"}', '{"id":3,"item":"a"}') + batch("all", 1));
  const { code, stderr } = await sluice("record", "part.jsonl", "--job", "jobs/orders.sluice", "--out", "test/part.test.ts", "--param", "folder=in");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const written = readFileSync(join(directory, "test/part.test.ts"), "utf8");
  expect(written).toContain('    queries: ["all"],\n    ownConnectors: ["orders"],\n');
  expect(written).not.toContain("more");
  await runTests(written, loadJob(compileText(fed, { optimize: true })));
});

it.each([
  [["run.jsonl"], "no job to record"],
  [["--job", "jobs/orders.sluice"], "no capture to record"],
  [["nothing.jsonl", "--job", "jobs/orders.sluice"], "there is no nothing.jsonl"],
  [["package.json", "--job", "jobs/orders.sluice"], "package.json is no capture"],
  [["run.jsonl", "--job", "jobs/orders.sluice", "--out", "package.json", "--param", "folder=in"], "package.json is there already"],
  [["run.jsonl", "--job", "jobs/orders.sluice", "--param", "folder"], "--param needs a name and a value"],
])("refuses %j", async (argv, message) => {
  const { code, stderr } = await sluice("record", ...argv);
  expect(code).toBe(1);
  expect(stderr).toContain(message);
});
