import { narrowOuterJoins } from "../../../../compiler/3-optimize/rules/narrow-outer-joins.ts";
import { cast } from "../../../../compiler/ir/expr/index.ts";
import { stringType } from "../../../../compiler/ir/types/data-type.ts";
import type { BuiltPlan, PlanBuilder } from "../../../support/plan-builder.ts";
import { fn, lit, rand } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

const people = (builder: PlanBuilder): BuiltPlan => builder.table("people", { name: stringType, town: stringType });

ruleSample(narrowOuterJoins, [
  {
    name: "a left join, of which rows without a partner are dropped",
    plan: (clicks, builder) => clicks.join("left", people(builder), "user", "name").where((row) => fn("=", fn("lower", row("town")), lit("madrid"))),
  },
  {
    name: "a right join likewise",
    plan: (clicks, builder) => clicks.join("right", people(builder), "user", "name").where((row) => fn("is not null", row("kind"))),
  },
  {
    name: "a full join to a left one",
    plan: (clicks, builder) => clicks.join("full", people(builder), "user", "name").where((row) => fn("=", row("kind"), lit("view"))),
  },
  {
    name: "a full join to an inner one",
    plan: (clicks, builder) => clicks.join("full", people(builder), "user", "name").where((row) => fn("=", row("kind"), row("town"))),
  },
  {
    name: "rows without a partner are asked for",
    unchanged: true,
    plan: (clicks, builder) => clicks.join("left", people(builder), "user", "name").where((row) => fn("=", fn("coalesce", row("town"), lit("none")), lit("none"))),
  },
  {
    name: "a condition on the side that is there",
    unchanged: true,
    plan: (clicks, builder) => clicks.join("left", people(builder), "user", "name").where((row) => fn("=", row("kind"), lit("view"))),
  },
  {
    name: "a right join of which the first rows are chosen",
    unchanged: true,
    plan: (clicks, builder) => clicks.join("right", people(builder), "user", "name").where((row) => fn("is not null", row("kind"))).limit(3),
  },
  {
    name: "behind a volatile condition, which is asked for every row",
    unchanged: true,
    plan: (clicks, builder) =>
      clicks.join("left", people(builder), "user", "name").where((row) => fn("and", fn("<", rand(), cast(lit(1), rand().type, false)), fn("=", row("town"), lit("Madrid")))),
  },
  {
    name: "two streams, whose state hangs on the kind",
    unchanged: true,
    plan: (clicks, builder) => clicks.join("left", builder.source("people", { name: stringType, town: stringType }), "user", "name").where((row) => fn("=", row("town"), lit("Madrid"))),
  },
]);
