import type { ScalarFunction } from "../scalar-function.ts";
import { abs } from "./abs.ts";
import { add } from "./add.ts";
import { and } from "./and.ts";
import { ceil } from "./ceil.ts";
import { coalesce } from "./coalesce.ts";
import { divide } from "./divide.ts";
import { equal } from "./equal.ts";
import { floor } from "./floor.ts";
import { greater } from "./greater.ts";
import { greaterOrEqual } from "./greater-or-equal.ts";
import { ifFunction } from "./if.ts";
import { inOperator } from "./in.ts";
import { isDistinctFrom } from "./is-distinct-from.ts";
import { isFalse } from "./is-false.ts";
import { isNotDistinctFrom } from "./is-not-distinct-from.ts";
import { isNotFalse } from "./is-not-false.ts";
import { isNotNull } from "./is-not-null.ts";
import { isNotTrue } from "./is-not-true.ts";
import { isNull } from "./is-null.ts";
import { isTrue } from "./is-true.ts";
import { less } from "./less.ts";
import { lessOrEqual } from "./less-or-equal.ts";
import { multiply } from "./multiply.ts";
import { negate } from "./negate.ts";
import { not } from "./not.ts";
import { notEqual } from "./not-equal.ts";
import { nullif } from "./nullif.ts";
import { or } from "./or.ts";
import { presentValue } from "./present-value.ts";
import { remainder } from "./remainder.ts";
import { round } from "./round.ts";
import { subtract } from "./subtract.ts";

/** Operators, comparison, logic, arithmetic and the functions over numbers and nulls; one line each, sorted. */
export const operatorsAndMath: readonly ScalarFunction[] = [
  abs,
  add,
  and,
  ceil,
  coalesce,
  divide,
  equal,
  floor,
  greater,
  greaterOrEqual,
  ifFunction,
  inOperator,
  isDistinctFrom,
  isFalse,
  isNotDistinctFrom,
  isNotFalse,
  isNotNull,
  isNotTrue,
  isNull,
  isTrue,
  less,
  lessOrEqual,
  multiply,
  negate,
  not,
  notEqual,
  nullif,
  or,
  presentValue,
  remainder,
  round,
  subtract,
];
