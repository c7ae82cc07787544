import { internalError } from "../../diagnostics/internal-error.ts";
import { differsOnSpark, notOnSpark } from "../../diagnostics/catalogue/spark-expressions.ts";
import { literals } from "../../ir/expr/build.ts";
import { callsUser } from "../../ir/expr/calls-user.ts";
import type { Call, Case, ColumnId, Expr } from "../../ir/expr/expr.ts";
import { conditionsOfCalls, guardOf, type ConditionsOfCalls } from "../functions/reach.ts";
import { writeCall } from "../functions/write-call.ts";
import { type Py, pyCall, pyConstant, pyMethod, pyName, pyText } from "../python/py.ts";
import type { SparkContext } from "../spark-context.ts";
import { castDiffers, castOf } from "./cast-of.ts";
import { castTypeOf } from "./cast-type.ts";
import { quotedName } from "./ddl-of.ts";
import { callFunction } from "./functions/call-function.ts";
import type { FunctionForm, WritingServices } from "./functions/function-form.ts";
import { findFunctionForm } from "./functions/registry.ts";
import { literalOf, plainLiteral } from "./literal-of.ts";
import { javaPattern } from "./regex/java-pattern.ts";

/**
 * An expression of a plan as a pyspark Column; `names` are the columns of the frame that it reads. What Spark has not is told (E4120, E4121), and what it does
 * otherwise (W4120); a null stands in for what is not carried over.
 */
export function columnOf(expr: Expr, names: ReadonlyMap<ColumnId, string>, context: SparkContext): Py {
  return write(expr, names, context, callsUser(expr) ? conditionsOfCalls(expr) : new Map());
}

/** `conditions`: those under which the whole expression calls imported functions. */
function write(expr: Expr, names: ReadonlyMap<ColumnId, string>, context: SparkContext, conditions: ConditionsOfCalls): Py {
  const column = (inner: Expr): Py => write(inner, names, context, conditions);
  const services: WritingServices = {
    context,
    names,
    column,
    operand: (inner) => (inner.kind === "Literal" ? plainLiteral(inner.value, inner.type) : undefined) ?? column(inner),
  };
  switch (expr.kind) {
    case "Literal":
      return literalOf(expr.value, expr.type);
    case "ColumnRef":
      return namedColumn(names.get(expr.id) ?? internalError("E9007", `the frame has no column \`${expr.name}\``));
    case "ParamRef":
      return pyMethod(pyName("run"), "param", [pyText(expr.name)]);
    case "FieldAccess":
      return pyMethod(services.column(expr.input), "getField", [pyText(expr.field)]);
    case "Cast": {
      const reason = expr.input.kind === "Literal" ? undefined : castDiffers(expr.input.type, expr.type);
      if (reason !== undefined) context.tell(differsOnSpark({ name: "cast", reason }).at(expr.origin ?? context.at));
      return castOf(services.column(expr.input), expr.input.type, expr.type, expr.safe);
    }
    case "Case":
      return caseOf(expr, services);
    case "MakeRecord": {
      const fields = expr.type.kind === "record" ? expr.type.fields : [];
      return pyCall(pyName("F.struct"), expr.values.map((value, at) => pyMethod(services.column(value), "alias", [pyText(fields[at]?.name ?? "")])));
    }
    case "MakeArray": {
      const array = pyCall(pyName("F.array"), expr.items.map(services.column));
      return expr.items.length === 0 ? pyMethod(array, "cast", [castTypeOf(expr.type)]) : array;
    }
    case "Call":
      return callOf(expr, services);
    case "UserCall": {
      const under = conditions.get(expr);
      return writeCall(expr, under === undefined ? undefined : guardOf(under, column), column, context.functions);
    }
  }
}

/** `F.col("name")`; what Spark would read as more than a name stands in backticks. */
export function namedColumn(name: string): Py {
  return pyCall(pyName("F.col"), [pyText(/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : quotedName(name))]);
}

function caseOf({ clauses, otherwise }: Case, { column }: WritingServices): Py {
  const [first, ...rest] = clauses;
  if (first === undefined) return otherwise === undefined ? pyCall(pyName("F.lit"), [pyConstant(null)]) : column(otherwise);
  const chain = rest.reduce((all, { when, then }) => pyMethod(all, "when", [column(when), column(then)]), pyCall(pyName("F.when"), [column(first.when), column(first.then)]));
  return otherwise === undefined ? chain : pyMethod(chain, "otherwise", [column(otherwise)]);
}

function callOf(call: Call, services: WritingServices): Py {
  const { context } = services;
  const at = call.origin ?? context.at;
  const form = findFunctionForm(call.name) ?? internalError("E9002", `no form of \`${call.name}\` for Spark`);
  const refusal = form.kind === "refused" ? form : form.refuses?.(call);
  if (form.kind === "refused" || refusal !== undefined) {
    if (refusal !== undefined) context.tell(notOnSpark({ name: call.name, reason: refusal.reason }).at(at).helped(refusal.nearest));
    return literalOf(null, call.type);
  }
  const reason = form.warns?.(call) ?? patternReason(form, call);
  if (reason !== undefined) context.tell(differsOnSpark({ name: call.name, reason }).at(at));
  const patterns = form.patterns;
  if (form.kind === "written") return form.write(patterns === undefined ? call.args : withJavaPatterns(call.args, patterns), call, services);
  const args = patterns === undefined ? call.args : withJavaPatterns(call.args, patterns);
  if (form.kind === "sql" || args.length < form.from || args.length > form.upTo) return callFunction(form.name, args.map(services.column));
  const plain = args.map((arg, index) => (form.plain?.includes(index) === true && arg.kind === "Literal" ? plainLiteral(arg.value, arg.type) : undefined));
  // Python would take a Column there for a mistake.
  if (form.plain?.some((index) => index < args.length && plain[index] === undefined) === true) return callFunction(form.name, args.map(services.column));
  return pyCall(pyName(`F.${form.name}`), args.map((arg, index) => plain[index] ?? services.column(arg)));
}

/** Constant patterns in Java's syntax. */
function withJavaPatterns(args: readonly Expr[], patterns: readonly number[]): readonly Expr[] {
  return args.map((arg, at) => (patterns.includes(at) && arg.kind === "Literal" && typeof arg.value === "string" ? literals.string(javaPattern(arg.value).source, arg.origin) : arg));
}

function patternReason(form: FunctionForm, { args }: Call): string | undefined {
  const isRead = form.kind !== "refused" && form.patterns?.some((at) => args[at] !== undefined && args[at].kind !== "Literal") === true;
  return isRead ? "the pattern is known only when the job runs, and Spark reads it as Java's regular expressions are written, not as RE2's" : undefined;
}
