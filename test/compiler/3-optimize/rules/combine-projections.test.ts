import { combineProjections } from "../../../../compiler/3-optimize/rules/combine-projections.ts";
import { fieldAccess } from "../../../../compiler/ir/expr/index.ts";
import { stringType } from "../../../../compiler/ir/types/data-type.ts";
import { fn, imported, lit, rand } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(combineProjections, [
  {
    name: "an expression over an expression",
    plan: (clicks) => clicks.select({ name: (row) => fn("lower", row("user")) }).select({ greeting: (row) => fn("||", lit("hello "), row("name")) }),
  },
  {
    name: "three in one pass",
    plan: (clicks) =>
      clicks
        .select({ name: (row) => fn("lower", row("user")) }, "kind")
        .select({ letters: (row) => fn("length", row("name")) }, "kind")
        .select({ twice: (row) => fn("*", row("letters"), lit(2)) }, "kind"),
  },
  {
    name: "cheap columns may be read twice",
    plan: (clicks) =>
      clicks
        .select({ city: (row) => fieldAccess(row("place"), "city", stringType, true) }, { reader: (row) => row("user") })
        .select({ both: (row) => fn("||", row("city"), row("city")) }, { same: (row) => fn("=", row("reader"), row("city")) }),
  },
  {
    name: "a costly column that nobody reads goes",
    plan: (clicks) => clicks.extend({ url: (row) => imported("contentPath", row("request")) }).select("kind"),
  },
  {
    name: "a renamed event time stays one",
    plan: (clicks) => clicks.watermark("at").select({ seen: (row) => row("at") }, "kind").select("seen"),
  },
  {
    name: "a costly column that is read twice",
    unchanged: true,
    plan: (clicks) =>
      clicks
        .extend({ url: (row) => imported("contentPath", row("request")) })
        .select("url", { letters: (row) => fn("length", row("url")) }),
  },
  {
    name: "a volatile column that is read twice",
    unchanged: true,
    plan: (clicks) => clicks.select({ dice: () => rand() }).select({ one: (row) => row("dice") }, { other: (row) => row("dice") }),
  },
  {
    name: "a watermark between them",
    unchanged: true,
    plan: (clicks) => clicks.select("at", "kind").watermark("at").select("at"),
  },
]);
