import { findSink, findSource } from "../catalog/connectors/registry.ts";
import { emitExpr } from "../catalog/expressions/emit-expr.ts";
import { arrayCode, arrow, callCode, code, joinCode, objectCode } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { refersTo } from "../code/refers-to.ts";
import { bigintCode, booleanCode, falseCode, numberCode, stringCode, trueCode } from "../code/literal.ts";
import { runtime } from "../code/runtime-name.ts";
import { typeDescriptorCode } from "../catalog/types/type-descriptor-code.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import { columnRef } from "../ir/expr/build.ts";
import { transformExpr, visitExpr } from "../ir/expr/walk.ts";
import type { Expr } from "../ir/expr/expr.ts";
import type { MalformedPolicy, OptionData, OptionValue } from "../ir/logical/input.ts";
import type { Param, SideOutput, SinkTarget, Trigger } from "../ir/logical/job.ts";
import type { PhysicalSink, Read } from "../ir/physical/physical.ts";
import { stringType, typeText, type TypeKind } from "../ir/types/data-type.ts";
import { giveCode, type GivenRows } from "./emit-given-row.ts";
import { durationCode } from "./duration-code.ts";
import { layOut } from "../code/lay-out.ts";
import type { ModuleScope } from "./module-scope.ts";
import { textProperty } from "./object-member.ts";
import { paramCode } from "./param-code.ts";
import { RowEnvironment } from "./row-environment.ts";

const paramsName = new Code("params", Precedence.primary, []);

/** Code over the job's params, evaluated at start; constants stay constants. */
function startCode(expr: Expr, module: ModuleScope): Code {
  const params = new Map<string, { code: Code; nullable: boolean }>();
  visitExpr(expr, (node) => {
    if (node.kind === "ParamRef") params.set(node.name, { code: paramCode(node, paramsName), nullable: node.nullable });
  });
  return emitExpr(expr, new RowEnvironment(module, module.names, params)).code;
}

/** `(params) => body`, or `() => body` where nothing depends on a param. */
function overParams(body: Code): Code {
  return arrow(refersTo(body, "params") ? [paramsName] : [], body);
}

type Members = readonly (readonly [name: string, value: Code])[];

/** How a sink's files are written, where that is not the usual way. */
function writtenAs(target: SinkTarget, usual: string | undefined, module: ModuleScope): Members {
  const { format, formatOptions = {}, partitionBy } = target;
  // What writes a message in Avro is given as a whole.
  if (format === "avro" && formatOptions["wire"] !== undefined) return [["format", stringCode(format)], ["encoder", avroEncoder(target, module)]];
  return [
    ...(format === undefined || format === usual ? [] : [["format", stringCode(format)] as const]),
    ...Object.entries(formatOptions).map(([name, value]) => [name, typeof value === "boolean" ? booleanCode(value) : stringCode(String(value))] as const),
    ...(partitionBy === undefined ? [] : [["partitionBy", arrayCode(partitionBy.map(stringCode))] as const]),
  ];
}

/** A connector's factory with its options, behind what stands first: the name of what is known by name (a queue, a memory table), a user's code. */
function connectorCode(factory: string, entry: string, first: readonly Code[], options: readonly OptionValue[], module: ModuleScope, more: Members = []): Code {
  const members = [...options.map(({ name: option, value, data }): Members[number] => [option, data === undefined ? startCode(value, module) : dataCode(data)]), ...more];
  const args = [...first, ...(members.length === 0 ? [] : [layOut(members)])];
  return callCode(runtime(factory, `runtime/connectors/${entry}`), ...args);
}

/** Constants in arrays: `[["bids", [0, 1]]]`. */
function dataCode(data: OptionData): Code {
  if (typeof data === "string") return stringCode(data);
  if (typeof data === "object") return arrayCode(data.map(dataCode));
  return typeof data === "bigint" ? bigintCode(data) : numberCode(data);
}

