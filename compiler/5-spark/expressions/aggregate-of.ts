import { internalError } from "../../diagnostics/internal-error.ts";
import { distinctOnSpark, notOnSpark, orderOnSpark, userAggregateOnSpark } from "../../diagnostics/catalogue/spark-expressions.ts";
import type { AggregateCall } from "../../ir/expr/aggregate-call.ts";
import { call as callOf, caseWhen, literal } from "../../ir/expr/build.ts";
import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import { arrayType, booleanType, doubleType, sameType } from "../../ir/types/data-type.ts";
import { type Py, pyBinary, pyCall, pyConstant, pyMethod, pyName, pyText } from "../python/py.ts";
import type { SparkContext } from "../spark-context.ts";
import type { AggregateForm } from "./aggregates/aggregate-form.ts";
import { settingText } from "./aggregates/setting-text.ts";
import { findAggregateForm } from "./aggregates/registry.ts";
import { castDiffers } from "./cast-of.ts";
import { castTypeOf, plainTypeText } from "./cast-type.ts";
import { columnOf } from "./column-of.ts";
import { countOfRows } from "./count-of-rows.ts";
import { quotedName } from "./ddl-of.ts";
import { callFunction } from "./functions/call-function.ts";
import { literalOf, plainLiteral } from "./literal-of.ts";

/**
 * An aggregate as a pyspark Column for `agg`. A condition makes null what the aggregate then leaves out. `streaming` says whether the rows are a stream's, which
 * come in no order that Spark keeps; neither do those of a table. Told are imported aggregates (E4120), forms that Spark has not (E4121, E4122) and what goes by
 * the order of arrival (W4121).
 */
export function aggregateOf(call: AggregateCall, names: ReadonlyMap<ColumnId, string>, context: SparkContext, streaming: boolean): Py {
  const at = call.origin ?? context.at;
  if (call.user !== undefined) {
    context.tell(userAggregateOnSpark({ name: call.name }).at(at).helped("say the same with built-in aggregates, or run the job on Node"));
    return literalOf(null, call.type);
  }
  const form = findAggregateForm(call.name) ?? internalError("E9002", `no form of the aggregate \`${call.name}\` for Spark`);
  const isSettled = call.name === "mode" && call.args[1]?.kind === "Literal" && call.args[1].value === true;
  if (form.order !== undefined && !isSettled) context.tell(orderOnSpark({ name: call.name, reason: `${form.order.reason}${streaming ? "" : ", for files are read beside each other"}` }).at(at).helped(form.order.nearest));
  const column = (expr: Expr): Py => columnOf(expr, names, context);
  if (call.distinct && form.ignoresDuplicates !== true) return distinctOf(call, form, names, context, column);
  switch (form.writer) {
    case "count":
      return countOf(call, column);
    case "count_if": {
      const [condition] = call.args;
      const both = call.where === undefined || condition === undefined ? condition : callOf("and", [call.where, condition], booleanType, true, "immutable");
      return pyCall(pyName("F.count_if"), both === undefined ? [] : [column(both)]);
    }
    case "first or last":
      return firstOrLast(call, form, column);
    case "percentile_disc":
      return inSql(call, names, (value, rest) => `percentile_disc(${rest}) WITHIN GROUP (ORDER BY ${value})`) ?? refuse(call, context);
    case "percentile_approx":
      return percentileOf(call, form, column);
    case "corr":
      return correlationOf(conditioned(call, form).map(column));
    default:
      return plainCall(form.name, form, conditioned(call, form), column);
  }
}

/** The arguments, the one that decides made null where the condition does not hold. */
function conditioned(call: AggregateCall, form: AggregateForm): readonly Expr[] {
  const { where } = call;
  if (where === undefined) return call.args;
  return call.args.map((arg, at) => (at === (form.conditionOn ?? 0) ? caseWhen([{ when: where, then: arg }], undefined, arg.type, arg.origin) : arg));
}

function plainCall(name: string, form: AggregateForm, args: readonly Expr[], column: (expr: Expr) => Py): Py {
  const plain = args.map((arg, at) => (form.plain?.includes(at) === true && arg.kind === "Literal" ? plainLiteral(arg.value, arg.type) : undefined));
  const isPlain = form.plain?.every((at) => at >= args.length || plain[at] !== undefined) !== false && (form.columns === undefined || args.length <= form.columns);
  if (!isPlain) return callFunction(form.name, args.map(column));
  return pyCall(pyName(`F.${name}`), args.map((arg, at) => plain[at] ?? column(arg)));
}

function countOf(call: AggregateCall, column: (expr: Expr) => Py): Py {
  const [first] = call.args;
  if (first === undefined) return call.where === undefined ? countOfRows() : pyCall(pyName("F.count_if"), [column(call.where)]);
  const args = conditioned(call, { name: "count" }).map(column);
  return args.length === 1 ? pyCall(pyName("F.count"), args) : callFunction("count", args);
}

/** Spark's own fails in ANSI mode, for a division by zero, where all values of one side are equal; there is no correlation then. */
function correlationOf(sides: readonly Py[]): Py {
  const of = (name: string): Py => pyCall(pyName(`F.${name}`), sides);
  return pyCall(pyName("F.try_divide"), [of("regr_sxy"), pyCall(pyName("F.sqrt"), [pyBinary("*", of("regr_sxx"), of("regr_syy"))])]);
}

