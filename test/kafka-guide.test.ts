import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { expect, test } from "vitest";
import { kafka } from "../compiler/catalog/connectors/kafka.ts";
import { avro } from "../compiler/catalog/formats/avro.ts";
import { main } from "../compiler/cli/main.ts";
import { compile } from "../compiler/compile.ts";
import { renderDiagnostics } from "../compiler/diagnostics/render-text.ts";
import { emitJob } from "../compiler/emit.ts";
import { pages } from "../compiler/diagnostics/pages/pages.ts";
import { filesBeside } from "./support/analyze-text.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const path = join(root, "docs/kafka.md");
const guide = readFileSync(path, "utf8");
const jobs = [...guide.matchAll(/^```sluice\n((?:(?!```).*\n)*)```$/gm)].map(([, text = ""]) => text);

test("the jobs of docs/kafka.md compile to modules", () => {
  expect(jobs.length).toBeGreaterThan(3);
  for (const job of jobs) {
    const checked = compile("kafka.sluice", job, { files: filesBeside(path) });
    expect(renderDiagnostics(checked.diagnostics, checked.source)).toBe("");
    expect(emitJob(checked, { runtimeSpecifier: (entry) => entry, userSpecifier: (specifier) => specifier }).length).toBeGreaterThan(1);
  }
});

test("its tables have every option of the source, the sink and the registry, and no other", () => {
  const named = [...guide.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = ""]) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name));
  const specs = [kafka.source, kafka.sink, { options: [...avro.reading, ...avro.writing] }].flatMap((side) => side?.options ?? []);
  expect([...new Set(named)].sort()).toEqual([...new Set([...specs.map(({ name }) => name), "format"])].sort());
});

test("what it says that explain prints is printed", async () => {
  const quoted = [...guide.matchAll(/^<!-- explain: (.*) -->\n```text\n((?:(?!```).*\n)*)```$/gm)];
  expect(quoted.length).toBeGreaterThan(0);
  for (const [, job = "", text = ""] of quoted) {
    let printed = "";
    await main(["explain", job], { directory: root, installation: root, color: false, stdout: (part) => void (printed += part), stderr: () => undefined });
    expect(printed).toContain(text);
  }
});

test("the codes that it names have pages", () => {
  for (const [, code = ""] of guide.matchAll(/\b([ER]\d{4})\b/g)) expect(pages.has(code), code).toBe(true);
});
