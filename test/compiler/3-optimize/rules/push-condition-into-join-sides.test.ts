import { pushConditionIntoJoinSides } from "../../../../compiler/3-optimize/rules/push-condition-into-join-sides.ts";
import { call, cast } from "../../../../compiler/ir/expr/index.ts";
import { intType, stringType, timestampType } from "../../../../compiler/ir/types/data-type.ts";
import type { BuiltPlan, PlanBuilder } from "../../../support/plan-builder.ts";
import { fn, lit } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

const columns = { name: stringType, town: { nullable: stringType }, since: timestampType };
const people = (builder: PlanBuilder): BuiltPlan => builder.table("people", columns);

ruleSample(pushConditionIntoJoinSides, [
  {
    name: "an inner join, each conjunct to its side",
    plan: (clicks, builder) =>
      clicks.join("inner", people(builder), "user", "name", (row) => fn("and", fn("and", fn("=", row("kind"), lit("view")), fn("=", row("town"), lit("Madrid"))), fn("!=", row("request"), row("town")))),
  },
  {
    name: "a left join, to the right side only",
    plan: (clicks, builder) => clicks.join("left", people(builder), "user", "name", (row) => fn("and", fn("=", row("kind"), lit("view")), fn("=", row("town"), lit("Madrid")))),
  },
  {
    name: "an anti join, to the right side only",
    plan: (clicks, builder) => clicks.join("anti", people(builder), "user", "name", (row) => fn("and", fn("=", row("kind"), lit("view")), fn("=", row("town"), lit("Madrid")))),
  },
  {
    name: "a full join, of which every row comes out",
    unchanged: true,
    plan: (clicks, builder) => clicks.join("full", people(builder), "user", "name", (row) => fn("=", row("town"), lit("Madrid"))),
  },
  {
    name: "what may fail waits for a partner",
    unchanged: true,
    plan: (clicks, builder) => clicks.join("inner", people(builder), "user", "name", (row) => fn(">", cast(row("town"), intType, false), lit(10))),
  },
  {
    name: "a clock, for the table is read once for many batches",
    unchanged: true,
    plan: (clicks, builder) => clicks.join("inner", people(builder), "user", "name", (row) => fn("<", row("since"), call("current_timestamp", [], timestampType, false, "batch"))),
  },
  {
    name: "two streams",
    unchanged: true,
    plan: (clicks, builder) => clicks.join("inner", builder.source("people", columns), "user", "name", (row) => fn("=", row("town"), lit("Madrid"))),
  },
]);
