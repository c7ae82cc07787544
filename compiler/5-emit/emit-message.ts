import { emitExpr } from "../catalog/expressions/emit-expr.ts";
import type { EmittedValue } from "../catalog/expressions/environment.ts";
import { zoneArgumentFor } from "../catalog/functions/zone-code.ts";
import { arrayCode, arrow, binary, callCode, conditional, member, objectCode } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { nullCode, stringCode } from "../code/literal.ts";
import { refersTo } from "../code/refers-to.ts";
import { runtime } from "../code/runtime-name.ts";
import { isSimple } from "../code/simple.ts";
import type { Expr } from "../ir/expr/expr.ts";
import { visitExpr } from "../ir/expr/walk.ts";
import type { Column } from "../ir/logical/column.ts";
import type { MessageParts } from "../ir/logical/job.ts";
import { messageParts, type MessagePart } from "../ir/logical/message-parts.ts";
import type { DataType } from "../ir/types/data-type.ts";
import type { ModuleScope } from "./module-scope.ts";
import { RowEnvironment } from "./row-environment.ts";
import { descriptorText } from "./value-type.ts";

/** How a row becomes a message: `[["key", (row) => row.url]]`, a function for each part that the job says. */
export function emitMessage(parts: MessageParts, columns: readonly Column[], module: ModuleScope): readonly (readonly [part: string, code: Code])[] {
  return messageParts.flatMap((part) => {
    const expr = parts[part];
    return expr === undefined ? [] : [[part, partCode(part, expr, parts, columns, module)] as const];
  });
}

function partCode(part: MessagePart, expr: Expr, parts: MessageParts, columns: readonly Column[], module: ModuleScope): Code {
  const scope = module.names.child();
  const row = scope.name("row");
  const env = new RowEnvironment(module, scope, new Map());
  // Rows of the optimized plan have the columns of the analyzed one under the same names.
  visitExpr(expr, (node) => {
    if (node.kind === "ColumnRef") env.bind(node.id, { code: member(row, node.name), nullable: columns.find(({ name }) => name === node.name)?.nullable ?? node.nullable });
  });
  const body = part === "headers" ? headersCode(expr, env, module) : part === "key" ? keyCode(expr, env, parts, module) : part === "value" ? textOrBytes(expr.type, emitExpr(expr, env), part, module) : emitExpr(expr, env).code;
  return arrow(refersTo(body, row.text) ? [row] : [], body);
}

function keyCode(expr: Expr, env: RowEnvironment, { isUpsert, isKeyJson }: MessageParts, module: ModuleScope): Code {
  const key = emitExpr(expr, env);
  const written = isKeyJson === true ? asJson(expr.type, key, "key", module) : textOrBytes(expr.type, key, "key", module);
  return isUpsert === true && key.nullable ? binary("??", written, stringCode("null")) : written;
}

/** A text or bytes as they are; anything else as JSON. */
function textOrBytes(type: DataType, value: EmittedValue, hint: string, module: ModuleScope): Code {
  return type.kind === "string" || type.kind === "binary" || type.kind === "null" ? value.code : asJson(type, value, hint, module);
}

function asJson(type: DataType, { code }: EmittedValue, hint: string, module: ModuleScope): Code {
  const made = callCode(runtime("jsonTextOf"), new Code(descriptorText(type, false), Precedence.primary, []), ...zoneArgumentFor(type, module));
  return callCode(module.constant(`${hint}Json`, made), code);
}

/** Headers are pairs; the fields of a record and the entries of a map become some. */
function headersCode(expr: Expr, env: RowEnvironment, module: ModuleScope): Code {
  const { type } = expr;
  if (expr.kind === "MakeRecord" && type.kind === "record") {
    return arrayCode(type.fields.map(({ name }, at) => pair(stringCode(name), emitted(expr.values[at], env))));
  }
  const value = emitExpr(expr, env);
  if (type.kind !== "map" && type.kind !== "record") return value.code;
  const of = (given: Code): Code => (type.kind === "record" ? arrayCode(type.fields.map(({ name }) => pair(stringCode(name), member(given, name)))) : callCode(new Code("Array.from", Precedence.postfix, []), given, entryPair(module)));
  if (!value.nullable) return of(value.code);
  if (isSimple(value.code)) return conditional(binary("===", value.code, nullCode), nullCode, of(value.code));
  const headers = env.localName("headers");
  return callCode(runtime("ifPresent"), value.code, arrow([headers], of(headers)));
}

function emitted(expr: Expr | undefined, env: RowEnvironment): Code {
  return expr === undefined ? nullCode : emitExpr(expr, env).code;
}

function pair(key: Code, value: Code): Code {
  return objectCode([["key", key], ["value", value]]);
}

/** `([key, value]) => ({ key, value })`. */
function entryPair(module: ModuleScope): Code {
  const scope = module.names.child();
  const [key, value] = [scope.name("key"), scope.name("value")];
  return arrow([new Code(`[${key.text}, ${value.text}]`, Precedence.primary, [])], pair(key, value));
}
