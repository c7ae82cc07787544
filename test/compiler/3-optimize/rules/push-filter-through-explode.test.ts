import { pushFilterThroughExplode } from "../../../../compiler/3-optimize/rules/push-filter-through-explode.ts";
import { cast } from "../../../../compiler/ir/expr/index.ts";
import { intType } from "../../../../compiler/ir/types/data-type.ts";
import { fn, lit } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(pushFilterThroughExplode, [
  {
    name: "a condition on the row, not one on the element",
    plan: (clicks) => clicks.explode("item", (row) => [row("score"), lit(1)]).where((row) => fn("and", fn("=", row("item"), lit(1)), fn("=", row("kind"), lit("view")))),
  },
  {
    name: "below an outer one",
    plan: (clicks) => clicks.explode("item", (row) => [row("score")], true).where((row) => fn("is not null", row("user"))),
  },
  {
    name: "what may fail, for rows without elements are not asked",
    unchanged: true,
    plan: (clicks) => clicks.explode("item", (row) => [row("score")]).where((row) => fn(">", cast(row("user"), intType, false), lit(10))),
  },
  {
    name: "a condition on the element",
    unchanged: true,
    plan: (clicks) => clicks.explode("item", (row) => [row("score")]).where((row) => fn(">", row("item"), row("score"))),
  },
]);
