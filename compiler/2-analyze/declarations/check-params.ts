import { canCast, isImplicit } from "../../catalog/types/index.ts";
import { badDefault, typeMismatch } from "../../diagnostics/catalogue/types.ts";
import type { ParamStatement } from "../../ir/ast/statement.ts";
import { cast } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { visitExpr } from "../../ir/expr/walk.ts";
import type { Param } from "../../ir/logical/job.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { typeText } from "../../ir/types/data-type.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { coerce } from "../expressions/coerce.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import { emptyScope } from "../expressions/scope.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { JobContext } from "../job-context.ts";
import { resolveType } from "./resolve-type.ts";

/** Checks a param: its type, and a default that fits it. A default from the environment is a text that is converted at start. */
export function checkParam(statement: ParamStatement, job: JobContext): Param {
  const { type, nullable } = resolveType(statement.type, job.types);
  const param: Param = { name: statement.name.text, type, nullable, default: undefined, span: statement.name.span };
  if (!isReadable(type)) {
    job.report(badDefault({ message: `a param cannot be ${typeWords(type)}` }).at(statement.type.span).labelled("must be given as one text").helped("use string, boolean, a number, a date, a timestamp or a duration"));
    return { ...param, type: { kind: "error" } };
  }
  if (statement.value === undefined) return param;
  const value = bindExpr(statement.value, { ...rowContext(job, emptyScope), place: "default" });
  if (isPoisoned(value) || type.kind === "error") return param;
  if (value.kind === "Literal" && value.value === null && !nullable) {
    job.report(typeMismatch({ expected: typeWords(type), found: "null" }).at(statement.value.span).helped(`declare the param as \`${typeText(type)}?\``));
    return param;
  }
  const fits = fromEnvironment(value) ? canCast(value.type, type) !== "never" || type.kind === "duration" : (isImplicit(value.type, type) || (value.type.kind === "double" && type.kind === "float")) && (value.type.kind === "string") === (type.kind === "string");
  if (!fits && value.type.kind !== "null") {
    job.report(typeMismatch({ expected: typeWords(type), found: typeWords(value.type) }).at(statement.value.span).also(statement.type.span, "declared here"));
    return param;
  }
  return { ...param, default: fromEnvironment(value) && type.kind !== "string" ? cast(value, type, false, value.origin) : coerce(value, type) };
}

function fromEnvironment(expr: Expr): boolean {
  let found = false;
  visitExpr(expr, (node) => {
    if (node.kind === "Call" && node.name === "env") found = true;
  });
  return found;
}

function isReadable(type: DataType): boolean {
  return type.kind !== "array" && type.kind !== "map" && type.kind !== "record" && type.kind !== "binary" && type.kind !== "null";
}