/** How a registry of schemas is reached, by the names that the runtime gives its options. */
function registryCode(options: readonly OptionValue[], module: ModuleScope): Code {
  const names: Readonly<Record<string, string>> = { registry: "url", registryUser: "user", registryPassword: "password", registryToken: "token" };
  return objectCode(options.map(({ name, value }) => [names[name] ?? name, startCode(value, module)]));
}

/** What writes whole rows as messages in Avro. */
function avroEncoder({ formatOptions = {}, registry }: SinkTarget, module: ModuleScope): Code {
  const constants = ["wire", "schema", "subject"].flatMap((name) => (typeof formatOptions[name] === "string" ? [[name, stringCode(formatOptions[name])] as const] : []));
  return callCode(runtime("avroMessages", "runtime/avro"), objectCode([...constants, ...(registry === undefined ? [] : [["registry", registryCode(registry, module)] as const])]));
}

/** One entry of a definition's `reads`. */
export function emitRead(read: Read, reader: Code, module: ModuleScope): Code {
  const { input } = read;
  const source = findSource(input.connector);
  if (source === undefined || source === "later") return internalError("E9004", `the source ${input.connector} is bound but not in the catalogue`);
  const positions = new Set(source.options.flatMap(({ name, position }) => (position === undefined ? [] : [name])));
  const imported = (input.imported ?? []).map(({ name, ref }) => [name, module.userFunction(ref)] as const);
  const first = [...(input.connector === "queue" || source.isNamed === true ? [stringCode(input.name)] : []), ...imported.flatMap(([name, value]) => (positions.has(name) ? [value] : []))];
  const connector = connectorCode(source.factory, input.connector, first, input.options, module, imported.filter(([name]) => !positions.has(name)));
  return block([
    ["input", stringCode(input.name)],
    ["bounded", booleanCode(input.bounded)],
    ["connector", overParams(connector)],
    ["format", stringCode(input.format ?? source.ownFormat ?? source.formats[0] ?? "text")],
    ["reader", reader],
    ...(input.registry === undefined ? [] : [["registry", overParams(registryCode(input.registry, module))] as const]),
    ["malformed", textProperty(read.name, malformedCode(input.malformed))],
    ...(read.uses === 1 ? [] : [["uses", numberCode(read.uses)] as const]),
  ]);
}

function malformedCode(policy: MalformedPolicy): Code {
  return policy.kind === "into" ? objectCode([["into", stringCode(policy.sideOutput)]]) : stringCode(policy.kind);
}

/** Where rows go: `() => memorySink("urlranks")`. A user's code is given what `rows` has as it takes it. */
export function emitSink(target: SinkTarget, name: string, module: ModuleScope, rows?: GivenRows): { readonly factory: Code; readonly needsCheckpoint: boolean } {
  const sink = findSink(target.connector);
  if (sink === undefined || sink === "later") return internalError("E9004", `the sink ${target.connector} is bound but not in the catalogue`);
  const { writer } = target;
  const known = target.connector === "memory" ? [stringCode(name)] : writer === undefined || rows === undefined ? [] : [module.userFunction(writer.ref), giveCode(writer, rows, module)];
  const kinds: Members = writer?.kinds === true ? [["kinds", trueCode]] : [];
  return { factory: overParams(connectorCode(sink.factory, sink.entry ?? target.connector, known, target.options, module, [...writtenAs(target, sink.ofMessages === true ? undefined : sink.formats[0], module), ...kinds])), needsCheckpoint: sink.needsCheckpoint };
}

export function emitTrigger(trigger: Trigger, module: ModuleScope): Code {
  switch (trigger.kind) {
    case "asap":
      return arrow([], runtime("asap"));
    case "once":
      return arrow([], runtime("once"));
    case "available now":
      return arrow([], runtime("availableNow"));
    case "every":
    case "continuous": {
      const { interval, kind } = trigger;
      const length = interval.kind === "Literal" && typeof interval.value === "number" ? durationCode(interval.value) : startCode(interval, module);
      return overParams(callCode(runtime(kind), length));
    }
  }
}

