import { pushFilterThroughProject } from "../../../../compiler/3-optimize/rules/push-filter-through-project.ts";
import { cast, fieldAccess } from "../../../../compiler/ir/expr/index.ts";
import { intType, stringType } from "../../../../compiler/ir/types/data-type.ts";
import { fn, imported, lit, rand } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(pushFilterThroughProject, [
  {
    name: "a filter over a renamed column",
    plan: (clicks) => clicks.select({ reader: (row) => row("user") }, "kind").where((row) => fn("is not null", row("reader"))),
  },
  {
    name: "a filter over a field of a record",
    plan: (clicks) => clicks.select("user", { city: (row) => fieldAccess(row("place"), "city", stringType, true) }).where((row) => fn("=", row("city"), lit("Madrid"))),
  },
  {
    name: "only the conjuncts that read cheap columns",
    plan: (clicks) =>
      clicks
        .extend({ url: (row) => imported("contentPath", row("request")) })
        .where((row) => fn("and", fn("is not null", row("url")), fn("=", row("kind"), lit("view")))),
  },
  {
    name: "a predicate that may fail, with the guard before it",
    plan: (clicks) =>
      clicks
        .extend({ who: (row) => row("user") })
        .where((row) => fn("and", fn("=", row("kind"), lit("number")), fn(">", cast(row("who"), intType, false), lit(10)))),
  },
  {
    name: "a predicate that may fail stays with the guard that stays",
    unchanged: true,
    plan: (clicks) =>
      clicks
        .extend({ url: (row) => imported("contentPath", row("request")) })
        .where((row) => fn("and", fn("is not null", row("url")), fn(">", cast(row("user"), intType, false), lit(10)))),
  },
  {
    name: "a computed column would be computed twice",
    unchanged: true,
    plan: (clicks) => clicks.select({ name: (row) => fn("lower", row("user")) }).where((row) => fn("=", row("name"), lit("ana"))),
  },
  {
    name: "a volatile column is computed for all rows",
    unchanged: true,
    plan: (clicks) => clicks.select("kind", { dice: () => rand() }).where((row) => fn("=", row("kind"), lit("view"))),
  },
  {
    name: "a watermark below the filter",
    unchanged: true,
    plan: (clicks) => clicks.select("kind", "at").watermark("at").where((row) => fn("=", row("kind"), lit("view"))),
  },
]);
