import { IndentationText, Project, QuoteKind, StructureKind, type StatementStructures } from "ts-morph";
import { zoneArgument } from "../catalog/functions/zone-code.ts";
import { arrayCode, callCode, objectCode, propertyName } from "../code/build.ts";
import { Code, Precedence, type Use } from "../code/code.ts";
import { booleanCode, commentText, numberCode, quote, stringCode } from "../code/literal.ts";
import { runtime } from "../code/runtime-name.ts";
import { typeNameFrom } from "../code/scope.ts";
import { inferredSchemaLines } from "../ir/logical/inferred-schema-text.ts";
import type { LogicalJob } from "../ir/logical/job.ts";
import type { PhysicalQuery } from "../ir/physical/physical.ts";
import type { SourceText } from "../source/source-text.ts";
import { block, emitCheckpoint, emitColumns, emitParam, emitRead, emitSideOutput, emitSink, emitTrigger } from "./emit-definition.ts";
import { emitEncoder, type NestedEncoder } from "./emit-encoder.ts";
import { emitBuild } from "./emit-query.ts";
import type { EmittedSerializer } from "./serializer/emit-serializer.ts";
import { nestedEncoder } from "./serializer/nested-encoder.ts";
import { imports, type Specifiers } from "./imports.ts";
import { ModuleScope, usesOfConstants } from "./module-scope.ts";
import { runtimeWords } from "./runtime-words.ts";
import { tsType } from "./value-type.ts";

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

/** The text of `NAME.ts`: a definition for each query, and the job that holds them. */
export function emitModule(job: LogicalJob, queries: readonly PhysicalQuery[], source: SourceText, settings: ModuleSettings): string {
  const module = new ModuleScope(job.functions, job.options.timezone);
  const names = new Map(queries.map((query) => [query.name, module.names.name(query.name, runtimeWords).text]));
  const uses: Use[] = [];
  const statements: (string | StatementStructures)[] = [];
  for (const query of queries) {
    const name = names.get(query.name) ?? query.name;
    const type = module.names.name(`${typeNameFrom(query.name)}Row`, runtimeWords).text;
    const write = module.names.name(`write${typeNameFrom(query.name)}`, runtimeWords).text;
    statements.push(rowInterface(query, type), encoder(query, type, write, nestedEncoder(settings.serializer, query.name, module), module, uses));
    const definition = queryDefinition(query, type, write, module, source, settings);
    uses.push(...definition.uses);
    statements.push(
      `/** The query ${commentText(query.name)}, line ${source.locate(query.span.start).line} of ${commentText(`${job.name}.sluice`)}. */\nexport const ${name} = defineQuery<${type}>(${definition.text});`,
    );
  }
  const jobCode = jobDefinition(job, queries, names, module);
  uses.push(...jobCode.uses, ...usesOfConstants(module), { module: "runtime", name: "defineQuery" });
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

function header(job: LogicalJob, queries: readonly PhysicalQuery[]): string {
  const lines = [`Emitted from ${job.name}.sluice; change the job and run \`sluice build\`.`];
  for (const schema of job.inferred) lines.push("", ...inferredSchemaLines(schema));
  for (const query of queries) lines.push("", ...query.text);
  return lines.map((line) => `// ${commentText(line)}`.trimEnd()).join("\n");
}

function rowInterface(query: PhysicalQuery, name: string): StatementStructures {
  return {
    kind: StructureKind.Interface,
    name,
    isExported: true,
    docs: [`A row of ${commentText(query.name)}.`],
    properties: query.output.map((column) => ({ name: propertyName(column.name), type: tsType(column.type, column.nullable), isReadonly: true })),
  };
}

function encoder(query: PhysicalQuery, type: string, name: string, nested: NestedEncoder, module: ModuleScope, uses: Use[]): StatementStructures {
  const body = emitEncoder(query.output, nested, () => zoneArgument(module));
  uses.push(...body.uses, { module: "runtime", name: "type JsonWriter" });
  const parameters = [...(query.output.every((column) => column.type.kind === "null") ? [{ name: "_row", type }] : [{ name: "row", type }]), { name: "out", type: "JsonWriter" }];
  return { kind: StructureKind.Function, name, parameters, returnType: "void", statements: body.text };
}

function queryDefinition(query: PhysicalQuery, type: string, encode: string, module: ModuleScope, source: SourceText, settings: ModuleSettings): Code {
  const sink = emitSink(query.sink, query.name, module);
  const checkpoint = emitCheckpoint(query, module);
  const build = emitBuild(query, module, source, type, (read) => settings.readerOf(query.name, read).columns);
  const reads = query.pipelines.flatMap((pipeline) => (pipeline.producer.kind === "read" ? [pipeline.producer.read] : []));
  const fields: (readonly [string, Code])[] = [
    ["name", stringCode(query.name)],
    ["mode", stringCode(query.mode)],
    ["trigger", emitTrigger(query.trigger, module)],
    ...(checkpoint === undefined ? [] : [["checkpoint", checkpoint] as const]),
    ["reads", block(reads.map((read) => [read.name, emitRead(read, new Code(settings.readerOf(query.name, read.name).reader, Precedence.primary, []), module)]))],
    ["sink", sink.factory],
    ["needsCheckpoint", booleanCode(sink.needsCheckpoint)],
    ["columns", emitColumns(query)],
    ...(query.key === undefined ? [] : [["key", arrayCode(query.key.map(stringCode))] as const]),
    ["encodeJson", new Code(encode, Precedence.primary, [])],
    ["plan", planCode(query)],
  ];
  const head = block(fields);
  const method = new Code(`  build(context) {\n${build.text.replace(/^(?=.)/gm, "    ")}\n  },\n}`, 0, build.uses);
  return new Code(`${head.text.slice(0, -1)}${method.text}`, 0, [...head.uses, ...method.uses]);
}

function planCode(query: PhysicalQuery): Code {
  return new Code(`[\n${query.text.map((line) => `  ${quote(line)},`).join("\n")}\n].join("\\n")`, Precedence.postfix, []);
}

function jobDefinition(job: LogicalJob, queries: readonly PhysicalQuery[], names: ReadonlyMap<string, string>, module: ModuleScope): Code {
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
    ["sideOutputs", arrayCode(job.sideOutputs.map((output) => emitSideOutput(output, module)))],
  ]);
  const called = callCode(runtime("defineJob"), definition);
  return new Code(called.text, called.precedence, [...called.uses, { module: "runtime", name: "runMain" }]);
}

function readerUses(queries: readonly PhysicalQuery[], settings: ModuleSettings): readonly Use[] {
  const found: Use[] = [];
  for (const query of queries) {
    for (const { producer } of query.pipelines) {
      if (producer.kind !== "read") continue;
      const names = settings.readerOf(query.name, producer.read.name);
      found.push({ module: "reader", name: names.reader }, { module: "reader", name: `type ${names.columns}` });
    }
  }
  return found;
}
