import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, expect, it } from "vitest";

const bin = fileURLToPath(new URL("../../../compiler/cli/bin.mjs", import.meta.url));
const base = mkdtempSync(join(tmpdir(), "sluice-cache-test-"));
let directory = base;

function put(path: string, text: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
}

beforeEach(() => {
  directory = mkdtempSync(join(base, "case-"));
  put("package.json", '{ "name": "mine", "type": "module" }');
  put("node_modules/shout/package.json", '{ "name": "shout", "type": "module", "exports": "./index.js" }');
  put("node_modules/shout/index.js", "export const shout = (text) => text.toUpperCase();\n");
  put("lib/ending.ts", 'export const ending: string = "!";\n');
  put(
    "lib/functions.ts",
    'import { shout } from "shout";\nimport { ending } from "./ending.ts";\n' +
      "export function cry(text: string): string {\n  return shout(text) + ending;\n}\n",
  );
  put("job.sluice", 'import { cry } from "./lib/functions.ts"\nsource a: { word: string } from file("in/", format: "json")\nsink out = a |> select cry(word) as x into memory()\n');
  put("in/a.json", '{"word":"ho"}\n');
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

/** What a run says, without its warnings. */
function run(): string {
  const { stdout, stderr } = spawnSync(process.execPath, [bin, "run", "job.sluice", "--batch", "--sql", "select * from out", "--json"], { cwd: directory, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
  return stderr.startsWith("warning") ? stdout : stderr + stdout;
}

/** What is kept: an entry a job, and a folder for each time that it was compiled. */
function kept(): { readonly entries: readonly string[]; readonly compiled: number } {
  const names = readdirSync(join(directory, "node_modules/.cache/sluice"));
  return { entries: names.filter((name) => name.endsWith(".json")), compiled: names.filter((name) => !name.endsWith(".json")).length };
}

it("compiles a job once, and again when its text, what it imports or what that imports changes", () => {
  expect(run()).toBe('{"x":"HO!"}\n');
  expect(run()).toBe('{"x":"HO!"}\n');
  expect(kept()).toMatchObject({ compiled: 1 });
  put("lib/ending.ts", 'export const ending: string = "?";\n');
  expect(run()).toBe('{"x":"HO?"}\n');
  put("lib/functions.ts", 'export function cry(text: string): string {\n  return text + "…";\n}\n');
  expect(run()).toBe('{"x":"ho…"}\n');
  put("job.sluice", 'source a: { word: string } from file("in/", format: "json")\nsink out = a into memory()\n');
  expect(run()).toBe('{"word":"ho"}\n');
  expect(kept().entries).toHaveLength(2);
  expect(kept().compiled).toBe(4);
}, 120_000);

it("reports the errors of a job each time, and keeps nothing of it", () => {
  put("lib/functions.ts", "export function cri(text: string): string {\n  return text;\n}\n");
  expect(run()).toContain("job.sluice:1:10");
  expect(run()).toContain("job.sluice:1:10");
});

it("compiles again where the cache is damaged", () => {
  run();
  const [entry = ""] = kept().entries;
  const path = join(directory, "node_modules/.cache/sluice", entry);
  for (const damage of [readFileSync(path, "utf8").slice(0, 40), '{"folder":"nowhere","reads":[],"warnings":[]}']) {
    writeFileSync(path, damage);
    expect(run()).toBe('{"x":"HO!"}\n');
  }
}, 120_000);
