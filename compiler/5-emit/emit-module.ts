import { IndentationText, Project, QuoteKind, StructureKind, type StatementStructures } from "ts-morph";
import { zoneArgument } from "../catalog/functions/zone-code.ts";
import { arrayCode, callCode, joinCode, objectCode, propertyName } from "../code/build.ts";
import { Code, Precedence, type Use } from "../code/code.ts";
import { booleanCode, commentText, numberCode, quote, stringCode } from "../code/literal.ts";
import { runtime } from "../code/runtime-name.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import { typeNameFrom } from "../code/scope.ts";
import { inferredSchemaLines } from "../ir/logical/inferred-schema-text.ts";
import type { Column } from "../ir/logical/column.ts";
import type { LogicalJob, SideOutput } from "../ir/logical/job.ts";
import type { PhysicalQuery, PhysicalSink, PhysicalTogether } from "../ir/physical/physical.ts";
import { readsOf } from "../ir/physical/reads-of.ts";
import type { SourceText } from "../source/source-text.ts";
import { block, emitCheckpoint, emitColumns, emitParam, emitRead, emitSideOutput, emitSink, emitTrigger } from "./emit-definition.ts";
import { emitEncoder, type NestedEncoder } from "./emit-encoder.ts";
import { givesUpserts } from "./emit-held.ts";
import { emitMessage } from "./emit-message.ts";
import { emitBuild, type BuildTypes } from "./emit-query.ts";
import { emitSharding } from "./emit-sharding.ts";
import type { EmittedSerializer } from "./serializer/emit-serializer.ts";
import { nestedEncoder } from "./serializer/nested-encoder.ts";
import { imports, type Specifiers } from "./imports.ts";
import { ModuleScope, usesOfConstants } from "./module-scope.ts";
import { isPackedTop } from "./packed-rows.ts";
import { topOf } from "./query-scope.ts";
import { selectedPairs } from "./selected-pairs.ts";
import { runtimeWords } from "./runtime-words.ts";
import { tsType } from "./value-type.ts";
import { writtenColumns } from "./written-columns.ts";

/** The reader of one read of one query, in `NAME.reader.ts`. */
export interface ReaderNames {
  /** `weblogsReader`. */
  readonly reader: string;
  /** `WeblogsColumns`. */
  readonly columns: string;
}

export interface ModuleSettings extends Required<Specifiers> {
  readonly readerOf: (query: string, read: string) => ReaderNames;
  /** The serializer of nested columns, where there are any. */
  readonly serializer: EmittedSerializer | undefined;
}

/** A query as it is emitted, with the names of the types and encoders of its sinks. */
type Emitted = PhysicalQuery | PhysicalTogether;

/** Rows that the module has a type and an encoder for: those of a sink, or late ones. */
interface RowsOf {
  readonly name: string;
  readonly output: readonly Column[];
}

/** How the module calls what belongs to a sink. */
interface SinkNames {
  readonly sink: PhysicalSink;
  /** The type of its rows. */
  readonly type: string;
  /** The function that writes a row as JSON. */
  readonly write: string;
}

/** The text of `NAME.ts`: a definition for each query, and the job that holds them. */
export function emitModule(job: LogicalJob, queries: readonly Emitted[], source: SourceText, settings: ModuleSettings): string {
  const module = new ModuleScope(job.functions, job.options.timezone);
  const names = new Map(queries.map((query) => [query.name, module.names.name(query.name, runtimeWords).text]));
  const uses: Use[] = [];
  const statements: (string | StatementStructures)[] = [];
  const late = new Map(job.sideOutputs.flatMap((output) => (output.late === undefined ? [] : [[output.name, lateNames(output, output.late, module)] as const])));
  for (const { rows, type, write } of late.values()) statements.push(rowInterface(rows, type, "late row"), encoder(rows, type, write, nestedEncoder(settings.serializer, rows.name, module), module, uses));
  for (const query of queries) {
    const name = names.get(query.name) ?? query.name;
    const sinks = sinksOf(query).map((sink): SinkNames => {
      const type = module.names.name(`${typeNameFrom(sink.name)}Row`, runtimeWords).text;
      const write = module.names.name(`write${typeNameFrom(sink.name)}`, runtimeWords).text;
      statements.push(rowInterface(sink, type, "row"), encoder({ name: sink.name, output: writtenColumns(sink) }, type, write, nestedEncoder(settings.serializer, sink.name, module), module, uses, showsPacked(query, sink)));
      return { sink, type, write };
    });
    const definition = queryDefinition(query, sinks, module, source, { ...settings, lateType: (name) => late.get(name)?.type ?? internalError("E9007", `the side output ${name} takes no late rows`) });
    uses.push(...definition.uses);
    statements.push(`${introduction(query, job, source)}\nexport const ${name} = ${definition.text};`);
  }
  const jobCode = jobDefinition(job, queries, names, module, late);
  uses.push(...jobCode.uses, ...usesOfConstants(module));
  const constants = module.constants.map(({ name, value }) => `const ${name} = ${value.text};`);
  statements.push(`\n/** All of the job. */\nexport const job = ${jobCode.text};`);
  const imported = imports([...uses, ...readerUses(queries, settings)], settings);
  return print(`${job.name}.ts`, [`${header(job, queries)}\n${imported}`, ...(constants.length === 0 ? [] : [`\n${constants.join("\n")}`]), ...statements, `\nawait ${callCode(runtime("runMain"), new Code("import.meta", Precedence.primary, []), new Code("job", Precedence.primary, [])).text};`]);
}

