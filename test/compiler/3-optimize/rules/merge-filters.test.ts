import { mergeFilters } from "../../../../compiler/3-optimize/rules/merge-filters.ts";
import { fn, imported, lit } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(mergeFilters, [
  {
    name: "two adjacent filters, the inner one first",
    plan: (clicks) => clicks.where((row) => fn("is not null", row("user"))).where((row) => fn("=", row("kind"), lit("view"))),
  },
  {
    name: "three adjacent filters in one pass",
    plan: (clicks) =>
      clicks
        .where((row) => fn("=", row("kind"), lit("view")))
        .where((row) => fn("is not null", row("user")))
        .where((row) => fn(">", row("score"), lit(10))),
  },
  {
    name: "a filter that may fail stays behind its guard",
    plan: (clicks) => clicks.where((row) => fn("=", row("kind"), lit("view"))).where((row) => fn("is not null", imported("contentPath", row("request")))),
  },
  {
    name: "a watermark between them",
    unchanged: true,
    plan: (clicks) => clicks.where((row) => fn("=", row("kind"), lit("view"))).watermark("at").where((row) => fn("is not null", row("user"))),
  },
  {
    name: "a projection between them",
    unchanged: true,
    plan: (clicks) => clicks.where((row) => fn("=", row("kind"), lit("view"))).select("user").where((row) => fn("is not null", row("user"))),
  },
]);
