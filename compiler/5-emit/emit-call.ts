import { fieldFromUser } from "../catalog/expressions/border/from-user.ts";
import { argumentCode, emitArgument } from "../catalog/expressions/border/emit-argument.ts";
import { emitExpr } from "../catalog/expressions/emit-expr.ts";
import { callCode, code, method } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { numberCode, stringCode } from "../code/literal.ts";
import { runtime } from "../code/runtime-name.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { Expr } from "../ir/expr/expr.ts";
import type { BatchCall } from "../ir/physical/physical.ts";
import type { Block } from "./block.ts";
import type { ColumnAccess } from "./emit-rows.ts";
import { callOf, variableOf, type QueryScope } from "./query-scope.ts";
import type { RowEnvironment } from "./row-environment.ts";

/** `const enrichRows: Parameters<typeof enrich>[0][] = [];` */
export function declareCall(body: Block, call: BatchCall, scope: QueryScope): void {
  const row = call.how === "transform" ? "[0][number]" : "[0]";
  body.line(code`const ${variableOf(scope, "call", call.id)}: Parameters<typeof ${scope.module.userFunction(call.fn)}>${new Code(row, 0, [])}[] = [];`);
}

/** Keeps what the function is to be given of the row at hand. */
export function emitCallRow(id: string, argument: Expr, scope: QueryScope, env: RowEnvironment, body: Block): void {
  const { fn, how } = callOf(scope.query, id);
  const [parameter] = fn.parameters;
  // Of a batch's rows each is an element of the parameter.
  const shape = how === "transform" && parameter?.shape.kind === "array" ? parameter.shape.element : parameter?.shape;
  if (parameter === undefined || shape === undefined) return internalError("E9007", `the function ${fn.name} takes no rows`);
  const taker = { ...fn, parameters: [{ ...parameter, shape }] };
  const row = emitArgument(argument, 0, taker, env) ?? argumentCode(emitExpr(argument, env), argument, 0, taker);
  body.line(code`${method(variableOf(scope, "call", id), "push", row)};`);
}

/** The rows that the function gives for those that were kept, which are forgotten: `await mapAsync(enrich, enrichRows.splice(0), "enrich")`. */
export function calledRows(id: string, scope: QueryScope): Code {
  const { fn, how } = callOf(scope.query, id);
  const rows = method(variableOf(scope, "call", id), "splice", numberCode(0));
  const called = callCode(runtime(how === "transform" ? "transformRows" : "mapAsync"), scope.module.userFunction(fn), rows, stringCode(fn.name));
  return new Code(`await ${called.text}`, Precedence.unary, called.uses);
}

/** How a row that the function gave has a column, under the columns of this use. */
export function calledAccess(id: string, scope: QueryScope): ColumnAccess {
  const { returns, name } = callOf(scope.query, id).fn;
  const { shape } = returns;
  if (shape.kind !== "record") return internalError("E9007", `the function ${name} gives no records`);
  return (column) => fieldFromUser(new Code("row", Precedence.primary, []), column, shape, name);
}
