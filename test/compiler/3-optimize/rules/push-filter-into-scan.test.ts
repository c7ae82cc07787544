import { pushFilterIntoScan } from "../../../../compiler/3-optimize/rules/push-filter-into-scan.ts";
import { cast, paramRef } from "../../../../compiler/ir/expr/index.ts";
import { intType } from "../../../../compiler/ir/types/data-type.ts";
import { BuiltPlan, fn, imported, lit, rand } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(pushFilterIntoScan, [
  {
    name: "a comparison of a column",
    plan: (clicks) => clicks.where((row) => fn("=", row("kind"), lit("view"))),
  },
  {
    name: "each conjunct on its own",
    plan: (clicks) =>
      clicks.where((row) =>
        fn("and", fn("and", fn("is not null", row("user")), fn("is not null", imported("contentPath", row("request")))), fn("=", row("kind"), lit("view"))),
      ),
  },
  {
    name: "behind the filter that the reader has",
    plan: (clicks, builder) => new BuiltPlan(builder, pushFilterIntoScan.apply(clicks.where((row) => fn("=", row("kind"), lit("view"))).plan)).where((row) => fn("is not null", row("user"))),
  },
  {
    name: "a cast that may fail",
    unchanged: true,
    plan: (clicks) => clicks.where((row) => fn(">", cast(row("user"), intType, false), lit(10))),
  },
  {
    name: "a param, which has no value when the reader is made",
    unchanged: true,
    plan: (clicks) => clicks.where((row) => fn(">", row("score"), paramRef("least", intType, false))),
  },
  {
    name: "nothing from behind a volatile predicate",
    unchanged: true,
    plan: (clicks) => clicks.where((row) => fn("and", fn("<", rand(), cast(lit(1), rand().type, false)), fn("=", row("kind"), lit("view")))),
  },
  {
    name: "a watermark between filter and reader",
    unchanged: true,
    plan: (clicks) => clicks.watermark("at").where((row) => fn("=", row("kind"), lit("view"))),
  },
]);
