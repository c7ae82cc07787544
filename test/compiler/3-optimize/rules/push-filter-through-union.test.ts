import { pushFilterThroughUnion } from "../../../../compiler/3-optimize/rules/push-filter-through-union.ts";
import { cast } from "../../../../compiler/ir/expr/index.ts";
import { intType } from "../../../../compiler/ir/types/data-type.ts";
import { clickColumns, fn, lit, rand } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(pushFilterThroughUnion, [
  {
    name: "into every input, over its own columns",
    plan: (clicks, builder) => clicks.union(builder.source("others", clickColumns)).where((row) => fn("=", row("kind"), lit("view"))),
  },
  {
    name: "also what may fail, for the same rows are asked",
    plan: (clicks, builder) => clicks.union(builder.source("others", clickColumns)).where((row) => fn(">", cast(row("user"), intType, false), lit(10))),
  },
  {
    name: "above the watermark of an input",
    plan: (clicks, builder) => clicks.watermark("at").union(builder.source("others", clickColumns)).where((row) => fn("=", row("kind"), lit("view"))),
  },
  {
    name: "a volatile condition",
    unchanged: true,
    plan: (clicks, builder) => clicks.union(builder.source("others", clickColumns)).where(() => fn("<", rand(), cast(lit(1), rand().type, false))),
  },
]);