/** One `createSourceFile` for the whole module: adding statement by statement parses the file again each time. */
function print(path: string, statements: readonly (string | StatementStructures)[]): string {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, quoteKind: QuoteKind.Double },
  });
  return project.createSourceFile(path, { statements: [...statements] }).getFullText();
}

function header(job: LogicalJob, queries: readonly Emitted[]): string {
  const lines = [`Emitted from ${job.name}.sluice; change the job and run \`sluice build\`.`];
  for (const schema of job.inferred) lines.push("", ...inferredSchemaLines(schema));
  for (const query of queries) lines.push("", ...query.text);
  return lines.map((line) => `// ${commentText(line)}`.trimEnd()).join("\n");
}

/** Rows that come late for an operator, and how the module calls what belongs to them. */
interface LateNames {
  readonly rows: RowsOf;
  readonly type: string;
  readonly write: string;
}

function lateNames({ name }: SideOutput, fields: NonNullable<SideOutput["late"]>, module: ModuleScope): LateNames {
  const output = fields.map((field, at) => ({ ...field, id: at }));
  const stem = typeNameFrom(name);
  // Of `lateRows` one is a `LateRow`.
  const type = module.names.name(stem.endsWith("Rows") ? stem.slice(0, -1) : `${stem}Row`, runtimeWords).text;
  return { rows: { name, output }, type, write: module.names.name(`write${stem}`, runtimeWords).text };
}

function rowInterface(query: RowsOf, name: string, what: string): StatementStructures {
  return {
    kind: StructureKind.Interface,
    name,
    isExported: true,
    docs: [`A ${what} of ${commentText(query.name)}.`],
    properties: query.output.map((column) => ({ name: propertyName(column.name), type: tsType(column.type, column.nullable), isReadonly: true })),
  };
}

function encoder(query: RowsOf, type: string, name: string, nested: NestedEncoder, module: ModuleScope, uses: Use[], takesPacked = false): StatementStructures {
  const body = emitEncoder(query.output, nested, () => zoneArgument(module), takesPacked);
  uses.push(...body.uses, { module: "runtime", name: "type JsonWriter" });
  const parameters = [...(query.output.every((column) => column.type.kind === "null") ? [{ name: "_row", type }] : [{ name: "row", type }]), { name: "out", type: "JsonWriter" }];
  return { kind: StructureKind.Function, name, parameters, returnType: "void", statements: body.text };
}

/** Whether rows of a sink may be those of an operator that keeps them as bytes. */
function showsPacked(query: Emitted, sink: PhysicalSink): boolean {
  return query.pipelines.some((pipeline) => {
    const { producer } = pipeline;
    if ((pipeline.sink ?? sink.name) !== sink.name) return false;
    if (selectedPairs(pipeline, query) !== undefined) return true;
    if (producer.kind !== "ranked" || !givesUpserts(pipeline, query)) return false;
    return isPackedTop(topOf(query, producer.top), query);
  });
}

function sinksOf(query: Emitted): readonly PhysicalSink[] {
  return "sinks" in query ? query.sinks : [query];
}

function introduction(query: Emitted, job: LogicalJob, source: SourceText): string {
  const file = commentText(`${job.name}.sluice`);
  if ("sinks" in query) return `/** All sinks of ${file} as one query: a batch is committed when every sink has it. */`;
  return `/** The query ${commentText(query.name)}, line ${source.locate(query.span.start).line} of ${file}. */`;
}

