import { simplifyConditionals } from "../../../../compiler/3-optimize/rules/simplify-conditionals.ts";
import { caseWhen } from "../../../../compiler/ir/expr/index.ts";
import { booleanType, doubleType, stringType } from "../../../../compiler/ir/types/data-type.ts";
import { agg, fn, lit, rand } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(simplifyConditionals, [
  {
    name: "the first that is not null",
    plan: (clicks) =>
      clicks.select(
        { a: (row) => caseWhen([{ when: fn("is not null", row("user")), then: row("user") }], lit("none"), stringType) },
        { b: (row) => fn("if", fn("is null", fn("lower", row("user"))), row("kind"), fn("lower", row("user"))) },
        { c: (row) => fn("coalesce", fn("coalesce", row("user"), row("request")), row("user"), row("kind")) },
      ),
  },
  {
    name: "the condition itself",
    plan: (clicks) =>
      clicks.select(
        { certain: (row) => fn("or", lit(false), caseWhen([{ when: fn("=", row("kind"), lit("view")), then: lit(true) }], lit(false), booleanType)) },
        { unsure: (row) => fn("if", fn("=", row("user"), lit("ana")), lit(true), lit(false)) },
      ),
  },
  {
    name: "alternatives that are the same",
    plan: (clicks) =>
      clicks.select({
        a: (row) => caseWhen([{ when: fn("=", row("kind"), lit("view")), then: fn("lower", row("user")) }, { when: fn("=", row("kind"), lit("click")), then: row("request") }], row("request"), stringType),
      }),
  },
  {
    name: "a literal condition",
    plan: (clicks) => clicks.select({ a: (row) => fn("lower", fn("if", lit(true), row("user"), row("kind"))) }),
  },
  {
    name: "chance, which is tried twice",
    unchanged: true,
    plan: (clicks) => clicks.select({ a: () => caseWhen([{ when: fn("is not null", rand()), then: rand() }], undefined, doubleType) }),
  },
  {
    name: "a column does not turn into a plain one",
    unchanged: true,
    plan: (clicks) => clicks.select({ a: (row) => fn("if", lit(true), row("user"), row("kind")) }),
  },
  {
    name: "state keeps what may be null",
    unchanged: true,
    plan: (clicks) => clicks.aggregate({ views: (row) => agg("max", [fn("if", lit(true), row("kind"), row("user"))]) }, []),
  },
]);
