import type { Checked } from "../../compile.ts";
import type { EmittedFile } from "../../emit.ts";
import { nearest } from "../../diagnostics/did-you-mean.ts";
import { inferredSchemaLines } from "../../ir/logical/inferred-schema-text.ts";
import { deliveryLines } from "../../explain/delivery-text.ts";
import { jobText } from "../../explain/job-text.ts";
import { printAst } from "../../explain/print-ast.ts";
import { queryToJson } from "../../explain/plan-json.ts";
import { stateLines } from "../../explain/state-text.ts";
import { traceText, type TracedRule } from "../../explain/trace-text.ts";
import type { Target } from "../../ir/target.ts";
import { checkForSpark, type CheckedForSpark } from "../check-for-spark.ts";
import { checkJob } from "../check-job.ts";
import { CliError } from "../cli-error.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { readArguments } from "../read-arguments.ts";
import { readJob, type JobFile } from "../read-job.ts";
import { readTarget } from "../read-target.ts";
import { exitCodes, type Shell } from "../shell.ts";
import { specifiersIn } from "../specifiers.ts";
import { bySink, warningsOf } from "../warnings-of.ts";
import { emittedForSpark, noPhysicalPlan, optimizedForSpark } from "./explain-spark.ts";

export const explainHelp = `sluice explain FILE [--target spark] [--query NAME] [--stage STAGE] [--trace] [--json]

Prints what the compiler makes of a job.

Options:
  --target spark  what the compiler makes of it for Spark: optimized says how it differs from what Node runs, emitted is the program
  --query NAME    this query alone
  --stage STAGE   ast, analyzed, optimized, physical or emitted; physical by default, optimized for Spark
  --trace         the optimizer's rules first, in the order in which they applied
  --json          one JSON document for tools
  --help          print this
`;

const stages = ["ast", "analyzed", "optimized", "physical", "emitted"] as const;

type Stage = (typeof stages)[number];

/** Exit code 1 where the file has errors; its syntax tree is printed all the same. */
export async function explain(argv: readonly string[], shell: Shell): Promise<number> {
  const { files, options, help } = readArguments(argv, { target: "value", query: "value", stage: "value", trace: "flag", json: "flag" });
  if (help) {
    shell.stdout(explainHelp);
    return exitCodes.success;
  }
  const [path, second] = files;
  if (path === undefined) throw new CliError("no file to explain", "write sluice explain FILE.sluice");
  if (second !== undefined) throw new CliError(`explain takes one file, and ${second} is a second`, "explain them one after the other");
  const target = readTarget(options);
  const stage = readStage(options.get("stage"), target);
  const file = readJob(path, shell.directory);
  const traces = new Map<string, TracedRule[]>();
  const onRule = (query: string, event: TracedRule): void => void traces.set(query, [...(traces.get(query) ?? []), event]);
  const forSpark = target === "spark" ? await checkForSpark(file, onRule) : undefined;
  const checked = forSpark ?? checkJob(file, onRule);
  const query = options.get("query");
  // Sinks that are together are one query.
  const shown = query === undefined || checked.together !== undefined ? checked.diagnostics : warningsOf([query], bySink(checked.diagnostics, checked.program));
  const isGood = printDiagnostics({ diagnostics: shown, source: checked.source }, shell);
  if (options.has("json")) return isGood ? explainJson(select(checked, query), stage, file, options.has("trace") ? traces : undefined, shell, forSpark) : exitCodes.userError;
  if (stage === "ast") shell.stdout(printAst(checked.program, checked.source));
  if (!isGood) return exitCodes.userError;
  if (stage === "ast") return exitCodes.success;
  const selected = select(checked, query);
  if (options.has("trace")) for (const { analyzed } of selected.queries) shell.stdout(`rules of ${analyzed.name}\n${indent(traceText(traces.get(analyzed.name) ?? []))}\n\n`);
  shell.stdout(`${forSpark === undefined ? await stageText(selected, stage, file) : sparkText({ ...selected, files: forSpark.files }, stage, file)}\n`);
  return exitCodes.success;
}

