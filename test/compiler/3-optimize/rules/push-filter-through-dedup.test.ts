import { pushFilterThroughDedup } from "../../../../compiler/3-optimize/rules/push-filter-through-dedup.ts";
import { paramRef } from "../../../../compiler/ir/expr/index.ts";
import { doubleType, stringType } from "../../../../compiler/ir/types/data-type.ts";
import { fn, lit, litOf } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(pushFilterThroughDedup, [
  {
    name: "a condition on the keys",
    plan: (clicks) => clicks.dedup("kind", "user").where((row) => fn("and", fn("=", row("kind"), lit("view")), fn(">", row("score"), lit(1)))),
  },
  {
    name: "a condition on other columns, which chooses among the rows of a key",
    unchanged: true,
    plan: (clicks) => clicks.dedup("kind").where((row) => fn(">", row("score"), lit(1))),
  },
  {
    name: "a param, which may be another one after a restart",
    unchanged: true,
    plan: (clicks) => clicks.dedup("kind").where((row) => fn("=", row("kind"), paramRef("wanted", stringType, false))),
  },
  {
    name: "a floating key, of which 0.0 and −0.0 are one",
    unchanged: true,
    plan: (_clicks, builder) => builder.source("readings", { value: doubleType }).dedup("value").where((row) => fn("<", row("value"), litOf(1, doubleType))),
  },
  {
    name: "a dedup within a span, whose first rows stay the same",
    plan: (clicks) => clicks.watermark("at", { kind: "drop" }).dedupWithin("at", "kind").where((row) => fn("=", row("kind"), lit("view"))),
  },
  {
    name: "late rows go out as they are",
    unchanged: true,
    plan: (clicks) => clicks.watermark("at", { kind: "into", sideOutput: "lost" }).dedup("kind").where((row) => fn("=", row("kind"), lit("view"))),
  },
]);
