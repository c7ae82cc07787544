import { simplifyCasts } from "../../../../compiler/3-optimize/rules/simplify-casts.ts";
import { cast } from "../../../../compiler/ir/expr/index.ts";
import { decimalType, doubleType, intType, longType, stringType } from "../../../../compiler/ir/types/data-type.ts";
import { fn, lit } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(simplifyCasts, [
  {
    name: "there and back",
    plan: (clicks) => clicks.where((row) => fn("=", cast(cast(row("score"), longType, false), intType, false), cast(lit(3), intType, false))),
  },
  {
    name: "by way of another type",
    plan: (clicks) =>
      clicks.select(
        { a: (row) => cast(cast(row("score"), longType, false), doubleType, false) },
        { b: (row) => cast(cast(row("score"), longType, false), stringType, false) },
        { c: (row) => cast(cast(row("score"), decimalType(12, 2), false), decimalType(3, 0), true) },
      ),
  },
  {
    name: "a type that shows in the text",
    unchanged: true,
    plan: (clicks) => clicks.select({ a: (row) => cast(cast(row("score"), doubleType, false), stringType, false) }),
  },
  {
    name: "a type that does not hold every value",
    unchanged: true,
    plan: (clicks) => clicks.select({ a: (row) => cast(cast(row("score"), decimalType(5, 2), false), intType, false) }),
  },
]);