/** The call that makes a query: `defineQuery<RankingRow>({ … })`, or `defineTogether<{ ranking: RankingRow }>({ … })` where it has several sinks. */
function queryDefinition(query: Emitted, sinks: readonly SinkNames[], module: ModuleScope, source: SourceText, settings: ModuleSettings & Pick<BuildTypes, "lateType">): Code {
  const checkpoint = emitCheckpoint(query, module);
  const outputs = sinks.map(({ sink, type }) => ({ columns: sink.output, type }));
  const build = emitBuild(query, module, source, { outputs, columnsType: (read) => settings.readerOf(query.name, read).columns, lateType: settings.lateType });
  const reads = block(readsOf(query).map((read) => [read.name, emitRead(read, new Code(settings.readerOf(query.name, read.name).reader, Precedence.primary, []), module)]));
  const sharding = emitSharding(query);
  const several = "sinks" in query;
  const trigger = emitTrigger(query.trigger, module);
  const runs: Fields = [["trigger", trigger], ...(checkpoint === undefined ? [] : [["checkpoint", checkpoint] as const]), ["reads", reads], ...(sharding === undefined ? [] : [["sharding", sharding] as const])];
  const [mode, ...sinkFields] = sinks[0] === undefined ? [] : outputFields(sinks[0], module);
  const fields: Fields = several
    ? [["name", stringCode(query.name)], ...runs, ["sinks", block(sinks.map((names) => [names.sink.name, block(outputFields(names, module))]))], ["plan", planCode(query)]]
    : [["name", stringCode(query.name)], ...(mode === undefined ? [] : [mode]), ...runs, ...sinkFields, ["plan", planCode(query)]];
  const head = block(fields);
  const method = `  build(context) {\n${build.text.replace(/^(?=.)/gm, "    ")}\n  },\n}`;
  const define = runtime(several ? "defineTogether" : "defineQuery");
  const rows = several ? `{ ${sinks.map(({ sink, type }) => `${propertyName(sink.name)}: ${type}`).join("; ")} }` : (sinks[0]?.type ?? "never");
  return new Code(`${define.text}<${rows}>(${head.text.slice(0, -1)}${method})`, Precedence.postfix, [...define.uses, ...head.uses, ...build.uses]);
}

type Fields = readonly (readonly [name: string, value: Code])[];

/** What is said of one sink; its mode first. */
function outputFields({ sink, type, write }: SinkNames, module: ModuleScope): Fields {
  const target = emitSink(sink.sink, sink.name, module, { type, columns: sink.output });
  const message = emitMessage(sink.sink.message ?? {}, sink.output, module);
  return [
    ["mode", stringCode(sink.mode)],
    ["sink", target.factory],
    ["needsCheckpoint", booleanCode(target.needsCheckpoint)],
    ["columns", emitColumns({ output: writtenColumns(sink) }, sink.sink.format)],
    ...(sink.key === undefined ? [] : [["key", arrayCode(sink.key.map(stringCode))] as const]),
    ["encodeJson", new Code(write, Precedence.primary, [])],
    ...(message.length === 0 ? [] : [["message", block(message)] as const]),
  ];
}

function planCode(query: Emitted): Code {
  return new Code(`[\n${query.text.map((line) => `  ${quote(line)},`).join("\n")}\n].join("\\n")`, Precedence.postfix, []);
}

function jobDefinition(job: LogicalJob, queries: readonly Emitted[], names: ReadonlyMap<string, string>, module: ModuleScope, late: ReadonlyMap<string, LateNames>): Code {
  const { timezone, statePartitions, watermarkPolicy, noDataBatches, compatibility } = job.options;
  const settings = objectCode([
    ["timezone", stringCode(timezone)],
    ["statePartitions", numberCode(statePartitions)],
    ["watermarkPolicy", stringCode(watermarkPolicy)],
    ["noDataBatches", booleanCode(noDataBatches)],
    ["compatibility", stringCode(compatibility)],
  ]);
  const definition = block([
    ["name", stringCode(job.name)],
    ["settings", settings],
    ["params", block(job.params.map((param) => [param.name, emitParam(param, module)]))],
    ["queries", arrayCode(queries.map((query) => new Code(names.get(query.name) ?? query.name, Precedence.primary, [])))],
    ["sideOutputs", listCode(job.sideOutputs.map((output) => emitSideOutput(output, late.get(output.name), module)))],
  ]);
  const called = callCode(runtime("defineJob"), definition);
  return new Code(called.text, called.precedence, [...called.uses, { module: "runtime", name: "runMain" }]);
}

/** An array literal; where an item is of several lines, they stand as deep as the array's own. */
function listCode(items: readonly Code[]): Code {
  if (!items.some(({ text }) => text.includes("\n"))) return arrayCode(items);
  const list = joinCode(items.map(({ text, uses }) => new Code(`  ${text.replaceAll("\n", "\n  ")},`, 0, uses)), "\n");
  return new Code(`[\n${list.text}\n]`, Precedence.primary, list.uses);
}

function readerUses(queries: readonly Emitted[], settings: ModuleSettings): readonly Use[] {
  const found: Use[] = [];
  for (const query of queries) {
    for (const read of readsOf(query)) {
      const names = settings.readerOf(query.name, read.name);
      found.push({ module: "reader", name: names.reader }, { module: "reader", name: `type ${names.columns}` });
    }
  }
  return found;
}
