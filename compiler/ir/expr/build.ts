import type { DataType, RecordType } from "../types/data-type.ts";
import { arrayType, booleanType, durationType, intType, nullType, stringType } from "../types/data-type.ts";
import type { Call, Case, Cast, ColumnId, ColumnRef, Expr, FieldAccess, Literal, MakeArray, MakeRecord, Origin, ParamRef, UserCall, UserFunctionRef, Volatility } from "./expr.ts";
import type { LiteralValue } from "./literal-value.ts";

const order: readonly Volatility[] = ["immutable", "start", "batch", "volatile"];

/** The most volatile of several. */
export function joinVolatility(...all: readonly Volatility[]): Volatility {
  return all.reduce((a, b) => (order.indexOf(a) >= order.indexOf(b) ? a : b), "immutable");
}

function volatilityOf(children: readonly Expr[]): Volatility {
  return joinVolatility(...children.map((child) => child.volatility));
}

export function literal(value: LiteralValue, type: DataType, origin?: Origin): Literal {
  return { kind: "Literal", value, type, nullable: value === null, volatility: "immutable", origin };
}

export const literals = {
  null: (type: DataType = nullType, origin?: Origin): Literal => literal(null, type, origin),
  boolean: (value: boolean, origin?: Origin): Literal => literal(value, booleanType, origin),
  int: (value: number, origin?: Origin): Literal => literal(value, intType, origin),
  string: (value: string, origin?: Origin): Literal => literal(value, stringType, origin),
  duration: (microseconds: number, origin?: Origin): Literal => literal(microseconds, durationType, origin),
};

export function columnRef(id: ColumnId, name: string, type: DataType, nullable: boolean, origin?: Origin): ColumnRef {
  return { kind: "ColumnRef", id, name, type, nullable, volatility: "immutable", origin };
}

export function paramRef(name: string, type: DataType, nullable: boolean, origin?: Origin): ParamRef {
  return { kind: "ParamRef", name, type, nullable, volatility: "start", origin };
}

/** A call whose type and nullability the catalogue has decided; `volatility` is the function's own, its arguments' are added. */
export function call(name: string, args: readonly Expr[], type: DataType, nullable: boolean, volatility: Volatility, origin?: Origin): Call {
  return { kind: "Call", name, args, type, nullable, volatility: joinVolatility(volatility, volatilityOf(args)), origin };
}

/** `nullable` may be widened by a cast that can give null for a non-null input (`safe`). */
export function cast(input: Expr, type: DataType, safe: boolean, origin?: Origin): Cast {
  return { kind: "Cast", input, type, safe, nullable: input.nullable || safe, volatility: input.volatility, origin };
}

export function caseWhen(clauses: Case["clauses"], otherwise: Expr | undefined, type: DataType, origin?: Origin): Case {
  const values = [...clauses.map((clause) => clause.then), ...(otherwise === undefined ? [] : [otherwise])];
  return {
    kind: "Case",
    clauses,
    otherwise,
    type,
    nullable: otherwise === undefined || values.some((value) => value.nullable),
    volatility: volatilityOf([...clauses.map((clause) => clause.when), ...values]),
    origin,
  };
}

export function fieldAccess(input: Expr, field: string, type: DataType, fieldNullable: boolean, origin?: Origin): FieldAccess {
  return { kind: "FieldAccess", input, field, type, nullable: input.nullable || fieldNullable, volatility: input.volatility, origin };
}

export function makeRecord(type: RecordType, values: readonly Expr[], origin?: Origin): MakeRecord {
  return { kind: "MakeRecord", values, type, nullable: false, volatility: volatilityOf(values), origin };
}

/** Items already coerced to one type. */
export function makeArray(element: DataType, items: readonly Expr[], origin?: Origin): MakeArray {
  const type = arrayType(element, items.some((item) => item.nullable));
  return { kind: "MakeArray", items, type, nullable: false, volatility: volatilityOf(items), origin };
}

export function userCall(fn: UserFunctionRef, args: readonly Expr[], origin?: Origin): UserCall {
  const skipped = args.some((arg, index) => arg.nullable && fn.parameters[index]?.nullable === false);
  return { kind: "UserCall", function: fn, args, type: fn.returns.type, nullable: fn.returns.nullable || skipped, volatility: volatilityOf(args), origin };
}
