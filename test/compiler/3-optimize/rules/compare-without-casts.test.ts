import { compareWithoutCasts } from "../../../../compiler/3-optimize/rules/compare-without-casts.ts";
import { cast } from "../../../../compiler/ir/expr/index.ts";
import { decimalType, doubleType, longType } from "../../../../compiler/ir/types/data-type.ts";
import { fn, litOf } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(compareWithoutCasts, [
  {
    name: "literals of the narrower type",
    plan: (clicks) =>
      clicks
        .where((row) => fn(">", row("score"), litOf(5, longType)))
        .where((row) => fn("<=", row("score"), litOf(1200, decimalType(12, 2))))
        .where((row) => fn("in", row("score"), litOf(3, longType), litOf(null, longType)))
        .where((row) => fn("!=", row("score"), litOf(-7, doubleType))),
  },
  {
    name: "both sides",
    plan: (clicks) => clicks.where((row) => fn("=", cast(row("score"), longType, false), cast(fn("length", row("user")), longType, false))),
  },
  {
    name: "a literal that is none of them",
    unchanged: true,
    plan: (clicks) =>
      clicks
        .where((row) => fn(">", row("score"), litOf(3_000_000_000, longType)))
        .where((row) => fn("<", row("score"), litOf(250, decimalType(12, 2))))
        .where((row) => fn("<", row("score"), litOf(Number.NaN, doubleType))),
  },
]);
