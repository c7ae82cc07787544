import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compile } from "../compiler/compile.ts";
import { renderDiagnostics } from "../compiler/diagnostics/render-text.ts";
import { filesBeside } from "./support/analyze-text.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");

/** A fenced block, and the comment on the line before it. */
interface Block {
  readonly comment: string | undefined;
  readonly info: string;
  readonly text: string;
}

const blocks = blocksOf(readme);
const exampleReadmes = readdirSync(join(root, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `examples/${name}/README.md`);

function blocksOf(text: string): readonly Block[] {
  return [...text.matchAll(/(?:^<!-- (.*) -->\n)?^```(.*)\n((?:(?!```).*\n)*)^```$/gm)].map(([, comment, info = "", text = ""]) => ({ comment, info, text }));
}

/** Where the commands run: all of the repository but what they write. */
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-readme-"));
  for (const name of readdirSync(root)) if (!name.startsWith(".") && name !== "generated") symlinkSync(join(root, name), join(folder, name));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every file that the README quotes is quoted byte for byte", () => {
  const quoted = blocks.filter((block) => block.comment?.startsWith("file: "));
  expect(quoted.length).toBe(2);
  for (const { comment = "", text } of quoted) hold(comment, text, readFileSync(join(root, comment.slice("file: ".length)), "utf8"));
});

test("the diagnostics in the README are those that the compiler gives", () => {
  const quoted = blocks.filter((block) => block.comment?.startsWith("diagnostics: "));
  expect(quoted.length).toBe(1);
  for (const { comment = "", text } of quoted) {
    const [path = "", ...changes] = comment.slice("diagnostics: ".length).split(", ");
    const job = changes.reduce((job, change) => {
      const [right = "", wrong = ""] = change.split(" → ");
      expect(job).toContain(right);
      return job.replace(right, wrong);
    }, readFileSync(join(root, path), "utf8"));
    const { diagnostics, source } = compile(path, job, { files: filesBeside(join(root, path)) });
    hold(comment, text, renderDiagnostics(diagnostics, source));
  }
});

test("every command of the README runs, and prints what stands below it", async () => {
  const runs = blocks.flatMap((block, index) => (block.info === "sh run" ? [{ commands: block.text, printed: blocks[index + 1] }] : []));
  expect(runs.length).toBeGreaterThan(4);
  for (const { commands, printed } of runs) {
    const output = await shell(commands);
    if (printed?.comment === "output") hold(commands, printed.text, output);
  }
}, 300_000);

test.each(exampleReadmes)("every command of %s runs", async (path) => {
  const runs = blocksOf(readFileSync(join(root, path), "utf8")).filter((block) => block.info === "sh run");
  expect(runs.length).toBeGreaterThan(0);
  for (const { text } of runs) expect(await shell(text.replaceAll("9876", String(await freePort())))).not.toBe("");
}, 300_000);

test("every link of the README leads to a file", () => {
  const names = new Set(readdirSync(root));
  for (const [, target = ""] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
    expect(names.has(target.split("/")[0] ?? ""), target).toBe(true);
    expect(() => readdirSync(join(root, target)), target).not.toThrow(/ENOENT/);
  }
});

/** Compares, or with `BLESS=1` writes what is true into the README. */
function hold(what: string, written: string, actual: string): void {
  if (process.env["BLESS"] === "1" && written !== actual) {
    const path = join(root, "README.md");
    const now = readFileSync(path, "utf8");
    const from = now.indexOf(what);
    const open = now.indexOf("\n```", what.startsWith("file:") || what.startsWith("diagnostics:") ? from : now.indexOf("<!-- output -->", from)) + 1;
    const start = now.indexOf("\n", open) + 1;
    writeFileSync(path, `${now.slice(0, start)}${actual}${now.slice(now.indexOf("```", start))}`);
    return;
  }
  expect(written, what).toBe(actual);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

function shell(commands: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile("bash", ["-e", "-c", commands], { cwd: folder, env: { ...process.env, NO_COLOR: "1" } }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${commands}\n${stderr}`, { cause: error }));
    });
  });
}
