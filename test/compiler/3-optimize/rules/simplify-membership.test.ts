import { simplifyMembership } from "../../../../compiler/3-optimize/rules/simplify-membership.ts";
import { fn, lit, litOf } from "../../../support/plan-builder.ts";
import { stringType } from "../../../../compiler/ir/types/data-type.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(simplifyMembership, [
  {
    name: "one item",
    plan: (clicks) => clicks.where((row) => fn("in", row("user"), lit("ana"))),
  },
  {
    name: "an item twice",
    plan: (clicks) => clicks.where((row) => fn("in", row("user"), lit("ana"), row("kind"), lit("ana"), row("kind"))),
  },
  {
    name: "different items, null among them",
    unchanged: true,
    plan: (clicks) => clicks.where((row) => fn("in", row("user"), lit("ana"), litOf(null, stringType))),
  },
]);
