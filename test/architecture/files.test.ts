import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const list = (...patterns: readonly string[]): readonly string[] =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...patterns], { cwd: root, encoding: "utf8" }).trim().split("\n");
const sources = list("compiler/**/*.ts", "runtime/**/*.ts", "grammar/**/*.ts").filter((file) => !file.endsWith(".generated.ts"));
const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** Files that may be longer than the rest, each with its reason. */
const long: Readonly<Record<string, string>> = {
  "runtime/query/micro-batch-execution.ts": "the one place that knows the order of a batch: its steps are read best side by side",
};

it("keeps files small", () => {
  const tooLong = sources.filter((file) => read(file).split("\n").length > 400 && !Object.hasOwn(long, file));
  expect(tooLong).toEqual([]);
});

it("names no file after nothing in particular", () => {
  // The catalogue's files are named after the families of diagnostics; one of them is about types.
  const named = sources.filter((file) => !file.startsWith("compiler/diagnostics/catalogue/"));
  expect(named.filter((file) => /^(utils?|helpers?|common|misc|types|manager)\.ts$/.test(basename(file)))).toEqual([]);
});

it("makes code from text only where code is made", () => {
  const elsewhere = sources.filter((file) => /\bnew Code\(/.test(read(file)) && !/^compiler\/(code|5-emit)\//.test(file));
  expect(elsewhere).toEqual([]);
});

/** The text without comments and string literals, in which words mean nothing. */
const withoutProse = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/(?! @ts-).*|"(?:[^"\\\n]|\\.)*"/g, "");

it("has no untyped escapes", () => {
  const escapes = sources.filter((file) => /: any\b|\bas any\b|as unknown as|@ts-(ignore|expect-error|nocheck)/.test(withoutProse(read(file))));
  expect(escapes).toEqual([]);
});

it("mentions no machine's paths", () => {
  const files = list("*.ts", "*.md", "*.mjs", "*.js", "*.json", ".ci/run").filter((file) => file !== "package-lock.json" && !file.startsWith("test/facts/"));
  const machine = new RegExp(["/ro" + "ot/", "/wo" + "rk/", "/fa" + "rm/", "\\.\\./sha" + "red"].join("|"));
  expect(files.filter((file) => machine.test(read(file)))).toEqual([]);
});
