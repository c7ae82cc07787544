import { readdirSync, readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { expect, it } from "vitest";
import { checkShards } from "../../../compiler/4-plan/check-shards.ts";
import { compile } from "../../../compiler/compile.ts";
import type { PageExample } from "../../../compiler/diagnostics/pages/page.ts";
import { pages } from "../../../compiler/diagnostics/pages/pages.ts";
import { emitSpark } from "../../../compiler/spark.ts";
import { stateWarnings } from "../../../compiler/explain/state-warnings.ts";
import { SluiceRuntimeError } from "../../../runtime/errors/runtime-error.ts";
import { SimHost, startHarness } from "../../../runtime/testing/index.ts";
import { compileText, loadJob } from "../../support/load-job.ts";
import { samplePath } from "../../support/samples.ts";

const runtime = new URL("../../../runtime/", import.meta.url);
const catalogue = new URL("../../../compiler/diagnostics/catalogue/", import.meta.url);
const compilerPages = [...pages.values()].filter(({ code }) => !code.startsWith("R"));

/** The codes with their slugs that the files of the catalogue define. */
function defined(): ReadonlyMap<string, string> {
  const texts = readdirSync(catalogue).map((file) => readFileSync(new URL(file, catalogue), "utf8"));
  return new Map(texts.flatMap((text) => [...text.matchAll(/code: "([EW]\d{4})",\s*slug: "([^"]+)"/g)].map(([, code = "", slug = ""]) => [code, slug])));
}

/** What `build` says of a job, or, for the code of a warning, what `check` adds to it. */
function codesOf(code: string, text: string, { files = {} }: PageExample): readonly string[] {
  const read = (specifier: string): { readonly path: string; readonly text: string } | undefined => {
    const text = files[specifier];
    return text === undefined ? undefined : { path: specifier, text };
  };
  const readBytes = (specifier: string): Uint8Array | undefined => (files[specifier] === undefined ? undefined : Buffer.from(files[specifier].replace("base64:", ""), "base64"));
  // A job whose first line is `// target: spark` is told what that target cannot carry over.
  const forSpark = text.startsWith("// target: spark\n");
  const checked = compile("job.sluice", text, { files: { read, readBytes }, target: forSpark ? "spark" : "node" });
  const { job, diagnostics } = checked;
  const ofTarget = job === undefined || !forSpark ? [] : emitSpark(checked).diagnostics;
  const warnings = job === undefined || !code.startsWith("W") || forSpark ? [] : stateWarnings(job);
  // And one whose first line is `// shards` what keeps it from being divided.
  const ofShards = text.startsWith("// shards\n") ? checkShards(checked.queries) : [];
  return [...diagnostics, ...ofTarget, ...ofShards, ...warnings].map((diagnostic) => `${diagnostic.code}: ${diagnostic.message}`);
}

it("has a page for every code of the catalogue, with its slug, and no other", () => {
  expect(Object.fromEntries(compilerPages.map(({ code, title }) => [code, title]))).toEqual(Object.fromEntries(defined()));
});

it.each(compilerPages.map((page) => ({ code: page.code, page })))("shows $code by a job that gives it and one that does not", ({ code, page: { example } }) => {
  if (example === undefined) throw new Error("every code of the compiler has an example");
  const { given = "", bad, good, besides = [] } = example;
  const found = codesOf(code, `${given}\n${bad}\n`, example);
  expect(found.some((text) => text.startsWith(code))).toBe(true);
  expect(found.filter((text) => ![code, ...besides].some((expected) => text.startsWith(expected)))).toEqual([]);
  expect(codesOf(code, `${given}\n${good}\n`, example)).toEqual([]);
});

const runtimePages = [...pages.values()].filter(({ code }) => code.startsWith("R"));

it("has a page for every code of the runtime, and no other", () => {
  const sources = readdirSync(runtime, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const used = sources.flatMap((file) => [...readFileSync(new URL(file, runtime), "utf8").matchAll(/\bR7\d{3}\b/g)].map(([code]) => code));
  expect(runtimePages.map(({ code }) => code).sort()).toEqual([...new Set(used)].sort());
});

it.each(runtimePages.flatMap(({ code, example }) => (example === undefined ? [] : [{ code, example }])))("shows $code by a job that fails with it and one that does not", async ({ code, example }) => {
  const { given, bad, good } = example;
  const lead = given === undefined ? "" : `${given}\n`;
  expect(await failureOf(lead + bad, example)).toBe(code);
  expect(await failureOf(lead + good, example)).toBeUndefined();
});

/** The code with which a job fails over the example's input; undefined where it does not. */
async function failureOf(text: string, { input = {}, files = {} }: PageExample): Promise<string | undefined> {
  const host = new SimHost({ autoAdvance: true });
  const read = (specifier: string): { readonly path: string; readonly text: string } | undefined => {
    const text = files[specifier];
    return text === undefined ? undefined : { path: specifier, text };
  };
  for (const [path, content] of Object.entries(input)) host.fs.put(`/home/${path}`, content);
  try {
    const harness = startHarness(loadJob(compileText(text, { optimize: true, files: { read } }), modulesOf(files)), { host, checkpoint: null });
    await harness.finish();
    return harness.failure === undefined ? undefined : codeOf(harness.failure);
  } catch (error) {
    return codeOf(error);
  }
}

/** The modules that an example imports, by the specifiers of the job. */
function modulesOf(files: NonNullable<PageExample["files"]>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path.endsWith(".ts")).map(([path, text]) => {
    const module = { exports: {} };
    new Function("exports", "module", transformSync(text, { loader: "ts", format: "cjs", target: "es2023" }).code)(module.exports, module);
    return [path, module.exports];
  }));
}

function codeOf(error: unknown): string {
  if (error instanceof SluiceRuntimeError) return error.code;
  throw error;
}

it("has goldens of diagnostics for at least ninety codes", () => {
  const goldens = readdirSync(samplePath("diagnostics")).filter((name) => name.endsWith(".stderr"));
  expect(new Set(goldens.map((name) => name.slice(0, 5))).size).toBeGreaterThanOrEqual(90);
});
