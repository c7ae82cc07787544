import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, beforeEach, expect, it } from "vitest";
import { main } from "../../../compiler/cli/main.ts";
import { packageName } from "../../../compiler/cli/new-project/project-files.ts";
import { format } from "../../../compiler/format.ts";

const installation = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[\\/]$/, "");
const base = mkdtempSync(join(tmpdir(), "sluice-new-"));
let directory = base;

beforeEach(() => {
  directory = mkdtempSync(join(base, "case-"));
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

async function sluice(...argv: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  let stdout = "";
  let stderr = "";
  const code = await main(argv, { directory, installation, color: false, stdout: (text) => void (stdout += text), stderr: (text) => void (stderr += text) });
  return { code, stdout, stderr };
}

const read = (path: string): string => readFileSync(join(directory, path), "utf8");

it("makes a project whose job is laid out and whose modules are current", async () => {
  const made = await sluice("new", "shop");
  expect(made).toMatchObject({ code: 0, stderr: "" });
  expect(made.stdout).toContain("cd shop\n  npm install");
  expect(readdirSync(join(directory, "shop")).sort()).toEqual([".github", ".gitignore", "README.md", "data", "generated", "jobs", "package.json", "src", "test", "tsconfig.json"]);
  expect(await sluice("check", "shop/jobs/visits.sluice")).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(await sluice("build", "--check", "shop/jobs/visits.sluice")).toEqual({ code: 0, stdout: "", stderr: "" });
  const job = read("shop/jobs/visits.sluice");
  expect(format("visits.sluice", job).text).toBe(job);
  const manifest: unknown = JSON.parse(read("shop/package.json"));
  expect(manifest).toMatchObject({ name: "shop", type: "module", scripts: { check: "sluice check jobs/*.sluice", build: "sluice build jobs/*.sluice", test: "vitest run" } });
  expect(read("shop/generated/visits.ts")).toContain('from "sluice/runtime"');
});

it("type-checks with the settings that it comes with", async () => {
  await sluice("new", "shop");
  const folder = join(directory, "shop");
  mkdirSync(join(folder, "node_modules"));
  for (const name of ["@types", "vitest", "typescript"]) symlinkSync(join(installation, "node_modules", name), join(folder, "node_modules", name));
  const config = ts.getParsedCommandLineOfConfigFile(join(folder, "tsconfig.json"), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} });
  if (config === undefined) throw new Error("the project has no tsconfig.json that can be read");
  // The package is not built here: its entries are the sources (test/package holds the packed one).
  const source = (path: string): string[] => [join(installation, path)];
  const paths = { "sluice/runtime": source("runtime/index.ts"), "sluice/runtime/formats": source("runtime/formats/index.ts"), "sluice/runtime/*": source("runtime/*.ts"), "sluice/testing": source("runtime/testing/index.ts") };
  const found = ts.getPreEmitDiagnostics(ts.createProgram(config.fileNames, { ...config.options, paths, allowImportingTsExtensions: true, noEmit: true }));
  // The sources of Sluice itself are checked with its own settings.
  const own = found.filter(({ file }) => file === undefined || file.fileName.startsWith(folder));
  expect(own.map(({ file, messageText }) => `${basename(file?.fileName ?? "")}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`)).toEqual([]);
}, 60_000);

it("takes an empty folder, or one that holds a repository, and no other", async () => {
  mkdirSync(join(directory, "fresh/.git"), { recursive: true });
  expect((await sluice("new", "fresh")).code).toBe(0);
  const again = await sluice("new", "fresh");
  expect(again.code).toBe(1);
  expect(again.stderr).toContain("fresh is not empty");
  writeFileSync(join(directory, "file"), "mine");
  expect((await sluice("new", "file")).stderr).toContain("file is not a folder");
  expect((await sluice("new", "file/below")).stderr).toContain("is not a folder");
  expect(read("file")).toBe("mine");
  expect((await sluice("new")).stderr).toContain("no folder for the project");
  expect((await sluice("new", "a", "b")).stderr).toContain("b is a second");
  expect(existsSync(join(directory, "a"))).toBe(false);
});

it("depends on this version, or on the package that it is told", async () => {
  await sluice("new", "one");
  await sluice("new", "two", "--package", "file:../sluice.tgz");
  const dependencyOf = (folder: string): unknown => JSON.parse(read(`${folder}/package.json`));
  expect(dependencyOf("one")).toMatchObject({ dependencies: { sluice: expect.stringMatching(/^\^\d+\.\d+\.\d+$/) as string } });
  expect(dependencyOf("two")).toMatchObject({ dependencies: { sluice: "file:../sluice.tgz" } });
});

it("gives the package a name that npm takes and that is not Sluice's own", () => {
  expect(["Web Shop", "sluice", "._x", "日本", "a.b-c_d", "x".repeat(250)].map(packageName)).toEqual(["web-shop", "sluice-jobs", "x", "sluice-jobs", "a.b-c_d", "x".repeat(214)]);
});
