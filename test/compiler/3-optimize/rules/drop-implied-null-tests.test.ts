import { dropImpliedNullTests } from "../../../../compiler/3-optimize/rules/drop-implied-null-tests.ts";
import { pushFilterIntoScan } from "../../../../compiler/3-optimize/rules/push-filter-into-scan.ts";
import { cast } from "../../../../compiler/ir/expr/index.ts";
import { intType } from "../../../../compiler/ir/types/data-type.ts";
import { BuiltPlan, fn, lit } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(dropImpliedNullTests, [
  {
    name: "before and behind the conjunct that says it",
    plan: (clicks) =>
      clicks.where((row) => fn("and", fn("and", fn("is not null", row("user")), fn("=", fn("lower", row("user")), row("request"))), fn("is not null", row("request")))),
  },
  {
    name: "in a reader",
    plan: (clicks, builder) =>
      new BuiltPlan(builder, pushFilterIntoScan.apply(clicks.where((row) => fn("and", fn(">", row("score"), lit(3)), fn("is not null", row("score")))).plan)),
  },
  {
    name: "one of two tests stays",
    plan: (clicks) => clicks.where((row) => fn("and", fn("is not null", row("user")), fn("is not null", row("user")))),
  },
  {
    name: "behind what may fail, which it does not guard",
    plan: (clicks) => clicks.where((row) => fn("and", fn(">", cast(row("user"), intType, false), lit(3)), fn("is not null", row("user")))),
  },
  {
    name: "a conjunct that null satisfies",
    unchanged: true,
    plan: (clicks) => clicks.where((row) => fn("and", fn("is not null", row("user")), fn("is distinct from", row("user"), lit("ana")))),
  },
  {
    name: "the guard of what may fail",
    unchanged: true,
    plan: (clicks) => clicks.where((row) => fn("and", fn("is not null", row("user")), fn("=", row("user"), fn("lower", cast(cast(row("request"), intType, false), row("user").type, false))))),
  },
]);
