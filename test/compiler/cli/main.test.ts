import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, expect, it } from "vitest";
import { main } from "../../../compiler/cli/main.ts";

const installation = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[\\/]$/, "");
const base = mkdtempSync(join(tmpdir(), "sluice-cli-"));
let directory = base;

const good = `import { twice } from "./functions.ts"
source a: { value: double } from file("in/", format: "json")
sink out = a |> select twice(value) as doubled into memory()
sink all = a into memory()
`;

beforeEach(() => {
  directory = mkdtempSync(join(base, "case-"));
  put("package.json", '{ "name": "mine", "type": "module" }');
  put("jobs/good.sluice", good);
  put("jobs/functions.ts", "export function twice(value: number): number {\n  return value * 2;\n}\n");
  put("bad.sluice", 'source a: { x: int } from file("in", format: "json")\nsink out = a |> wher x > 1 into memory()\nsink more = a |> where y > 1 into memory()\n');
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), content);
}

async function sluice(...argv: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  let stdout = "";
  let stderr = "";
  const code = await main(argv, { directory, installation, color: false, stdout: (text) => void (stdout += text), stderr: (text) => void (stderr += text) });
  return { code, stdout, stderr };
}

it("checks a good file in silence", async () => {
  expect(await sluice("check", "jobs/good.sluice")).toEqual({ code: 0, stdout: "", stderr: "" });
});

it("reports every error of a bad file on stderr", async () => {
  const { code, stdout, stderr } = await sluice("check", "bad.sluice");
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain("bad.sluice:2:17");
  expect(stderr).toContain("did you mean `where`?");
});

it("writes findings as JSON lines on stdout with --json", async () => {
  const { code, stdout, stderr } = await sluice("check", "--json", "bad.sluice", "jobs/good.sluice");
  expect(code).toBe(1);
  expect(stderr).toBe("");
  expect(stdout.trimEnd().split("\n").map((line): unknown => JSON.parse(line))).toContainEqual(expect.objectContaining({ code: "E1035", file: "bad.sluice" }));
});

it("builds modules into generated/ beside the nearest package.json, with the user's functions by their way from there", async () => {
  expect((await sluice("build", "jobs/good.sluice")).code).toBe(0);
  expect(readdirSync(join(directory, "generated")).sort()).toEqual(["good.reader.ts", "good.ts"]);
  const text = readFileSync(join(directory, "generated/good.ts"), "utf8");
  expect(text).toContain('from "sluice/runtime"');
  expect(text).toContain('from "sluice/runtime/connectors/file"');
  expect(text).toContain('from "../jobs/functions.ts"');
});

it("imports the runtime by path in a checkout of Sluice", async () => {
  put("package.json", '{ "name": "sluice", "type": "module" }');
  await sluice("build", "--out", "deep/er", "jobs/good.sluice");
  const text = readFileSync(join(directory, "deep/er/good.ts"), "utf8");
  expect(text).toContain('from "../../runtime/index.ts"');
  expect(text).toContain('from "../../runtime/connectors/file.ts"');
});

it("checks what is built: fails with a diff where it is stale or missing, and writes nothing", async () => {
  const missing = await sluice("build", "--check", "jobs/good.sluice");
  expect(missing.code).toBe(1);
  expect(missing.stdout).toContain("--- /dev/null\n+++ generated/good.ts");
  expect(existsSync(join(directory, "generated"))).toBe(false);
  await sluice("build", "jobs/good.sluice");
  expect(await sluice("build", "--check", "jobs/good.sluice")).toEqual({ code: 0, stdout: "", stderr: "" });
  put("jobs/good.sluice", good.replace("as doubled", "as redoubled"));
  const stale = await sluice("build", "--check", "jobs/good.sluice");
  expect(stale.code).toBe(1);
  expect(stale.stdout).toMatch(/^-.*doubled/m);
  expect(stale.stdout).toMatch(/^\+.*redoubled/m);
});

it("removes files that a job no longer has, and overwrites nothing that it has not made", async () => {
  put("generated/good.serializer.cjs", '// Emitted from good.sluice\n"use strict";\n');
  expect((await sluice("build", "jobs/good.sluice")).code).toBe(0);
  expect(existsSync(join(directory, "generated/good.serializer.cjs"))).toBe(false);
  put("generated/good.ts", "export const mine = 1;\n");
  const refused = await sluice("build", "jobs/good.sluice");
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("was not made by sluice build");
  expect(readFileSync(join(directory, "generated/good.ts"), "utf8")).toBe("export const mine = 1;\n");
});

