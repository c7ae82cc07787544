import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const base = mkdtempSync(join(tmpdir(), "sluice-package-"));
const project = join(base, "project");
const shipped: string[] = [];

/** What the test's own runner and npm have set would reach the project's. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV$|NODE_OPTIONS$)/.test(name)));

function run(directory: string, program: string, ...argv: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, argv, { cwd: directory, env: { ...env, NO_COLOR: "1" }, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${argv.join(" ")} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

const table = `site                window_start              window_end                visits  latest
──────────────────  ────────────────────────  ────────────────────────  ──────  ────────────────────────
news.example.org    2024-05-13T00:00:00.000Z  2024-05-14T00:00:00.000Z       2  2024-05-13T09:12:00.000Z
search.example.com  2024-05-13T00:00:00.000Z  2024-05-14T00:00:00.000Z       1  2024-05-13T08:00:00.000Z
news.example.org    2024-05-14T00:00:00.000Z  2024-05-15T00:00:00.000Z       1  2024-05-14T07:59:59.000Z
search.example.com  2024-05-14T00:00:00.000Z  2024-05-15T00:00:00.000Z       1  2024-05-14T11:00:00.000Z
`;
const query = ["--sql", "select * from sites order by window_start, site"];

beforeAll(() => {
  const [packed]: readonly { readonly filename: string; readonly files: readonly { readonly path: string }[] }[] = JSON.parse(run(root, "npm", "pack", "--json", "--pack-destination", base)) as never;
  shipped.push(...(packed?.files ?? []).map(({ path }) => path));
  run(base, process.execPath, join(root, "compiler/cli/bin.mjs"), "new", "project", "--package", `file:${join(base, packed?.filename ?? "")}`);
  run(project, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund");
}, 240_000);

afterAll(() => rmSync(base, { recursive: true, force: true }));

it("ships JavaScript and declarations, and neither sources nor tests", () => {
  expect(shipped).toEqual(expect.arrayContaining(["LICENSE", "README.md", "compiler/cli/bin.mjs", "dist/compiler/index.js", "dist/runtime/index.d.ts", "dist/runtime/testing/index.js", "runtime/spark/sluice_spark.py"]));
  expect(shipped.filter((path) => (path.endsWith(".ts") && !path.endsWith(".d.ts")) || /^(test|examples|generated|docs)\//.test(path))).toEqual([]);
});

it("builds a new project, and finds it current", () => {
  run(project, "npm", "run", "check");
  run(project, "npm", "run", "build");
  run(project, "npm", "run", "build", "--", "--check");
  expect(readFileSync(join(project, "generated/visits.ts"), "utf8")).toContain('from "sluice/runtime";');
}, 240_000);

it("has types with which the emitted modules compile, also where declarations are checked", () => {
  run(project, "npm", "run", "typecheck", "--", "--skipLibCheck", "false");
}, 240_000);

it("runs the project's test on a machine in memory", () => {
  run(project, "npm", "test");
}, 240_000);

it("runs the job, its module and its bundle with the same result", () => {
  expect(run(project, "npm", "start", "--silent")).toBe(table);
  expect(run(project, "npm", "start", "--silent")).toBe(table);
  expect(run(project, process.execPath, "--import", "tsx", "generated/visits.ts", "--drain", ...query)).toBe(table);
  const alone = join(base, "alone");
  mkdirSync(alone);
  cpSync(join(project, "data"), join(alone, "data"), { recursive: true });
  run(project, "npx", "sluice", "build", "--bundle", "-o", join(alone, "visits.mjs"), "jobs/visits.sluice");
  expect(run(alone, process.execPath, "visits.mjs", "--drain", ...query)).toBe(table);
}, 240_000);

it("gives programs the compiler and the handle of a running job", () => {
  writeFileSync(
    join(project, "program.mjs"),
    `import { compile } from "sluice";
import { nodeHost, start } from "sluice/runtime";
import { memorySink } from "sluice/runtime/connectors/memory";
import { SimHost } from "sluice/testing";
const { job, diagnostics } = compile("a.sluice", 'source a: { x: int } from queue()\\nsink out = a into memory()', { files: { read: () => undefined } });
console.log(job.name, diagnostics.length, typeof nodeHost, typeof start, typeof memorySink, typeof SimHost);
`,
  );
  expect(run(project, process.execPath, "program.mjs")).toBe("a 0 function function function function\n");
}, 240_000);
