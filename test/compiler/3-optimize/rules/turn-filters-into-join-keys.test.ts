import { turnFiltersIntoJoinKeys } from "../../../../compiler/3-optimize/rules/turn-filters-into-join-keys.ts";
import { cast } from "../../../../compiler/ir/expr/index.ts";
import { intType, stringType } from "../../../../compiler/ir/types/data-type.ts";
import type { BuiltPlan, PlanBuilder } from "../../../support/plan-builder.ts";
import { fn, lit } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

const people = (builder: PlanBuilder): BuiltPlan => builder.table("people", { name: stringType, town: { nullable: stringType } });

ruleSample(turnFiltersIntoJoinKeys, [
  {
    name: "an equality over a cross join, whichever side stands first",
    plan: (clicks, builder) => clicks.cross(people(builder)).where((row) => fn("and", fn("=", row("name"), row("user")), fn("!=", row("town"), row("request")))),
  },
  {
    name: "one more key of an inner join, null being a value",
    plan: (clicks, builder) => clicks.join("inner", people(builder), "user", "name").where((row) => fn("is not distinct from", fn("lower", row("request")), row("town"))),
  },
  {
    name: "a left join, where a row without a partner would stay",
    unchanged: true,
    plan: (clicks, builder) => clicks.join("left", people(builder), "user", "name").where((row) => fn("=", row("request"), row("town"))),
  },
  {
    name: "what may fail, for rows that meet none would be asked",
    unchanged: true,
    plan: (clicks, builder) => clicks.cross(people(builder)).where((row) => fn("=", row("score"), cast(row("town"), intType, false))),
  },
  {
    name: "an equality of one side",
    unchanged: true,
    plan: (clicks, builder) => clicks.cross(people(builder)).where((row) => fn("=", row("kind"), lit("view"))),
  },
]);