it("refuses two jobs of one name in one folder", async () => {
  put("other/good.sluice", good.replace("./functions.ts", "../jobs/functions.ts"));
  const { code, stderr } = await sluice("build", "jobs/good.sluice", "other/good.sluice");
  expect(code).toBe(1);
  expect(stderr).toContain("would both be built as good.ts");
});

it("writes nothing where one of several files has errors", async () => {
  expect((await sluice("build", "jobs/good.sluice", "bad.sluice")).code).toBe(1);
  expect(existsSync(join(directory, "generated"))).toBe(false);
});

it("explains each stage", async () => {
  const stage = async (name: string): Promise<string> => (await sluice("explain", "jobs/good.sluice", "--stage", name)).stdout;
  expect(await stage("ast")).toMatch(/^Program 1:1/);
  expect(await stage("analyzed")).toContain("Source a: file, json");
  expect(await stage("optimized")).toContain("sink out [append] → memory");
  expect(await stage("physical")).toContain("Sink out [append] into memory");
  expect(await stage("emitted")).toContain("// ───── good.reader.ts ─────");
});

it("explains one query alone, with the optimizer's trace", async () => {
  const { stdout } = await sluice("explain", "jobs/good.sluice", "--query", "all", "--trace");
  expect(stdout).toMatch(/^rules of all\n/);
  expect(stdout).not.toContain("out");
  expect((await sluice("explain", "jobs/good.sluice", "--query", "al")).stderr).toContain("did you mean all?");
});

const stateful = `source a: { t: timestamp, k: string } from file("in/", format: "json")
stream timed = a |> watermark t delay 10 minutes late drop
sink hits = timed |> aggregate count() as n group by k, sliding(t, 5 minutes, every 1 minute) into memory()
sink kept = timed |> aggregate collect_list(k) as ks into memory() mode complete
sink first = timed |> dedup by k |> limit 3 into memory()
sink visits = timed |> aggregate count() as n group by k, session(t, gap 30 minutes) into memory()
sink clock = a |> aggregate count() as n group by tumbling(current_timestamp(), 1 minute) into memory()
`;

it("says of every state how large it is and what gives it back", async () => {
  put("jobs/stateful.sluice", stateful);
  const { stdout } = await sluice("explain", "jobs/stateful.sluice");
  expect(stdout.split("\n").filter((line) => line.includes("; "))).toEqual([
    "  hits/aggregate  aggregate: keys × 15 (panes of 1m over 5m + 10m delay); given back by the watermark timed/watermark: t − 10m",
    "  kept/aggregate  aggregate: 1 group × values; bounded by nothing",
    "  first/limit  limit: 1 counter; does not grow",
    "  first/dedup  dedup: keys; bounded by the number of keys only",
    "  visits/aggregate  sessions: keys × sessions open (gap 30m + 10m delay); given back by the watermark timed/watermark: t − 10m",
    "  clock/aggregate  aggregate: 1 (windows of 1m over 1m); given back by the clock",
  ]);
  const { stdout: json } = await sluice("explain", "jobs/stateful.sluice", "--json", "--query", "hits");
  expect(JSON.parse(json)).toMatchObject({
    queries: [{ physical: { state: [{ id: "hits/aggregate", kind: "aggregate", isKept: true, bound: "keys × 15 (panes of 1m over 5m + 10m delay)", boundedBy: "watermark", watermarks: ["timed/watermark: t − 10m"] }] } }],
  });
});

it("knows the state of sinks that are together by their sinks too", async () => {
  put("jobs/stateful.sluice", `option sinks = "together"\nsource a: { k: string } from file("in/", format: "json")\nstream one = a |> dedup by k\nsink x = one into memory()\nsink y = one into console()\n`);
  expect((await sluice("explain", "jobs/stateful.sluice")).stdout).toMatch(/State between batches\n {2}x\/one\/dedup {2}dedup: keys; .*\n {2}y\/one\/dedup {2}dedup: keys; /);
});

