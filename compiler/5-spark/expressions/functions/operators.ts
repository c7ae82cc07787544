import type { Expr } from "../../../ir/expr/expr.ts";
import { type Py, pyBinary, pyCall, pyConstant, pyInt, pyMethod, pyName, pyText, pyUnary } from "../../python/py.ts";
import { callFunction, constantText, operandAt } from "./call-function.ts";
import { type FunctionForm, type FunctionForms, pythonForms, type WritingServices } from "./function-form.ts";

/** Operators and the functions beside them (compiler/catalog/functions/scalar/list-operators.ts). */
export const operatorForms: FunctionForms = [
  ["+", moving("+")],
  ["-", moving("-")],
  ...(["*", "/", "%", "<", "<=", ">", ">="] as const).map((name): readonly [string, FunctionForm] => [name, infix(name)]),
  ["=", infix("==")],
  ["!=", infix("!=")],
  ["and", infix("&")],
  ["or", infix("|")],
  ["not", written("~x", ([x], { column }) => pyUnary("~", column(x)))],
  ["negate", written("-x", ([x], { column }) => pyUnary("-", column(x)), "a decimal of more than 34 digits is rounded by Spark, and may fail")],
  ["is null", written("x.isNull()", ([x], { column }) => pyMethod(column(x), "isNull"))],
  ["is not null", written("x.isNotNull()", ([x], { column }) => pyMethod(column(x), "isNotNull"))],
  ["is true", written("x.eqNullSafe(True)", ([x], { column }) => pyMethod(column(x), "eqNullSafe", [pyConstant(true)]))],
  ["is not true", written("~x.eqNullSafe(True)", ([x], { column }) => pyUnary("~", pyMethod(column(x), "eqNullSafe", [pyConstant(true)])))],
  ["is false", written("x.eqNullSafe(False)", ([x], { column }) => pyMethod(column(x), "eqNullSafe", [pyConstant(false)]))],
  ["is not false", written("~x.eqNullSafe(False)", ([x], { column }) => pyUnary("~", pyMethod(column(x), "eqNullSafe", [pyConstant(false)])))],
  ["is not distinct from", written("x.eqNullSafe(y)", ([x, y], { column, operand }) => pyMethod(column(x), "eqNullSafe", [operand(y)]))],
  ["is distinct from", written("~x.eqNullSafe(y)", ([x, y], { column, operand }) => pyUnary("~", pyMethod(column(x), "eqNullSafe", [operand(y)])))],
  ["in", { kind: "written", as: "x.isin(a, b)", write: (args, _call, { column, operand }) => pyMethod(column(operandAt(args, 0)), "isin", args.slice(1).map(operand)) }],
  ["if", { kind: "written", as: "F.when(x, y).otherwise(z)", write: (args, _call, { column }) => pyMethod(pyCall(pyName("F.when"), args.slice(0, 2).map(column)), "otherwise", [column(operandAt(args, 2))]) }],
  ["present value", { kind: "written", as: "x", write: (args, _call, { column }) => column(operandAt(args, 0)) }],
  ...pythonForms("abs/1 ceil/1-2:1 floor/1-2:1 round/1-2:1 coalesce/1- nullif/2"),
];

/** What stands between brackets or behind a point: of arrays, maps and records. */
export const accessForms: FunctionForms = [
  [".", { kind: "written", as: 'x.getField("name")', write: (args, _call, { column }) => pyMethod(column(operandAt(args, 0)), "getField", [pyText(constantText(args[1]) ?? "")]) }],
  ["[]", {
    kind: "written",
    as: "x.getItem(i)",
    write: (args, _call, { column, operand }) => {
      const [input, key] = [operandAt(args, 0), operandAt(args, 1)];
      const field = input.type.kind === "record" ? constantText(key) : undefined;
      return field === undefined ? pyMethod(column(input), "getItem", [operand(key)]) : pyMethod(column(input), "getField", [pyText(field)]);
    },
  }],
  ["||", { kind: "written", as: "F.concat(x, y)", write: (args, _call, { column }) => pyCall(pyName("F.concat"), args.map(column)) }],
  ["mod", { kind: "written", as: "x % y", write: (args, _call, services) => besideEachOther("%", args, services) }],
  ["div", {
    kind: "sql",
    name: "div",
    warns: ({ args }) => (args.some(({ type }) => type.kind === "decimal" && type.precision - type.scale > 18) ? "a quotient of decimals beyond the longs is another number in Spark, where Sluice fails" : undefined),
  }],
  // Python's `log` takes a base as its own number.
  ["log", { kind: "written", as: "F.log(x)", write: (args, _call, { column }) => (args.length === 1 ? pyCall(pyName("F.log"), args.map(column)) : callFunction("log", args.map(column))) }],
];

function infix(operator: Parameters<typeof pyBinary>[0]): FunctionForm {
  return { kind: "written", as: `x ${operator} y`, write: (args, _call, services) => besideEachOther(operator, args, services) };
}

/** A sum or difference. A date and whole days stay a date, in Spark where the interval is one of days. */
function moving(operator: "+" | "-"): FunctionForm {
  return {
    kind: "written",
    as: `x ${operator} y`,
    note: "timestamps beyond the years 1684 to 2255 go on in Spark, where Sluice fails",
    write: (args, { type }, services) => besideEachOther(operator, args, type.kind === "date" ? { ...services, column: inDays(services.column), operand: inDays(services.operand) } : services),
  };
}

function inDays(write: (expr: Expr) => Py): (expr: Expr) => Py {
  return (expr) => {
    if (expr.type.kind !== "duration") return write(expr);
    if (expr.kind !== "Literal" || typeof expr.value !== "number") return pyMethod(write(expr), "cast", [pyText("interval day")]);
    return pyCall(pyName("F.expr"), [pyText(`INTERVAL '${expr.value / microsOfDay}' DAY`)]);
  };
}

const microsOfDay = 86_400_000_000;

/** An operator's operands: the left one a Column; the right one Python's own literal where that means the same beside the left. */
function besideEachOther(operator: Parameters<typeof pyBinary>[0], args: readonly Expr[], { column, operand }: WritingServices): Py {
  const [left, right] = [operandAt(args, 0), operandAt(args, 1)];
  const isNarrowLong = right.kind === "Literal" && right.type.kind === "long" && left.kind !== "Literal" && left.type.kind === "long" && typeof right.value === "number" && Math.abs(right.value) < 2 ** 31;
  return pyBinary(operator, column(left), isNarrowLong ? pyInt(Number(right.value)) : operand(right));
}

function written(as: string, write: (args: readonly [Expr, Expr], services: WritingServices) => Py, note?: string): FunctionForm {
  return { kind: "written", as, ...(note === undefined ? {} : { note }), write: (args, _call, services) => write([operandAt(args, 0), args[1] ?? operandAt(args, 0)], services) };
}