/** Its result has the type of the argument as it was before its conversion to double, which Spark makes by itself. */
function percentileOf(call: AggregateCall, form: AggregateForm, column: (expr: Expr) => Py): Py {
  const wanted = call.type.kind === "array" ? call.type.element : call.type;
  const args = call.args.map((arg, at) => (at === 0 && arg.kind === "Cast" && sameType(arg.input.type, wanted) ? arg.input : at === 1 ? ofDoubles(arg) : arg));
  const isOfType = args[0] !== undefined && sameType(args[0].type, wanted);
  const value = plainCall(form.name, form, conditioned({ ...call, args }, form), column);
  return isOfType ? value : pyMethod(value, "cast", [castTypeOf(call.type)]);
}

/** No shares at all are an array of doubles too. */
function ofDoubles(expr: Expr): Expr {
  return expr.type.kind === "array" && expr.type.element.kind === "null" && (expr.kind === "Literal" || expr.kind === "MakeArray") ? literal([], arrayType(doubleType, false)) : expr;
}

/** With a condition the value stands in a record, which is null only where the condition does not hold: a null of the row itself is a value. */
function firstOrLast(call: AggregateCall, form: AggregateForm, column: (expr: Expr) => Py): Py {
  const [value, ignoring] = call.args;
  const ignoresNulls = ignoring?.kind === "Literal" && ignoring.value === true;
  const name = pyName(`F.${form.name}`);
  if (value === undefined) return internalError("E9002", `${call.name} without a value`);
  if (call.where === undefined) return pyCall(name, [column(value)], ignoresNulls ? { ignorenulls: pyConstant(true) } : {});
  if (ignoresNulls) return pyCall(name, conditioned(call, form).slice(0, 1).map(column), { ignorenulls: pyConstant(true) });
  const held = pyCall(pyName("F.struct"), [pyMethod(column(value), "alias", [pyText("value")])]);
  return pyMethod(pyCall(name, [pyCall(pyName("F.when"), [column(call.where), held])], { ignorenulls: pyConstant(true) }), "getField", [pyText("value")]);
}

function distinctOf(call: AggregateCall, form: AggregateForm, names: ReadonlyMap<ColumnId, string>, context: SparkContext, column: (expr: Expr) => Py): Py {
  if (form.distinct !== undefined && call.args.length > 0) return pyCall(pyName(`F.${form.distinct}`), conditioned(call, form).map(column));
  // A condition is one of the different values then.
  if (call.name === "count_if") return distinctCondition(call, column);
  if (call.name === "collect_list") return plainCall("collect_set", { name: "collect_set" }, conditioned(call, form), column);
  const written = inSql(call, names, (value, rest) => `${form.name}(DISTINCT ${value}${rest === "" ? "" : `, ${rest}`})`);
  if (form.writer === "corr") {
    const reason = "Spark's own, which takes different pairs alone, fails where all values of one side are equal";
    context.tell(notOnSpark({ name: call.name, reason }).at(call.origin ?? context.at).helped("group by the two columns in a step before"));
    return literalOf(null, call.type);
  }
  if (written !== undefined) return written;
  context.tell(distinctOnSpark({ name: call.name }).at(call.origin ?? context.at).helped("give the expression a name before, `|> extend E as x`, and aggregate `x` without `where`"));
  return literalOf(null, call.type);
}

/** One where the condition is true for some row, for all its trues are one value. */
function distinctCondition(call: AggregateCall, column: (expr: Expr) => Py): Py {
  const [condition] = conditioned(call, { name: "count_if" });
  return pyCall(pyName("F.count_distinct"), condition === undefined ? [] : [pyCall(pyName("F.when"), [column(condition), pyCall(pyName("F.lit"), [pyConstant(true)])])]);
}

/** A call over columns and settings in SQL, for what Python cannot say; undefined over anything else. Names are quoted, settings are numbers and booleans. */
function inSql(call: AggregateCall, names: ReadonlyMap<ColumnId, string>, write: (value: string, rest: string) => string): Py | undefined {
  if (call.where !== undefined) return undefined;
  const parts = call.args.map((arg) => (arg.kind === "Literal" ? settingText(arg.value, arg.type) : columnText(arg, names)));
  const texts = parts.filter((part) => part !== undefined);
  const [value, ...rest] = texts;
  return value === undefined || texts.length < parts.length ? undefined : pyCall(pyName("F.expr"), [pyText(write(value, rest.join(", ")))]);
}

/** A column, or its conversion to a type without names of the user's. */
function columnText(expr: Expr, names: ReadonlyMap<ColumnId, string>): string | undefined {
  if (expr.kind === "Cast" && !expr.safe && castDiffers(expr.input.type, expr.type) === undefined && expr.input.type.kind !== "binary") {
    const [input, type] = [columnText(expr.input, names), plainTypeText(expr.type)];
    return input === undefined || type === undefined ? undefined : `CAST(${input} AS ${type})`;
  }
  const name = expr.kind === "ColumnRef" ? names.get(expr.id) : undefined;
  return name === undefined ? undefined : quotedName(name);
}

function refuse(call: AggregateCall, context: SparkContext): Py {
  const reason = "Spark takes it over a column alone, without a condition";
  context.tell(notOnSpark({ name: call.name, reason }).at(call.origin ?? context.at).helped("give the expression a name before, `|> extend E as x`, or take `percentile`"));
  return literalOf(null, call.type);
}
