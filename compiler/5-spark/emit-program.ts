import { logicalPlanText } from "../explain/logical-text.ts";
import type { LogicalJob, LogicalQuery } from "../ir/logical/job.ts";
import type { Diagnostic, PlacedDiagnostic } from "../diagnostics/diagnostic.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { Program } from "../ir/ast/statement.ts";
import { scansOf } from "../ir/logical/nodes-of.ts";
import type { DataType } from "../ir/types/data-type.ts";
import type { SourceText } from "../source/source-text.ts";
import { checkpointOf } from "./connectors/checkpoint-of.ts";
import { columnsOf } from "./connectors/columns-of.ts";
import { packagesOf } from "./connectors/packages-of.ts";
import { paramOf } from "./connectors/param-of.ts";
import { readInput } from "./connectors/read-input.ts";
import { triggerOf } from "./connectors/trigger-of.ts";
import { writeSink } from "./connectors/write-sink.ts";
import { sparkTypeOf } from "./expressions/type-of.ts";
import { liftCalls } from "./functions/lift-calls.ts";
import { SparkFunctions, type SparkFunction } from "./functions/spark-functions.ts";
import { nameIn } from "./frame.ts";
import { checkQuery } from "./legality/check-query.ts";
import { Places } from "./places.ts";
import { commentLines } from "./python/comment.ts";
import { layOut } from "./python/lay-out.ts";
import { py, pyCall, pyConstant, pyInt, pyList, pyMethod, pyName, pyText, type Py } from "./python/py.ts";
import { columnAs } from "./python/column-argument.ts";
import { importLines } from "./python/imports.ts";
import { PyScope } from "./python/py-scope.ts";
import type { SparkContext } from "./spark-context.ts";
import { columnsIn } from "./steps/columns-in.ts";
import { frameOf } from "./steps/frame-of.ts";
import { FrameWriter, type Statement } from "./steps/frame-writer.ts";
import { readKey, sharedReads } from "./steps/shared-reads.ts";

/** A program, and what is to be told of the job as one of Spark. With errors the text is not to be written. */
export interface EmittedProgram {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  /** The imported functions that it calls. */
  readonly functions: readonly SparkFunction[];
}

const rows = pyName("rows");
const run = pyName("run");

/** The text of `NAME.py`: a function for each source and table, one for each sink, and the job that holds them. The same job gives the same bytes. */
export function emitProgram(job: LogicalJob, optimized: readonly LogicalQuery[], program: Program, source: SourceText): EmittedProgram {
  const told: PlacedDiagnostic[] = [];
  const module = new PyScope();
  const called = new SparkFunctions(job, module);
  const context = (query: LogicalQuery): SparkContext => ({ job, at: query.span, functions: called, tell: (diagnostic) => void (told.some((other) => isSame(other, diagnostic)) || told.push(diagnostic)) });
  for (const query of optimized) checkQuery(query, context(query));
  const queries = optimized.map((query) => ({ ...query, plan: liftCalls(query.plan) }));
  const places = new Places(program, source, job.name);
  const reads = readFunctions(queries, module, context, places);
  const sinks = queries.map((query) => ({ query, name: module.name(query.name) }));
  const functions = [...reads.functions, ...sinks.map(({ query, name }) => sinkFunction(query, name, reads.names, module, context(query), places))];
  const first = queries[0];
  const definition = first === undefined ? [] : layOut(py`JOB = ${jobCall(job, context(first))}`.text);
  const items = queryList(sinks, context);
  const imported = functionLines(job, called.all);
  const body = [...definition, ...imported, ...functions.flatMap((lines) => ["", "", ...lines]), "", "", ...items, "", "", 'if __name__ == "__main__":', "    sluice.main(JOB, QUERIES)"];
  const text = [...header(job, optimized, called.all.length > 0), ...importLines(body), "", ...body, ""].join("\n");
  return { text, diagnostics: told, functions: called.all };
}

/** The file with the functions of a job, beside its program. */
export function functionsFile(job: LogicalJob): string {
  return `${job.name}.functions.mjs`;
}

/** A type whose parts may all be null: Arrow has a value in each part of a record that is null itself. */
function withNulls(type: DataType): DataType {
  switch (type.kind) {
    case "array":
      return { ...type, element: withNulls(type.element), elementNullable: true };
    case "map":
      return { ...type, value: withNulls(type.value), valueNullable: true };
    case "record":
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: withNulls(field.type), nullable: true })) };
    default:
      return type;
  }
}

function functionLines(job: LogicalJob, functions: readonly SparkFunction[]): readonly string[] {
  if (functions.length === 0) return [];
  const made = functions.map(({ name, call }) => py`${name} = ${pyMethod(pyName("FUNCTIONS"), "function", [pyText(name.text), sparkTypeOf(withNulls(call.type))])}`);
  return ["", ...[py`FUNCTIONS = ${pyCall(pyName("sluice.Functions"), [pyText(functionsFile(job))])}`, ...made].flatMap(({ text }) => layOut(text))];
}

function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return a.code === b.code && a.message === b.message && a.primary.span.start === b.primary.span.start && a.primary.span.end === b.primary.span.end;
}

/** The first two lines hold no text of the user's: there Python looks for the file's encoding. */
function header(job: LogicalJob, queries: readonly LogicalQuery[], hasFunctions: boolean): readonly string[] {
  const packages = packagesOf(job);
  const submit = `spark-submit ${packages.length === 0 ? "" : `--packages ${packages.join(",")} `}${job.name}.py --checkpoint DIR`;
  const plans = queries.flatMap(({ name, mode, sink, plan }) => ["", `Sink ${name} [${mode}] into ${sink.connector}`, ...logicalPlanText(plan).split("\n").map((line) => `  ${line}`)]);
  return ["# Emitted by `sluice build --target spark`: change the job and build again.", "#", ...commentLines([`Job ${job.name}.sluice`, ...plans, "", submit, ...(hasFunctions ? ["", `The functions are in ${functionsFile(job)}, which belongs beside this file; the executors need Node.`] : [])])];
}

