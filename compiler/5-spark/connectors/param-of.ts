import { paramDefaultOnSpark } from "../../diagnostics/catalogue/spark-connectors.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { Param } from "../../ir/logical/job.ts";
import { sameType, type DataType } from "../../ir/types/data-type.ts";
import { visitExpr } from "../../ir/expr/walk.ts";
import { columnOf } from "../expressions/column-of.ts";
import { dateText, decimalText, instantText } from "../expressions/literal-text.ts";
import { sparkTypeOf } from "../expressions/type-of.ts";
import { pyCall, pyConstant, pyName, pyText, pyThunk, type Py } from "../python/py.ts";
import type { SparkContext } from "../spark-context.ts";

/** `sluice.Param("host", T.StringType(), default=lambda: sluice.env("HOST", "localhost"))`: a default is the text that `--param` would give, or a column without a row. */
export function paramOf(param: Param, context: SparkContext): Py {
  const { name, type, nullable } = param;
  const value = param.default === undefined ? undefined : defaultOf(param.default, type, context);
  if (param.default !== undefined && value === undefined) {
    context.tell(paramDefaultOnSpark({ param: name }).at(param.span).helped("leave the computing to the steps that use the param"));
  }
  return pyCall(pyName("sluice.Param"), [pyText(name), sparkTypeOf(type)], { ...(value === undefined ? {} : { default: value }), ...(nullable ? { nullable: pyConstant(true) } : {}) });
}

/** Undefined where it is more than a constant or a variable. */
function defaultOf(expr: Expr, type: DataType, context: SparkContext): Py | undefined {
  if (expr.kind === "Literal") return expr.value === null ? pyConstant(null) : textOf(expr) === undefined ? undefined : pyText(textOf(expr) ?? "");
  // What a variable holds is read as `--param` is, which is what a cast does.
  let call: Expr = expr;
  while (call.kind === "Cast" && !call.safe && sameType(call.type, type)) call = call.input;
  if (call.kind !== "Call" || call.name !== "env") return readsVariable(expr) ? undefined : pyThunk(columnOf(expr, new Map(), context));
  const args = call.args.map((arg) => (arg.kind === "Literal" && typeof arg.value === "string" ? pyText(arg.value) : undefined));
  const texts = args.flatMap((arg) => arg ?? []);
  return texts.length === args.length ? pyThunk(pyCall(pyName("sluice.env"), texts)) : undefined;
}

function readsVariable(expr: Expr): boolean {
  let found = false;
  visitExpr(expr, (node) => void (found ||= node.kind === "Call" && node.name === "env"));
  return found;
}

/** A constant as `--param` would give it. */
function textOf({ value, type }: Extract<Expr, { readonly kind: "Literal" }>): string | undefined {
  switch (type.kind) {
    case "string":
      return typeof value === "string" ? value : undefined;
    case "boolean":
    case "int":
    case "long":
    case "float":
    case "double":
      return String(value);
    case "decimal":
      return typeof value === "number" || typeof value === "bigint" ? decimalText(BigInt(value), type.scale) : undefined;
    case "date":
      return typeof value === "number" ? dateText(value) : undefined;
    case "timestamp":
      return typeof value === "number" ? instantText(value) : undefined;
    case "duration":
      return typeof value === "number" ? secondsText(value) : undefined;
    default:
      return undefined;
  }
}

/** ISO-8601's form, of seconds alone. */
function secondsText(micros: number): string {
  return `${micros < 0 ? "-" : ""}PT${decimalText(BigInt(Math.abs(micros)), 6).replace(/\.?0+$/, "")}S`;
}
