import { specialDatetime } from "../../catalog/casts/special-datetime.ts";
import { castGivesNull } from "../../catalog/types/index.ts";
import type { LiteralValue } from "../../ir/expr/literal-value.ts";
import { cast, literal } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { sameType } from "../../ir/types/data-type.ts";

/** Converts an operand to the type that its place asked for; literals are converted at once where that is exact. */
export function coerce(expr: Expr, to: DataType): Expr {
  if (expr.type.kind === "error" || to.kind === "error" || sameShape(expr.type, to)) return expr;
  if (expr.kind === "Literal") {
    if (expr.value === null) return literal(null, to, expr.origin);
    const value = typeof expr.value === "string" ? specialDatetime(expr.value, to) : widened(expr.value, expr.type, to);
    if (value !== undefined) return literal(value, to, expr.origin);
  }
  const result = cast(expr, to, false, expr.origin);
  return castGivesNull(expr.type, to) ? { ...result, nullable: true } : result;
}

/** Equal apart from what may be null inside: the values look alike, so nothing is to be converted. */
function sameShape(a: DataType, b: DataType): boolean {
  if (a.kind === "array" && b.kind === "array") return sameShape(a.element, b.element) || a.element.kind === "null";
  if (a.kind === "map" && b.kind === "map") return sameShape(a.key, b.key) && sameShape(a.value, b.value);
  if (a.kind === "record" && b.kind === "record") {
    return a.fields.length === b.fields.length && a.fields.every((field, index) => {
      const other = b.fields[index];
      return other !== undefined && other.name === field.name && sameShape(field.type, other.type);
    });
  }
  return sameType(a, b);
}

/** Exact widenings of numbers: int to long, double or decimal, decimal to a wider one. */
function widened(value: LiteralValue, from: DataType, to: DataType): LiteralValue | undefined {
  if (typeof value !== "number" && typeof value !== "bigint") return undefined;
  if (from.kind === "int" && (to.kind === "long" || to.kind === "double")) return value;
  if (from.kind !== "int" && from.kind !== "long" && from.kind !== "decimal") return undefined;
  if (to.kind !== "decimal") return undefined;
  const more = to.scale - (from.kind === "decimal" ? from.scale : 0);
  if (more < 0) return undefined;
  const scaled = BigInt(value) * 10n ** BigInt(more);
  return String(scaled < 0n ? -scaled : scaled).length > to.precision ? undefined : canonical(scaled);
}

/** A long or scaled decimal in its one representation: a number while safe, else a bigint. */
export function canonical(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
