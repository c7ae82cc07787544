import { pruneColumns } from "../../../../compiler/3-optimize/rules/prune-columns.ts";
import { pushFilterIntoScan } from "../../../../compiler/3-optimize/rules/push-filter-into-scan.ts";
import { stringType } from "../../../../compiler/ir/types/data-type.ts";
import { agg, BuiltPlan, clickColumns, fn, imported, lit } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(pruneColumns, [
  {
    name: "through a projection, down to the reader",
    plan: (clicks) => clicks.extend({ url: (row) => imported("contentPath", row("request")) }).select("kind", "user"),
  },
  {
    name: "a filter keeps what it reads",
    plan: (clicks) => clicks.where((row) => fn("is not null", row("user"))).select("kind"),
  },
  {
    name: "the reader keeps what its own filter reads",
    plan: (clicks, builder) => new BuiltPlan(builder, pushFilterIntoScan.apply(clicks.where((row) => fn("is not null", row("user"))).plan)).select("kind"),
  },
  {
    name: "an aggregate keeps the event time that reaches it",
    plan: (clicks) => clicks.watermark("at").select("at", "kind", "user").aggregate({ views: () => agg("count") }, ["kind"]),
  },
  {
    name: "counting alone reads nothing",
    plan: (clicks) => clicks.extend({ url: (row) => fn("lower", row("request")) }).aggregate({ views: () => agg("count") }, []),
  },
  {
    name: "a projection that ends an event time stays, if only for that",
    plan: (clicks) => clicks.watermark("at").select("kind").aggregate({ views: () => agg("count") }, []),
  },
  {
    name: "an aggregate that nobody reads stays, for it is state",
    plan: (clicks) => clicks.aggregate({ views: () => agg("count"), best: (row) => agg("max", [row("score")]) }, ["kind"]).select("kind", "views"),
  },
  {
    name: "a sort keeps the columns that order equal rows",
    plan: (clicks) => clicks.aggregate({ views: () => agg("count") }, ["kind", "user"]).select("kind", "user", "views").orderBy("views").select("kind"),
  },
  {
    name: "a join with a table reads its keys and what is asked for",
    plan: (clicks, builder) =>
      clicks.join("left", builder.table("people", { name: stringType, town: stringType, note: stringType }), "user", "name").select("kind", "town"),
  },
  {
    name: "through a union, into each of its inputs",
    plan: (clicks, builder) => clicks.union(builder.source("clicks", clickColumns).where((row) => fn("is not null", row("user")))).select("kind"),
  },
  {
    name: "a limit keeps the columns of groups, by which the first are chosen, but not those of rows as read",
    plan: (clicks) => {
      const counted = clicks.aggregate({ views: () => agg("count") }, ["kind"]).select("views", "kind").limit(3).select("kind");
      return counted.union(clicks.limit(3).select("kind"));
    },
  },
  {
    name: "a top keeps all columns, which order rows that are equal otherwise",
    plan: (clicks) => clicks.select("kind", "score").top(3, "score", ["kind"]).select("kind"),
  },
  {
    name: "a join of two streams keeps the event time by which a side is late",
    plan: (clicks, builder) => clicks.watermark("at").join("inner", builder.source("people", { name: stringType, town: stringType }), "user", "name").select("kind", "town"),
  },
  {
    name: "late rows go out with the columns that they are to have",
    plan: (clicks) => clicks.watermark("at", { kind: "into", sideOutput: "lost" }).aggregate({ views: () => agg("count") }, [], "at"),
  },
  {
    name: "a dedup of rows that keep coming reads its keys and the event time",
    plan: (clicks) => clicks.watermark("at").dedupWithin("at", "user").select("kind"),
  },
  {
    name: "a dedup of groups, of which the content says which is the first",
    plan: (clicks) => clicks.aggregate({ views: () => agg("count"), score: (row) => agg("max", [row("score")]) }, ["kind", "user"]).dedup("kind").select("kind"),
  },
  {
    name: "everything is read",
    unchanged: true,
    plan: (clicks) => clicks.where((row) => fn("=", row("kind"), lit("view"))),
  },
]);
