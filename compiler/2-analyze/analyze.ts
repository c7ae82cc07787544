import type { DiagnosticBag } from "../diagnostics/bag.ts";
import type { Program } from "../ir/ast/statement.ts";
import type { Input } from "../ir/logical/input.ts";
import type { LogicalJob, LogicalQuery, Param, SideOutput } from "../ir/logical/job.ts";
import type { SourceText } from "../source/source-text.ts";
import { analyzeQuery, analyzeSideOutput } from "./analyze-sink.ts";
import { checkContinuous } from "./check-streaming/continuous-is-row-by-row.ts";
import { checkInput } from "./connectors/check-input.ts";
import { checkFormatColumns } from "./connectors/format-options.ts";
import { checkOneQueryPerCleanedInput } from "./connectors/one-query-per-cleaned-input.ts";
import { checkOneQueryPerSideOutput } from "./connectors/one-query-per-side-output.ts";
import { bringTogether } from "./connectors/sinks-together.ts";
import { checkSideOutputs } from "./connectors/side-outputs.ts";
import { checkOptions } from "./declarations/check-options.ts";
import { checkParam } from "./declarations/check-params.ts";
import { checkWindows } from "./declarations/check-windows.ts";
import { collectDeclarations, type Declarations } from "./declarations/declarations.ts";
import { namesOfBrokenStatements } from "./declarations/broken-statements.ts";
import { Schemas } from "./declarations/schemas.ts";
import { mentionsName } from "./connectors/mentions-name.ts";
import type { JobContext } from "./job-context.ts";
import { onBatchTicks } from "./normal-form/batch-ticks.ts";
import { withLateRoutes } from "./normal-form/late-routes.ts";
import { withNeededFields } from "./normal-form/needed-fields.ts";
import type { SourceFiles } from "./source-files.ts";
import { Streams } from "./steps/streams.ts";
import { calledNames } from "./user-functions/called-names.ts";
import { UserFunctions } from "./user-functions/user-functions.ts";

/**
 * Resolves names, types every expression, and judges what can run as a stream: the whole file at once, each error reported where
 * it is and once. Undefined when the bag has errors (those of the parser included).
 */
export function analyze(program: Program, source: SourceText, files: SourceFiles, diagnostics: DiagnosticBag): LogicalJob | undefined {
  const hidden = namesOfBrokenStatements(program, source, diagnostics.sorted());
  const report: JobContext["report"] = (diagnostic) => {
    if (!hidden.has(diagnostic.code)) diagnostics.add(diagnostic);
  };
  const declarations = collectDeclarations(program, diagnostics);
  const schemas = new Schemas(declarations.schemas, { files, mayInfer: mayInfer(declarations) }, report);
  const functions = new UserFunctions(declarations, files, report);
  const params = new Map<string, Param>();
  const inputs = new Map<string, Input | undefined>();
  let columns = 0;
  const options = checkOptions(declarations.options.values(), report);
  const job: JobContext = { timezone: options.timezone, declarations, functions, params, types: schemas, inputs, files, newColumn: () => ++columns, mentions: (name) => mentionsName(program, name), report };

  schemas.check();
  functions.check(calledNames(program));
  for (const [name, statement] of declarations.params) params.set(name, checkParam(statement, job));
  for (const [name, statement] of declarations.relations) if (statement.kind === "Input") inputs.set(name, checkInput(statement, job));
  checkWindows(job);
  const streams = new Streams(job);
  for (const statement of declarations.relations.values()) if (statement.kind === "Stream") streams.stream(statement);
  const queries: LogicalQuery[] = [];
  const sideOutputs: SideOutput[] = [];
  for (const sink of declarations.sinks.values()) {
    if (sink.pipeline === undefined) sideOutputs.push(...present(analyzeSideOutput(sink, job)));
    else queries.push(...present(analyzeQuery(sink, streams, job)));
  }
  checkSideOutputs(program, job);
  const isTogether = options.sinks === "together";
  const triggered = isTogether ? bringTogether(queries, declarations.sinks, job) : queries;
  checkContinuous(triggered, sideOutputs, declarations.sinks, job);
  const ticking = triggered.map((query) => ({ ...query, plan: onBatchTicks(query.plan, query.trigger, query.span, job) }));
  const { queries: routed, columns: lateColumns } = withLateRoutes(ticking, job);
  if (!isTogether) {
    checkOneQueryPerSideOutput(routed, job);
    checkOneQueryPerCleanedInput(routed, job);
  }
  const outputs = sideOutputs.map((output): SideOutput => {
    const late = lateColumns.get(output.name);
    return late === undefined ? output : { ...output, late };
  });
  for (const { sink, late = [], span } of outputs) checkFormatColumns(sink.format, late, span, "write", job);
  if (diagnostics.hasErrors) return undefined;

  const plans = withNeededFields(routed.map((query) => query.plan));
  return {
    name: jobName(source.path),
    path: source.path,
    options,
    params: [...params.values()],
    functions: functions.called,
    inferred: schemas.inferred,
    inputs: present(...inputs.values()),
    sideOutputs: outputs,
    queries: routed.map((query, index) => ({ ...query, plan: plans[index] ?? query.plan })),
  };
}

/** Whether the job allows schemas from samples. */
function mayInfer({ options }: Declarations): boolean {
  const value = options.get("inferSchema")?.value;
  return value?.kind === "BooleanLiteral" && value.value;
}

function present<T>(...values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}

function jobName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? path).replace(/\.sluice$/, "");
}
