import { relaxFilterConditions } from "../../../../compiler/3-optimize/rules/relax-filter-conditions.ts";
import { caseWhen } from "../../../../compiler/ir/expr/index.ts";
import { booleanType, stringType } from "../../../../compiler/ir/types/data-type.ts";
import { fn, lit } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(relaxFilterConditions, [
  {
    name: "null and false",
    plan: (clicks) => clicks.where((row) => fn("and", fn("coalesce", fn("<", row("score"), lit(3)), lit(false)), fn("or", fn("is true", fn("=", row("user"), lit("ana"))), fn("=", row("kind"), lit("view"))))),
  },
  {
    name: "choices",
    plan: (clicks) =>
      clicks.where((row) => caseWhen([{ when: fn("=", row("kind"), lit("view")), then: lit(true) }], undefined, booleanType)).where((row) => fn("if", fn("=", row("kind"), lit("view")), fn("<", row("score"), lit(3)), lit(false))),
  },
  {
    name: "in the condition of a join",
    plan: (clicks, builder) => clicks.join("left", builder.table("people", { name: stringType, town: { nullable: stringType } }), "user", "name", (row) => fn("is true", fn("=", row("town"), row("request")))),
  },
  {
    name: "below a negation null is not false",
    unchanged: true,
    plan: (clicks) => clicks.where((row) => fn("not", fn("coalesce", fn("<", row("score"), lit(3)), lit(false)))),
  },
  {
    name: "a column, where null can be seen",
    unchanged: true,
    plan: (clicks) => clicks.select({ low: (row) => fn("coalesce", fn("<", row("score"), lit(3)), lit(false)) }),
  },
  {
    name: "null taken for true",
    unchanged: true,
    plan: (clicks) => clicks.where((row) => fn("coalesce", fn("<", row("score"), lit(3)), lit(true))),
  },
]);
