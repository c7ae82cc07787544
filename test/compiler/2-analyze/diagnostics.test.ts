import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as connectors from "../../../compiler/diagnostics/catalogue/connectors.ts";
import * as continuous from "../../../compiler/diagnostics/catalogue/continuous.ts";
import * as imports from "../../../compiler/diagnostics/catalogue/imports.ts";
import * as kafka from "../../../compiler/diagnostics/catalogue/kafka.ts";
import * as names from "../../../compiler/diagnostics/catalogue/names.ts";
import * as planning from "../../../compiler/diagnostics/catalogue/planning.ts";
import * as shards from "../../../compiler/diagnostics/catalogue/shards.ts";
import * as schemaFiles from "../../../compiler/diagnostics/catalogue/schema-files.ts";
import * as sparkConnectors from "../../../compiler/diagnostics/catalogue/spark-connectors.ts";
import * as sparkExpressions from "../../../compiler/diagnostics/catalogue/spark-expressions.ts";
import * as sparkFunctions from "../../../compiler/diagnostics/catalogue/spark-functions.ts";
import * as sparkSteps from "../../../compiler/diagnostics/catalogue/spark-steps.ts";
import * as sparkLegality from "../../../compiler/diagnostics/catalogue/spark-legality.ts";
import * as state from "../../../compiler/diagnostics/catalogue/state.ts";
import * as streaming from "../../../compiler/diagnostics/catalogue/streaming.ts";
import * as tableFunctions from "../../../compiler/diagnostics/catalogue/table-functions.ts";
import * as types from "../../../compiler/diagnostics/catalogue/types.ts";
import * as userAggregates from "../../../compiler/diagnostics/catalogue/user-aggregates.ts";
import * as userConnectors from "../../../compiler/diagnostics/catalogue/user-connectors.ts";
import { renderDiagnostics } from "../../../compiler/diagnostics/render-text.ts";
import { stateWarnings } from "../../../compiler/explain/state-warnings.ts";
import { analyzeText } from "../../support/analyze-text.ts";
import { checkForShards } from "../../support/check-for-shards.ts";
import { checkForSpark } from "../../support/check-for-spark.ts";
import { goldenTest, sampleFiles, samplePath } from "../../support/samples.ts";

const kinds = [connectors, continuous, imports, kafka, names, planning, shards, sparkLegality, sparkConnectors, sparkExpressions, sparkFunctions, sparkSteps, state, streaming, types, schemaFiles, tableFunctions, userAggregates, userConnectors].flatMap((family) => Object.values(family));

test.each(sampleFiles("diagnostics", ".sluice"))("$name is told as its golden says", ({ name, path }) => {
  const text = readFileSync(path, "utf8");
  // A sample whose first line is `// target: spark` is told what that target cannot carry over.
  // And one whose first line is `// shards` what keeps it from being divided.
  const { source, job, diagnostics: found } = (text.startsWith("// target: spark\n") ? checkForSpark : text.startsWith("// shards\n") ? checkForShards : analyzeText)(text, path, `${name}.sluice`);
  const diagnostics = job === undefined ? found : [...found, ...stateWarnings(job)];
  expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(name.slice(0, 5));
  goldenTest(`${renderDiagnostics(diagnostics, source).trimEnd()}\n`, samplePath("diagnostics", `${name}.stderr`));
});

test("every code of the analysis is used once, has a slug of its own and a sample", () => {
  const codes = kinds.map((kind) => kind.code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(kinds.map((kind) => kind.slug)).size).toBe(kinds.length);
  const samples = readdirSync(samplePath("diagnostics")).filter((name) => name.endsWith(".sluice"));
  expect(codes.filter((code) => !samples.some((name) => name.startsWith(code)))).toEqual([]);
});
