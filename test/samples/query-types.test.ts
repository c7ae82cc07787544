import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { emitJob } from "../../compiler/emit.ts";
import { filesBeside } from "../support/analyze-text.ts";
import { compileText } from "../support/load-job.ts";
import { sampleFolders } from "../support/samples.ts";
import { typeErrors } from "../support/type-errors.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));

it("the modules of the query samples type-check under strict settings", () => {
  const files = new Map<string, string>();
  for (const { name, path } of sampleFolders("queries")) {
    const checked = compileText(readFileSync(join(path, "query.sluice"), "utf8"), { optimize: true, files: filesBeside(join(path, "query.sluice")) });
    const emitted = emitJob(checked, {
      runtimeSpecifier: (entry) => `${repository}${entry === "runtime" ? "runtime/index" : entry}.ts`,
      userSpecifier: (specifier) => join(path, specifier),
    });
    for (const file of emitted) files.set(`${name}/${file.name}`, file.text);
  }
  expect(typeErrors(files)).toEqual([]);
});
