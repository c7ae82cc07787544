import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aggregateNames, scalarNames } from "../compiler/catalog/functions/registry.ts";
import { compile, type Checked } from "../compiler/compile.ts";
import { renderDiagnostics } from "../compiler/diagnostics/render-text.ts";
import { emitJob } from "../compiler/emit.ts";
import { filesBeside } from "./support/analyze-text.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = readFileSync(join(root, "docs/language.md"), "utf8");
/** Where the imports of the page's examples are found. */
const place = join(root, "examples/web-log/example.sluice");
const [prelude = "", ...examples] = blocks("sluice");
const refused = blocks("sluice refused").flatMap((text) => text.split("\n").filter((line) => line !== ""));

function blocks(info: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${info}\\n((?:(?!\`\`\`).*\\n)*)\`\`\`$`, "gm"))].map(([, text = ""]) => text);
}

function check(text: string): Checked {
  return compile("example.sluice", text, { files: filesBeside(place) });
}

test("every example of the language page compiles to modules", () => {
  expect(examples.length).toBeGreaterThan(4);
  for (const example of examples) {
    const checked = check(`${prelude}\n${example}`);
    expect(renderDiagnostics(checked.diagnostics, checked.source)).toBe("");
    expect(emitJob(checked, { runtimeSpecifier: (entry) => entry, userSpecifier: (specifier) => specifier }).length).toBeGreaterThan(1);
  }
});

test.each(refused)("%s is refused as not in this version", (pipeline) => {
  const mode = pipeline.includes("group by tumbling") || !pipeline.includes("aggregate") ? "append" : "complete";
  const { diagnostics } = check(`${prelude}\nsink s = ${pipeline} into discard() mode ${mode}`);
  expect(diagnostics.map(({ code }) => code)).toContain("E4001");
});

test("the language page names every function, and no other", () => {
  const section = page.slice(page.indexOf("Functions, with"), page.indexOf("Imported functions take"));
  const named = [...section.matchAll(/`([a-z_0-9]+)[`(]/g)].map(([, name = ""]) => name).filter((name) => name !== "where" && name !== "distinct");
  expect([...new Set(named)].sort()).toEqual([...new Set([...scalarNames(), ...aggregateNames()])].sort());
});
