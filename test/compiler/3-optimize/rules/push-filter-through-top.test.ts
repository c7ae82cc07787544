import { pushFilterThroughTop } from "../../../../compiler/3-optimize/rules/push-filter-through-top.ts";
import { fn, lit } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(pushFilterThroughTop, [
  {
    name: "a condition on the keys, not one on the rank",
    plan: (clicks) => clicks.top(3, "score", ["kind"], "nth").where((row) => fn("and", fn("=", row("kind"), lit("view")), fn("=", row("nth"), lit(1)))),
  },
  {
    name: "a condition on other columns, without which others move up",
    unchanged: true,
    plan: (clicks) => clicks.top(3, "score", ["kind"]).where((row) => fn("is not null", row("user"))),
  },
  {
    name: "a top of all rows",
    unchanged: true,
    plan: (clicks) => clicks.top(3, "score", []).where((row) => fn("=", row("kind"), lit("view"))),
  },
]);
