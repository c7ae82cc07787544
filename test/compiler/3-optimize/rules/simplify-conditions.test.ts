import { simplifyConditions } from "../../../../compiler/3-optimize/rules/simplify-conditions.ts";
import { cast } from "../../../../compiler/ir/expr/index.ts";
import { booleanType } from "../../../../compiler/ir/types/data-type.ts";
import { fn, lit, rand } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(simplifyConditions, [
  {
    name: "negations",
    plan: (clicks) =>
      clicks.where((row) =>
        fn("not", fn("or", fn("or", fn("=", row("kind"), lit("view")), fn("not", fn("like", row("user"), lit("a%")))), fn("and", fn("is null", row("score")), fn("<", row("score"), lit(3))))),
      ),
  },
  {
    name: "comparisons with true and false",
    plan: (clicks) => clicks.select({ a: (row) => fn("=", fn("<", row("score"), lit(3)), lit(true)) }, { b: (row) => fn("=", fn("<", row("score"), lit(3)), lit(false)) }, { c: (row) => fn("is not true", fn("=", row("kind"), lit("view"))) }),
  },
  {
    name: "what is asked twice",
    plan: (clicks) => clicks.where((row) => fn("and", fn("and", fn("=", row("kind"), lit("view")), fn("is not null", row("user"))), fn("=", row("kind"), lit("view")))),
  },
  {
    name: "what all alternatives ask first",
    plan: (clicks) => {
      return clicks.where((row) => {
        const view = fn("=", row("kind"), lit("view"));
        return fn("or", fn("and", view, fn("=", row("user"), lit("ana"))), fn("and", view, fn(">", row("score"), lit(3))));
      });
    },
  },
  {
    name: "an alternative that decides alone",
    plan: (clicks) => clicks.where((row) => fn("or", fn("=", row("kind"), lit("view")), fn("and", fn("=", row("kind"), lit("view")), fn(">", row("score"), lit(3))))),
  },
  {
    name: "in another order, for the first may guard the second",
    unchanged: true,
    plan: (clicks) =>
      clicks.where((row) => {
        const guard = fn("=", row("kind"), lit("view"));
        const guarded = cast(row("user"), booleanType, false);
        return fn("or", fn("and", guard, fn("is not null", row("score"))), fn("and", guarded, guard));
      }),
  },
  {
    name: "chance, which is tried twice",
    unchanged: true,
    plan: (clicks) => clicks.where(() => fn("and", fn("<", rand(), cast(lit(1), rand().type, false)), fn("<", rand(), cast(lit(1), rand().type, false)))),
  },
  {
    name: "a boolean that may be null is not the same as that it is true",
    unchanged: true,
    plan: (clicks) => clicks.select({ known: (row) => fn("is true", fn("<", row("score"), lit(3))) }),
  },
]);
