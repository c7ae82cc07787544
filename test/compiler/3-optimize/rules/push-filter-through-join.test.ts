import { pushFilterThroughJoin } from "../../../../compiler/3-optimize/rules/push-filter-through-join.ts";
import { cast } from "../../../../compiler/ir/expr/index.ts";
import { intType, stringType } from "../../../../compiler/ir/types/data-type.ts";
import type { BuiltPlan, PlanBuilder } from "../../../support/plan-builder.ts";
import { fn, lit } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

const people = (builder: PlanBuilder): BuiltPlan => builder.table("people", { name: stringType, town: stringType });

ruleSample(pushFilterThroughJoin, [
  {
    name: "a right join, to the right side only",
    plan: (clicks, builder) =>
      clicks.join("right", people(builder), "user", "name").where((row) => fn("and", fn("=", row("kind"), lit("view")), fn("=", row("town"), lit("Madrid")))),
  },
  {
    name: "a full join, which keeps both sides whole",
    unchanged: true,
    plan: (clicks, builder) => clicks.join("full", people(builder), "user", "name").where((row) => fn("=", row("kind"), lit("view"))),
  },
  {
    name: "an anti join, to the left side",
    plan: (clicks, builder) => clicks.join("anti", people(builder), "user", "name").where((row) => fn("=", row("kind"), lit("view"))),
  },
  {
    name: "an inner join, each conjunct to its side",
    plan: (clicks, builder) =>
      clicks
        .join("inner", people(builder), "user", "name")
        .where((row) => fn("and", fn("and", fn("=", row("kind"), lit("view")), fn("=", row("town"), lit("Madrid"))), fn("=", row("request"), row("town")))),
  },
  {
    name: "a left join, to the left side only",
    plan: (clicks, builder) =>
      clicks.join("left", people(builder), "user", "name").where((row) => fn("and", fn("=", row("kind"), lit("view")), fn("is null", row("town")))),
  },
  {
    name: "the optional side",
    unchanged: true,
    plan: (clicks, builder) => clicks.join("left", people(builder), "user", "name").where((row) => fn("=", row("town"), lit("Madrid"))),
  },
  {
    name: "what may fail waits for a partner",
    unchanged: true,
    plan: (clicks, builder) => clicks.join("inner", people(builder), "user", "name").where((row) => fn(">", cast(row("request"), intType, false), lit(10))),
  },
]);