export function emitCheckpoint(query: { readonly checkpoint: Expr | undefined }, module: ModuleScope): Code | undefined {
  return query.checkpoint === undefined ? undefined : overParams(startCode(query.checkpoint, module));
}

/** One entry of a job's `params`. */
export function emitParam(param: Param, module: ModuleScope): Code {
  const fields: (readonly [string, Code])[] = [["type", stringCode(`${typeText(param.type)}${param.nullable ? "?" : ""}`)]];
  if (param.default !== undefined) fields.push(["default", defaultCode(param.default, module)]);
  return objectCode(fields);
}

/** `env("NAME", default)` reads a variable when the job starts; what surrounds it is evaluated then too. */
function defaultCode(expr: Expr, module: ModuleScope): Code {
  const scope = module.names.child();
  const env = scope.name("env");
  const row = new RowEnvironment(module, scope, new Map());
  let reads = 0;
  const bound = transformExpr(expr, (node) => {
    if (node.kind !== "Call" || node.name !== "env") return node;
    const [name, fallback] = node.args;
    if (name === undefined) return internalError("E9003", "env without a name");
    const id = -1 - reads++;
    const variable = callCode(env, emitExpr(name, row).code);
    const value = fallback === undefined ? callCode(runtime("requiredVariable"), env, emitExpr(name, row).code) : code`${variable} ?? ${emitExpr(fallback, row).code}`;
    row.bind(id, { code: new Code(value.text, fallback === undefined ? Precedence.postfix : Precedence.nullish, value.uses), nullable: false });
    return columnRef(id, "variable", stringType, false);
  });
  return arrow(reads === 0 ? [] : [env], emitExpr(bound, row).code);
}

/** Formats with types of their own, whose files are declared as the columns are. */
const typedFormats: ReadonlySet<string> = new Set(["avro", "parquet"]);
const nestedKinds: ReadonlySet<TypeKind> = new Set(["array", "map", "record"]);

/** Columns of a query's output as its definition lists them. */
export function emitColumns(query: Pick<PhysicalSink, "output">, format: string | undefined): Code {
  const items = query.output.map((column) => {
    const shape = typedFormats.has(format ?? "") && nestedKinds.has(column.type.kind) ? [["shape", typeDescriptorCode(column.type, column.nullable)] as const] : [];
    return objectCode([["name", stringCode(column.name)], ["type", stringCode(typeText(column.type))], ["nullable", column.nullable ? trueCode : falseCode], ...shape]);
  });
  const list = code`[\n  ${joinCode(items, ",\n  ")},\n]`;
  return items.length === 0 ? arrayCode([]) : new Code(list.text, Precedence.primary, list.uses);
}

/** The late rows that a side output takes: their columns, and the function that writes one as JSON. */
interface LateRows {
  readonly rows: Pick<PhysicalSink, "output">;
  readonly write: string;
}

/** One entry of a job's `sideOutputs`. */
export function emitSideOutput(output: SideOutput, late: LateRows | undefined, module: ModuleScope): Code {
  const sink = emitSink(output.sink, output.name, module);
  if (late !== undefined) {
    const rows = block([["columns", emitColumns(late.rows, output.sink.format)], ["encodeJson", new Code(late.write, Precedence.primary, [])]]);
    return block([["name", stringCode(output.name)], ["late", rows], ["sink", sink.factory], ["needsCheckpoint", booleanCode(sink.needsCheckpoint)]]);
  }
  return objectCode([["name", stringCode(output.name)], ["sink", sink.factory], ["needsCheckpoint", booleanCode(sink.needsCheckpoint)]]);
}

/** An object literal with one field a line. */
export function block(fields: readonly (readonly [string, Code])[]): Code {
  const lines = fields.map((field) => {
    const one = objectCode([field]);
    return new Code(`  ${one.text.slice(2, -2).replace(/\n/g, "\n  ")},`, 0, one.uses);
  });
  const joined = joinCode(lines, "\n");
  return new Code(lines.length === 0 ? "{}" : `{\n${joined.text}\n}`, Precedence.primary, joined.uses);
}

