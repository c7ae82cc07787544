import { spawnSync } from "node:child_process";
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, expect, it } from "vitest";
import { main } from "../../../compiler/cli/main.ts";

const installation = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[\\/]$/, "");
const base = mkdtempSync(join(tmpdir(), "sluice-fmt-"));
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

const untidy = "param  n: int = 1";
const tidy = "param n: int = 1\n";
const at = (path: string): string => join(directory, path);

it("writes the file that a link leads to, and keeps the link and the mode", async () => {
  mkdirSync(at("links"));
  writeFileSync(at("job.sluice"), untidy);
  chmodSync(at("job.sluice"), 0o640);
  symlinkSync("../job.sluice", at("links/job.sluice"));
  expect(await sluice("fmt", "links/job.sluice")).toEqual({ code: 0, stdout: "laid out links/job.sluice\n", stderr: "" });
  expect(readFileSync(at("job.sluice"), "utf8")).toBe(tidy);
  expect(lstatSync(at("links/job.sluice")).isSymbolicLink()).toBe(true);
  expect(statSync(at("job.sluice")).mode & 0o777).toBe(0o640);
  expect(readdirSync(directory)).toEqual(["job.sluice", "links"]);
});

it("leaves a file alone that may not be written, and says so", async () => {
  writeFileSync(at("job.sluice"), untidy);
  chmodSync(at("job.sluice"), 0o440);
  const { code, stderr } = await sluice("fmt", "job.sluice");
  // Root may write anything.
  if (process.getuid?.() === 0) expect(code).toBe(0);
  else expect({ code, stderr }).toEqual({ code: 1, stderr: "error: cannot write job.sluice: permission denied (EACCES)\n" });
  expect(statSync(at("job.sluice")).mode & 0o777).toBe(0o440);
});

it("lays out a file with the longest name that there is", async () => {
  const name = `${"x".repeat(248)}.sluice`;
  writeFileSync(at(name), untidy);
  expect((await sluice("fmt", name)).code).toBe(0);
  expect(readFileSync(at(name), "utf8")).toBe(tidy);
});

it("refuses text on stdin that is not UTF-8, and leaves its byte order mark out", () => {
  const fmt = (input: Uint8Array): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
    spawnSync(process.execPath, [join(installation, "compiler/cli/bin.mjs"), "fmt", "-"], { input, encoding: "utf8" });
  expect(fmt(Buffer.from("// caf\xe9\n", "latin1"))).toMatchObject({ status: 1, stdout: "", stderr: "error: stdin is not UTF-8 (at byte 7)\n  help: save the file as UTF-8\n" });
  expect(fmt(Buffer.from(`\ufeff${untidy}`))).toMatchObject({ status: 0, stdout: tidy });
});