async function explainJson(checked: Checked, stage: Stage, file: JobFile, traces: ReadonlyMap<string, readonly TracedRule[]> | undefined, shell: Shell, forSpark: CheckedForSpark | undefined): Promise<number> {
  const { job, source } = checked;
  const rulesOf = (name: string): readonly TracedRule[] | undefined => (traces === undefined ? undefined : (traces.get(name) ?? []));
  const content =
    stage === "ast"
      ? { program: checked.program }
      : stage === "emitted"
        ? { files: forSpark === undefined ? await emittedFiles(checked, file) : forSpark.files }
        : { queries: checked.queries.map((query) => queryToJson(query, forSpark !== undefined && stage === "physical" ? "optimized" : stage, source, rulesOf(query.analyzed.name))) };
  // Literals of 64 bits are texts: a tool's numbers may not hold them.
  const text = JSON.stringify({ job: job?.name ?? "", stage, ...content }, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value), 2);
  shell.stdout(`${text}\n`);
  return exitCodes.success;
}

function readStage(text: string | undefined, target: Target): Stage {
  if (text === undefined) return target === "spark" ? "optimized" : "physical";
  const stage = stages.find((name) => name === text);
  if (stage !== undefined) return stage;
  const near = nearest(text, stages);
  throw new CliError(`there is no stage ${text}`, near === undefined ? `stages: ${stages.join(", ")}` : `did you mean ${near}?`);
}

/** The job with the named query alone. */
function select(checked: Checked, name: string | undefined): Checked {
  if (name === undefined || checked.job === undefined) return checked;
  const names = checked.queries.map(({ analyzed }) => analyzed.name);
  if (!names.includes(name)) {
    const near = nearest(name, names);
    throw new CliError(`the job has no query ${name}`, near === undefined ? `its queries: ${names.join(", ")}` : `did you mean ${near}?`);
  }
  return {
    ...checked,
    job: { ...checked.job, queries: checked.job.queries.filter((query) => query.name === name) },
    queries: checked.queries.filter(({ analyzed }) => analyzed.name === name),
    // Of sinks that are together one is shown as it would be by itself.
    together: undefined,
  };
}

/** Without a final line end. */
async function stageText(checked: Checked, stage: Exclude<Stage, "ast">, file: JobFile): Promise<string> {
  const { job, queries } = checked;
  if (job === undefined) return "";
  switch (stage) {
    case "analyzed": return jobText({ ...job, queries: queries.map(({ analyzed }) => analyzed) });
    case "optimized": return jobText({ ...job, queries: queries.map(({ optimized }) => optimized) });
    case "physical": {
      const { together } = checked;
      const plans = together === undefined ? queries.map(({ physical, optimized }) => [...physical.text, ...stateLines([optimized]), ...deliveryLines(optimized)]) : [[...together.text, ...stateLines(queries.map(({ optimized }) => optimized)), ...queries.flatMap(({ optimized }) => deliveryLines(optimized, optimized.name))]];
      return [...job.inferred.map(inferredSchemaLines), ...plans].map((lines) => lines.join("\n")).join("\n\n");
    }
    case "emitted": {
      const files = await emittedFiles(checked, file);
      return files.map(({ name, text }, at) => (at === 0 ? text : `// ───── ${name} ─────\n${text}`)).join("\n").trimEnd();
    }
  }
}

/** The same of a job for Spark. */
function sparkText(checked: CheckedForSpark, stage: Exclude<Stage, "ast">, file: JobFile): string {
  switch (stage) {
    case "analyzed": return checked.job === undefined ? "" : jobText({ ...checked.job, queries: checked.queries.map(({ analyzed }) => analyzed) });
    case "optimized": return optimizedForSpark(checked, file);
    case "physical": return noPhysicalPlan;
    case "emitted": return emittedForSpark(checked);
  }
}

/** What `build` would write into its folder by default. */
async function emittedFiles(checked: Checked, file: JobFile): Promise<readonly EmittedFile[]> {
  const { emitJob } = await import("../../emit.ts");
  const { dirname, join } = await import("node:path");
  const { packageFolder } = await import("../package-folder.ts");
  const home = packageFolder(dirname(file.absolute)) ?? dirname(file.absolute);
  return emitJob(checked, specifiersIn(join(home, "generated"), file));
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
