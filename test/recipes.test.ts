import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compile } from "../compiler/compile.ts";
import { renderDiagnostics } from "../compiler/diagnostics/render-text.ts";
import { emitJob } from "../compiler/emit.ts";
import { filesBeside } from "./support/analyze-text.ts";

const folder = fileURLToPath(new URL("../docs/recipes/", import.meta.url));
const readme = readFileSync(fileURLToPath(new URL("../README.md", import.meta.url)), "utf8");

test.each(readdirSync(folder))("the jobs of docs/recipes/%s compile to modules, and the README leads there", (name) => {
  const blocks = [...readFileSync(join(folder, name), "utf8").matchAll(/^```sluice\n((?:(?!```).*\n)*)```$/gm)].map(([, text = ""]) => text);
  expect(blocks.length).toBeGreaterThan(0);
  for (const text of blocks) {
    const checked = compile("recipe.sluice", text, { files: filesBeside(join(folder, name)) });
    expect(renderDiagnostics(checked.diagnostics, checked.source)).toBe("");
    expect(emitJob(checked, { runtimeSpecifier: (entry) => entry, userSpecifier: (specifier) => specifier }).length).toBeGreaterThan(1);
  }
  expect(readme).toContain(`](docs/recipes/${name})`);
});
