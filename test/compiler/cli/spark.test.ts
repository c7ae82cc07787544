import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, expect, it } from "vitest";
import { requirements } from "../../../compiler/5-spark/requirements.ts";
import { main } from "../../../compiler/cli/main.ts";
import { pythonModules } from "../../../compiler/cli/python-modules.ts";
import { askPython, hasPython } from "../../support/python-answers.ts";

const installation = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[\\/]$/, "");
const base = mkdtempSync(join(tmpdir(), "sluice-cli-spark-"));
let directory = base;

const job = `option compatibility = "spark"
source ticks from rate(rowsPerSecond: 1)
sink counts = ticks |> where value > 3 |> aggregate count(value) as n group by value % 2 as odd into memory() mode update
`;

beforeEach(() => {
  directory = mkdtempSync(join(base, "case-"));
  put("package.json", '{ "name": "mine", "type": "module" }');
  put("jobs/ticks.sluice", job);
  put("jobs/more.sluice", job);
  put("jobs/refused.sluice", job.replace("count(value)", "count(distinct value)"));
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

function put(path: string, content: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), content);
}

function read(path: string): string {
  return readFileSync(join(directory, path), "utf8");
}

async function sluice(...argv: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  let stdout = "";
  let stderr = "";
  const code = await main(argv, { directory, installation, color: false, stdout: (text) => void (stdout += text), stderr: (text) => void (stderr += text) });
  return { code, stdout, stderr };
}

it("builds programs into generated/spark/ beside the nearest package.json, and once what they share", async () => {
  const { code, stdout, stderr } = await sluice("build", "--target", "spark", "jobs/ticks.sluice", "jobs/more.sluice");
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr.match(/wrote .*/g)?.sort()).toEqual(["more.py", "requirements.txt", "sluice_spark.py", "ticks.py"].map((name) => `wrote generated/spark/${name}`));
  expect(read("generated/spark/ticks.py")).toMatch(/^# Emitted by `sluice build --target spark`/);
  expect(read("generated/spark/requirements.txt")).toBe(requirements);
  expect(read("generated/spark/sluice_spark.py")).toBe(readFileSync(join(installation, "runtime/spark/sluice_spark.py"), "utf8"));
});

it("builds the same again in silence, and with --check tells what is stale", async () => {
  await sluice("build", "--target", "spark", "-o", "out", "jobs/ticks.sluice");
  expect(await sluice("build", "--target", "spark", "-o", "out", "jobs/ticks.sluice")).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(await sluice("build", "--target", "spark", "--check", "-o", "out", "jobs/ticks.sluice")).toEqual({ code: 0, stdout: "", stderr: "" });
  put("jobs/ticks.sluice", job.replace("value > 3", "value > 4"));
  const stale = await sluice("build", "--target", "spark", "--check", "--out", "out", "jobs/ticks.sluice");
  expect(stale.code).toBe(1);
  expect(stale.stdout).toContain("--- out/ticks.py");
  expect(stale.stderr).toContain("1 file is not what the jobs give");
  expect(read("out/ticks.py")).not.toContain("4");
});

it("gives a folder the same requirements, each of one version, whichever of its jobs is built", async () => {
  put("jobs/modules/parity.ts", "export function parity(value: bigint): bigint {\n  return value % 2n;\n}\n");
  put("jobs/calls.sluice", `import { parity } from "./modules/parity.ts"\n${job.replace("value % 2", "parity(value)")}`);
  expect(await sluice("build", "--target", "spark", "-o", "out", "jobs/calls.sluice")).toMatchObject({ code: 0 });
  const before = read("out/requirements.txt");
  expect(before.trimEnd().split("\n").slice(1)).toEqual(["pyspark", "pandas", "pyarrow"].map((name): unknown => expect.stringMatching(`^${name}==[0-9.]+$`)));
  expect(await sluice("build", "--target", "spark", "-o", "out", "jobs/ticks.sluice")).toMatchObject({ code: 0 });
  expect(read("out/requirements.txt")).toBe(before);
  for (const each of ["calls", "ticks"]) expect(await sluice("build", "--target", "spark", "--check", "-o", "out", `jobs/${each}.sluice`)).toMatchObject({ code: 0, stdout: "" });
});

it("writes nothing where a job has what Spark refuses", async () => {
  const { code, stderr } = await sluice("build", "--target", "spark", "jobs/ticks.sluice", "jobs/refused.sluice");
  expect(code).toBe(1);
  expect(stderr).toContain("error[E4101]");
  expect(existsSync(join(directory, "generated"))).toBe(false);
});

it("does not overwrite files that it did not make", async () => {
  put("out/requirements.txt", "pandas\n");
  const { code, stderr } = await sluice("build", "--target", "spark", "-o", "out", "jobs/ticks.sluice");
  expect(code).toBe(1);
  expect(stderr).toContain("out/requirements.txt was not made by sluice build");
  expect(existsSync(join(directory, "out/ticks.py"))).toBe(false);
});

it.each(["json", "array", "ipaddress", "cProfile", "compression", "pyarrow"])("takes no name that Python would import in place of a module: %s", async (name) => {
  put(`jobs/${name}.sluice`, job);
  expect((await sluice("build", "--target", "spark", `jobs/${name}.sluice`)).stderr).toContain(`would be taken for the module \`${name}\``);
});

it.skipIf(!hasPython)("knows the modules of the Python that is here", () => {
  // A later one than the list has may have more.
  const names = askPython("import json, sys; print(json.dumps([name.lower() for name in sys.stdlib_module_names if name[0] != '_' and sys.version_info < (3, 15)]))", null);
  expect([...pythonModules]).toEqual(expect.arrayContaining(Array.isArray(names) ? names : []));
});

it("knows its targets and what goes with them", async () => {
  expect((await sluice("build", "--target", "sparc", "jobs/ticks.sluice")).stderr).toContain("did you mean spark?");
  expect((await sluice("build", "--target", "spark", "--bundle", "jobs/ticks.sluice")).stderr).toContain("--bundle makes a file that node runs");
  expect((await sluice("build", "--target", "spark", "-o", "a", "--out", "b", "jobs/ticks.sluice")).stderr).toContain("name the same folder");
  expect((await sluice("build", "--help")).stdout).toContain("--target spark");
});

it("checks for Spark what Node takes", async () => {
  expect((await sluice("check", "jobs/refused.sluice")).code).toBe(0);
  const { code, stdout, stderr } = await sluice("check", "--target", "spark", "--json", "jobs/refused.sluice");
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout.trimEnd().split("\n").map((line): unknown => JSON.parse(line))).toContainEqual(expect.objectContaining({ code: "E4101", file: "jobs/refused.sluice" }));
});

it("explains how the plan for Spark differs from the one for Node, and prints the program", async () => {
  const optimized = await sluice("explain", "--target", "spark", "jobs/ticks.sluice");
  expect(optimized.code).toBe(0);
  expect(optimized.stdout).toContain("sink counts: in place of Node's plan (for Node only: count-rows, push-filter-into-scan)");
  expect(optimized.stdout).toMatch(/^ {2}- {3}Source ticks: rate, reads value where value > 3$/m);
  expect(optimized.stdout).toMatch(/^ {2}\+ {3}Filter value > 3$/m);
  const emitted = await sluice("explain", "--target", "spark", "--stage", "emitted", "jobs/ticks.sluice");
  expect(emitted.stdout).toContain("sluice.main(JOB");
  expect((await sluice("explain", "--target", "spark", "--stage", "physical", "jobs/ticks.sluice")).stdout).toContain("no physical plan");
});
