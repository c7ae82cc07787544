import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Table, tableFromIPC, tableToIPC, Utf8, vectorFromArray } from "apache-arrow";
import { afterAll, expect, it } from "vitest";
import { main } from "../../../compiler/cli/main.ts";

const installation = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[\\/]$/, "");
const directory = mkdtempSync(join(tmpdir(), "sluice-bundle-functions-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function put(path: string, text: string | Buffer): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
}

it("what functions and their packages print, while they are loaded and when they are called, is none of the answers", async () => {
  put("package.json", '{ "name": "mine", "type": "module" }');
  put("node_modules/hello/package.json", '{ "name": "hello", "main": "index.js" }');
  put("node_modules/hello/index.js", 'require("node:util");\nconsole.log("the package is loaded");\nmodule.exports = { process(text) {\n  require("node:fs").writeSync(1, "by the descriptor\\n");\n  require("node:child_process").execFileSync(globalThis.process.execPath, ["-e", "console.log(1)"], { stdio: "inherit" });\n  return text.toUpperCase();\n} };\n');
  // A name that the first line of the bundle uses is the module's own.
  put("functions.ts", 'import hello from "hello";\nconst process = hello.process;\nconsole.log("the module is loaded");\nexport function shout(text: string): string {\n  console.log("called with", text);\n  return process(text);\n}\n');
  put("job.sluice", 'import { shout } from "./functions.ts"\nsource a: { text: string } from file("in/", format: "json")\nsink out = a |> select shout(text) as loud into memory()\n');
  const code = await main(["build", "--target", "spark", "-o", "out", "job.sluice"], { directory, installation, color: false, stdout: () => {}, stderr: () => {} });
  expect(code).toBe(0);
  expect(readFileSync(join(directory, "out/job.functions.mjs"), "utf8")).toMatch(/^\/\/ Emitted by `sluice build --target spark`.*\n/);

  const body = tableToIPC(new Table({ 0: vectorFromArray(["a", "b"], new Utf8()) }), "stream");
  const head = Buffer.from(`${JSON.stringify({ function: "shout", guarded: false, bytes: body.length })}\n`);
  put("requests", Buffer.concat([head, body, head, body]));
  const requests = openSync(join(directory, "requests"), "r");
  // As the program starts it: pipes for requests and answers, and all that is printed together.
  const { output, status } = spawnSync(process.execPath, [join(directory, "out/job.functions.mjs"), "3", "4"], { stdio: ["ignore", "pipe", "pipe", requests, "pipe"] });
  closeSync(requests);
  expect({ status, stderr: String(output[2]), said: String(output[1]).trimEnd().split("\n") }).toEqual({
    status: 0, stderr: "", said: ["the package is loaded", "the module is loaded", ...["a", "b", "a", "b"].flatMap((text) => [`called with ${text}`, "by the descriptor", "1"])],
  });
  expect(answersIn(Buffer.from(output[4]!))).toEqual([["A", "B"], ["A", "B"]]);
});

/** A line that says how many bytes follow, and those, until the end. */
function answersIn(stdout: Buffer): readonly (readonly unknown[])[] {
  if (stdout.length === 0) return [];
  const end = stdout.indexOf("\n");
  const told: unknown = JSON.parse(stdout.subarray(0, end).toString());
  const bytes = Number(Object(told)["bytes"]);
  const from = end + 1;
  const table = tableFromIPC(new Uint8Array(stdout.subarray(from, from + bytes)));
  return [[...(table.getChildAt(0) ?? [])], ...answersIn(stdout.subarray(from + bytes))];
}