it("warns in check of state that nothing gives back, which is no error, and says nothing of it elsewhere", async () => {
  put("jobs/stateful.sluice", stateful);
  const checked = await sluice("check", "jobs/stateful.sluice");
  expect(checked.code).toBe(0);
  expect(checked.stderr).toContain("warning[W3002]: `collect_list` keeps");
  expect(checked.stderr).toContain("warning[W3001]: nothing gives back what this `dedup` keeps");
  expect(checked.stderr).toMatch(/\n2 warnings\n/);
  const { code, stdout } = await sluice("check", "--json", "jobs/stateful.sluice");
  expect(code).toBe(0);
  expect(stdout.trimEnd().split("\n").map((line): unknown => JSON.parse(line))).toEqual([expect.objectContaining({ code: "W3002", severity: "warning" }), expect.objectContaining({ code: "W3001", severity: "warning" })]);
  expect((await sluice("build", "jobs/stateful.sluice")).stderr).not.toContain("warning");
});

it("warns of what the asked-for query and shared statements do, and of nothing else", async () => {
  put("jobs/calls.ts", "export const ask = async (row: { readonly value: number }): Promise<{ n: number }> => ({ n: row.value + (await fetch(String(row.value))).status });\nexport const look = ask;\n");
  put("jobs/asking.sluice", 'import { ask, look } from "./calls.ts"\nsource a: { value: double } from file("in/", format: "json")\nstream shared = a |> map async look\nsink one = a |> map async ask into memory()\nsink two = shared into memory()\nsink three = a into memory()\n');
  const lines = async (...argv: readonly string[]): Promise<readonly string[]> => [...(await sluice(...argv)).stderr.matchAll(/asking\.sluice:(\d+)/g)].map(([, line]) => line ?? "");
  expect(await lines("explain", "jobs/asking.sluice")).toEqual(["3", "4"]);
  expect(await lines("explain", "jobs/asking.sluice", "--query", "one")).toEqual(["3", "4"]);
  expect(await lines("explain", "jobs/asking.sluice", "--query", "three")).toEqual(["3"]);
  put("in/a.json", "");
  for (const at of [1, 2]) expect(await lines("run", "jobs/asking.sluice", "--batch", "--query", "three"), `run ${at}`).toEqual(["3"]);
});

it("explains as JSON for tools", async () => {
  const json = async (...argv: readonly string[]): Promise<unknown> => JSON.parse((await sluice("explain", "jobs/good.sluice", "--json", ...argv)).stdout);
  expect(await json("--query", "all", "--trace")).toMatchObject({
    job: "good",
    stage: "physical",
    queries: [
      {
        name: "all",
        mode: "append",
        sink: { connector: "memory", format: null },
        trigger: "asap",
        plan: { kind: "Scan", columns: [{ name: "value", type: "double" }], inputs: [] },
        physical: { text: ["Sink all [append] into memory", "  Source a: file, json, reads value"], pipelines: [{ reads: "a", into: "output" }], state: [] },
        rules: [],
      },
    ],
  });
  expect(await json("--stage", "analyzed")).toMatchObject({ queries: [{ name: "out", plan: { kind: "Project", line: 3 }, physical: null, rules: null }, { name: "all" }] });
  expect(await json("--stage", "emitted")).toMatchObject({ files: [{ name: "good.ts" }, { name: "good.reader.ts" }] });
  expect(await json("--stage", "ast")).toMatchObject({ program: { kind: "Program" } });
  expect((await sluice("explain", "bad.sluice", "--json")).code).toBe(1);
});

it.each([
  [["bild"], "did you mean `sluice build`?"],
  [["job.sluice"], "write sluice run job.sluice"],
  [["check"], "no file to check"],
  [["check", "--jsn", "bad.sluice"], "did you mean --json?"],
  [["check", "none.sluice"], "no such file or folder"],
  [["check", "jobs"], "not a .sluice file"],
  [["check", "folder.sluice"], "it is a folder"],
  [["check", "bytes.sluice"], "is not UTF-8 (at byte 3)"],
  [["explain", "jobs/good.sluice", "--stage", "phisical"], "did you mean physical?"],
  [["build", "--out"], "--out needs a value"],
  [["run", "jobs/good.sluice", "bad.sluice"], "run takes one file"],
  [["run", "jobs/good.sluice", "--bach"], "did you mean --batch?"],
])("says plainly what is wrong with %j", async (argv, message) => {
  mkdirSync(join(directory, "folder.sluice"), { recursive: true });
  put("bytes.sluice", Uint8Array.of(0x2f, 0x2f, 0x20, 0xff, 0x0a));
  const { code, stderr } = await sluice(...argv);
  expect(code).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("    at ");
});

it("has a help for each command and a version", async () => {
  for (const command of ["build", "check", "explain", "run"]) expect((await sluice(command, "--help")).stdout).toContain(`sluice ${command}`);
  expect((await sluice("--help")).code).toBe(0);
  expect((await sluice("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
