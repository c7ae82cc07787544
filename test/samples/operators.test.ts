import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { emitJob } from "../../compiler/emit.ts";
import { stateLines } from "../../compiler/explain/state-text.ts";
import { filesBeside } from "../support/analyze-text.ts";
import { compileText } from "../support/load-job.ts";
import { goldenTest, sampleFiles } from "../support/samples.ts";
import { typeErrors } from "../support/type-errors.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));

// One query an operator: its physical plan with its state, and the module that a reviewer reads.
const samples = sampleFiles("operators", ".sluice");

it.each(samples)("$name: plan and emitted module", ({ name, path }) => {
  const checked = compileText(readFileSync(path, "utf8"), { optimize: true, files: filesBeside(path) });
  const emitted = emitJob(checked, { runtimeSpecifier: (entry) => `sluice/${entry}`, userSpecifier: (specifier) => specifier });
  const folder = path.slice(0, -`${name}.sluice`.length);
  goldenTest(`${checked.queries.flatMap(({ physical, optimized }) => [...physical.text, ...stateLines([optimized])]).join("\n")}\n`, `${folder}${name}.plan.txt`);
  goldenTest(emitted.find((file) => file.name === "job.ts")?.text ?? "", `${folder}${name}.emitted.txt`);
});

it("the modules type-check under strict settings", () => {
  const files = new Map<string, string>();
  for (const { name, path } of samples) {
    const checked = compileText(readFileSync(path, "utf8"), { optimize: true, files: filesBeside(path) });
    const emitted = emitJob(checked, { runtimeSpecifier: (entry) => `${repository}${entry === "runtime" ? "runtime/index" : entry}.ts`, userSpecifier: (specifier) => join(dirname(path), specifier) });
    for (const file of emitted) files.set(`${name}/${file.name}`, file.text);
  }
  expect(typeErrors(files)).toEqual([]);
});
