import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";
import { compile } from "../../compiler/compile.ts";
import { emitJob } from "../../compiler/emit.ts";
import { typeText } from "../../compiler/ir/types/data-type.ts";
import type { AggregateFact, FunctionFact } from "./fact.ts";
import type { Question } from "./question.ts";
import { questionOfAggregate } from "./question-of-aggregate.ts";
import { questionsOfFunction } from "./question-of-function.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Facts of each function; `SLUICE_ALL_FACTS=1` takes all of them (minutes). */
const factsPerFunction = process.env["SLUICE_ALL_FACTS"] === "1" ? Infinity : 2;

function factsOf<T extends { readonly fn: string }>(file: string): readonly T[] {
  const counts = new Map<string, number>();
  const facts = JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")) as readonly T[];
  return facts.filter((fact) => {
    const count = (counts.get(`${fact.fn} ${"error" in fact}`) ?? 0) + 1;
    counts.set(`${fact.fn} ${"error" in fact}`, count);
    return count <= factsPerFunction;
  });
}

function questions(): readonly Question[] {
  const functions = factsOf<FunctionFact>("./functions.json").flatMap((fact) => {
    const asked = questionsOfFunction(fact);
    return asked.ok ? [asked.written, ...(asked.asColumns === undefined ? [] : [asked.asColumns])] : [];
  });
  const aggregates = factsOf<AggregateFact>("./aggregates.json").flatMap((fact) => {
    const asked = questionOfAggregate(fact);
    return asked.ok && asked.question.isPipeline !== true ? [asked.question] : [];
  });
  return [...functions, ...aggregates];
}

/** A job with a sink for each question that compiles; `mark` is `?` where the columns may be null. */
function emitted(mark: "" | "?"): readonly { readonly name: string; readonly text: string }[] {
  let parts = questions().map(({ text, columns, isAggregate }, at) => {
    const fields = columns.map((column) => `, ${column.name}: ${typeText(column.type)}${mark}`).join("");
    return `table t${at}: { always: int${fields} } from queue()\nsink s${at} = t${at} |> ${isAggregate ? "aggregate" : "select"} ${text} as r into memory()${isAggregate ? " mode complete" : ""}\n`;
  });
  for (;;) {
    const checked = compile(`facts${mark === "" ? "" : "-nullable"}.sluice`, parts.join(""), { files: { read: () => undefined } });
    const errors = checked.diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length === 0) return emitJob(checked, { runtimeSpecifier: (entry) => `../runtime/${entry === "runtime" ? "index" : entry.replace(/^runtime\//, "")}.ts`, userSpecifier: (specifier) => specifier });
    let end = 0;
    parts = parts.filter((part) => {
      const start = end;
      end += part.length;
      return !errors.some(({ primary: { span } }) => span.start >= start && span.start < end);
    });
  }
}

it.each(["", "?"] as const)("emits modules of the right types for every function, over columns%s", { timeout: 300_000 }, (mark) => {
  const files = new Map(emitted(mark).map(({ name, text }) => [`${root}generated/${name}`, text]));
  const options: ts.CompilerOptions = { ...ts.getParsedCommandLineOfConfigFile(`${root}generated/tsconfig.json`, {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined })?.options, noEmit: true };
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([...files.keys()].filter((path) => path.endsWith(".ts")), options, {
    ...host,
    fileExists: (path) => files.has(path) || host.fileExists(path),
    readFile: (path) => files.get(path) ?? host.readFile(path),
    getSourceFile: (path, languageVersion, ...more) => {
      const text = files.get(path);
      return text === undefined ? host.getSourceFile(path, languageVersion, ...more) : ts.createSourceFile(path, text, languageVersion, true);
    },
  });
  const found = [...files.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    return file === undefined ? [] : [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  });
  const messages = found.map(({ file, start = 0, messageText }) => `${file?.text.slice(start).split("\n", 1)[0] ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
  expect(files.size).toBeGreaterThan(2);
  expect(messages).toEqual([]);
});
