import { pushFilterThroughSort } from "../../../../compiler/3-optimize/rules/push-filter-through-sort.ts";
import { cast } from "../../../../compiler/ir/expr/index.ts";
import { fn, lit, rand } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(pushFilterThroughSort, [
  {
    name: "a filter over a sort",
    plan: (clicks) => clicks.orderBy("score").where((row) => fn("=", row("kind"), lit("view"))),
  },
  {
    name: "a limit between them, which counts the rows that the filter drops",
    unchanged: true,
    plan: (clicks) => clicks.orderBy("score").limit(3).where((row) => fn("=", row("kind"), lit("view"))),
  },
  {
    name: "a volatile condition, and what is behind it",
    unchanged: true,
    plan: (clicks) => clicks.orderBy("score").where((row) => fn("and", fn("<", rand(), cast(lit(1), rand().type, false)), fn("=", row("kind"), lit("view")))),
  },
]);
