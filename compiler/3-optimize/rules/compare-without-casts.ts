import type { Call, Expr, LiteralValue } from "../../ir/expr/index.ts";
import { call, literal } from "../../ir/expr/index.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { sameType } from "../../ir/types/data-type.ts";
import { holdsExactly } from "../analyses/holds-exactly.ts";
import { onExpressions } from "../expression-rule.ts";

/**
 * Compares in the narrower type: `cast(x as long) = 5` → `x = 5` for an int x, `cast(x as decimal(12,2)) < 5.00` likewise, and `cast(x as long) =
 * cast(y as long)` → `x = y`.
 *
 * Sound because the wider type holds every value of x exactly and in the same order, and the literal is a value of the narrower
 * one. Such a cast never fails, a null stays null, and a comparison keeps no state.
 */
export const compareWithoutCasts = onExpressions("compare-without-casts", (expr) => {
  if (expr.kind !== "Call" || !comparisons.has(expr.name)) return undefined;
  const type = narrowerType(expr);
  if (type === undefined) return undefined;
  const args = expr.args.map((arg) => inType(arg, type));
  return args.includes(undefined) ? undefined : call(expr.name, args.flatMap((arg) => arg ?? []), expr.type, expr.nullable, "immutable", expr.origin);
});

const comparisons: ReadonlySet<string> = new Set(["=", "!=", "<", "<=", ">", ">=", "is distinct from", "is not distinct from", "in"]);

/** The type below the first cast, an int or a long. */
function narrowerType({ args }: Call): DataType | undefined {
  for (const arg of args) if (arg.kind === "Cast" && holdsExactly(arg.type, arg.input.type) && arg.input.type.kind !== "float") return arg.input.type;
  return undefined;
}

function inType(arg: Expr, type: DataType): Expr | undefined {
  if (arg.kind === "Cast") return sameType(arg.input.type, type) ? arg.input : undefined;
  if (arg.kind !== "Literal") return undefined;
  const value = valueIn(arg.value, arg.type, type);
  return value === undefined ? undefined : literal(value, type, arg.origin);
}

/** The same number as an int or a long, where it is one. */
function valueIn(value: LiteralValue, from: DataType, to: DataType): LiteralValue | undefined {
  if (value === null) return null;
  const whole = wholeNumber(value, from);
  if (whole === undefined) return undefined;
  const bits = to.kind === "int" ? 32 : 64;
  if (BigInt.asIntN(bits, whole) !== whole) return undefined;
  return whole >= BigInt(Number.MIN_SAFE_INTEGER) && whole <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(whole) : whole;
}

function wholeNumber(value: LiteralValue, type: DataType): bigint | undefined {
  if (typeof value !== "number" && typeof value !== "bigint") return undefined;
  if (type.kind === "double") return Number.isInteger(value) ? BigInt(value) : undefined;
  const unit = type.kind === "decimal" ? 10n ** BigInt(type.scale) : 1n;
  const scaled = BigInt(value);
  return scaled % unit === 0n ? scaled / unit : undefined;
}