function jobCall(job: LogicalJob, context: SparkContext): Py {
  const { timezone, statePartitions, watermarkPolicy, noDataBatches } = job.options;
  return pyCall(pyName("sluice.Job"), [], {
    name: pyText(job.name),
    timezone: pyText(timezone),
    state_partitions: pyInt(statePartitions),
    watermark_policy: pyText(watermarkPolicy),
    no_data_batches: pyConstant(noDataBatches),
    params: pyList(job.params.map((param) => paramOf(param, context))),
  });
}

interface ReadFunctions {
  /** The function of each read, by `readKey`. */
  readonly names: ReadonlyMap<string, { readonly name: Py; readonly columns: readonly string[] }>;
  readonly functions: readonly (readonly string[])[];
}

/** A function for each input, or several where queries differ in what makes a record malformed. */
function readFunctions(queries: readonly LogicalQuery[], module: PyScope, context: (query: LogicalQuery) => SparkContext, places: Places): ReadFunctions {
  const names = new Map<string, { readonly name: Py; readonly columns: readonly string[] }>();
  const functions: (readonly string[])[] = [];
  const seen = new Set<string>();
  for (const [key, { scan, query }] of sharedReads(queries)) {
    const { input } = scan;
    const name = module.name(seen.has(input.name) ? `${input.name}_for_${query.name}` : input.name);
    seen.add(input.name);
    names.set(key, { name, columns: scan.columns.map((column) => column.name) });
    const title = `${input.bounded ? "table" : "source"} ${input.name}, ${places.line(input.span)}`;
    functions.push([`def ${name.text}(run: sluice.Run) -> DataFrame:`, ...commentLines([title]).map((line) => `    ${line}`), ...layOut(`return ${readInput(scan, context(query)).text}`, "    ")]);
  }
  return { names, functions };
}

/** The function of a sink: the statements of its plan, and at the end the columns in the order that the sink writes them. */
function sinkFunction(query: LogicalQuery, name: Py, reads: ReadFunctions["names"], module: PyScope, context: SparkContext, places: Places): readonly string[] {
  const uses = new Map<string, number>();
  for (const scan of scansOf(query.plan)) uses.set(readKey(scan), (uses.get(readKey(scan)) ?? 0) + 1);
  const scope = module.child();
  const shared = new Map<string, Py>();
  const writer = new FrameWriter(context, query.plan, scope, (scan, own) => {
    const key = readKey(scan);
    const read = reads.get(key) ?? internalError("E9007", `the program reads no \`${scan.input.name}\``);
    const call = pyCall(read.name, [run]);
    if (uses.get(key) === 1) return { value: call, columns: read.columns };
    // A stream that a query uses twice is read once in a batch.
    let variable = shared.get(key);
    if (variable === undefined) {
      variable = scope.name(`${scan.input.name} read`);
      shared.set(key, variable);
      own.assign(variable, call, scan.origin);
    }
    return { value: variable, columns: read.columns };
  }, (place) => places.stream(place));
  const frame = frameOf(query.plan, { variable: rows, carries: false }, writer);
  const names = query.plan.output.map((column) => ({ from: nameIn(frame, column.id), to: column.name }));
  const isWhole = columnsIn(frame).join("\n") === names.map(({ to }) => to).join("\n") && names.every(({ from, to }) => from === to);
  if (!isWhole) writer.assign(rows, pyMethod(frame.value, "select", names.map(({ from, to }) => columnAs(from, to))), undefined);
  const title = `sink ${query.name} [${query.mode}], ${places.line(query.span)}`;
  return [`def ${name.text}(run: sluice.Run) -> DataFrame:`, ...commentLines([title]).map((line) => `    ${line}`), ...statementLines(writer.statements, query, places), "    return rows"];
}

/** Statements with a comment where those of another declaration begin. */
function statementLines(statements: readonly Statement[], query: LogicalQuery, places: Places): readonly string[] {
  let last = `sink ${query.name}`;
  return statements.flatMap(({ code, origin, why }) => {
    const declaration = origin === undefined ? undefined : places.declaration(origin);
    const isOther = origin !== undefined && declaration !== undefined && declaration !== last;
    if (isOther) last = declaration;
    return [...(isOther ? commentLines([`${declaration}, ${places.line(origin)}`]).map((line) => `    ${line}`) : []), ...(why === undefined ? [] : [`    # ${why}`]), ...layOut(code.text, "    ")];
  });
}

function queryList(sinks: readonly { readonly query: LogicalQuery; readonly name: Py }[], context: (query: LogicalQuery) => SparkContext): readonly string[] {
  const items = sinks.map(({ query, name }) => {
    const own = context(query);
    const checkpoint = checkpointOf(query, own);
    const call = pyCall(pyName("sluice.Query"), [pyText(query.name), name], {
      mode: pyText(query.mode),
      columns: columnsOf(query),
      sink: writeSink(query, own),
      trigger: triggerOf(query.trigger, own),
      ...(checkpoint === undefined ? {} : { checkpoint }),
    });
    return layOut(call.text, "    ").map((line, at, lines) => (at === lines.length - 1 ? `${line},` : line));
  });
  return ["QUERIES = [", ...items.flat(), "]"];
}
