import { pushFilterThroughExpand } from "../../../../compiler/3-optimize/rules/push-filter-through-expand.ts";
import { cast } from "../../../../compiler/ir/expr/index.ts";
import { intType } from "../../../../compiler/ir/types/data-type.ts";
import { fn, lit } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(pushFilterThroughExpand, [
  {
    name: "a condition on the row, not one on a copy",
    plan: (clicks) => clicks.expand({ copy: (row) => [lit(0), row("score")] }, 2).where((row) => fn("and", fn("=", row("kind"), lit("view")), fn("=", row("copy"), lit(1)))),
  },
  {
    name: "also what may fail, for every row has a copy",
    plan: (clicks) => clicks.expand({ copy: () => [lit(0), lit(1)] }, 2).where((row) => fn(">", cast(row("user"), intType, false), lit(10))),
  },
  {
    name: "what may fail behind what stays",
    unchanged: true,
    plan: (clicks) => clicks.expand({ copy: () => [lit(0), lit(1)] }, 2).where((row) => fn("and", fn("=", row("copy"), lit(1)), fn(">", cast(row("user"), intType, false), lit(10)))),
  },
]);
