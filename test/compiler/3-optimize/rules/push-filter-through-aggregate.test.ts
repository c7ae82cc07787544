import { pushFilterThroughAggregate } from "../../../../compiler/3-optimize/rules/push-filter-through-aggregate.ts";
import { cast, paramRef } from "../../../../compiler/ir/expr/index.ts";
import { intType, longType, stringType, timestampType } from "../../../../compiler/ir/types/data-type.ts";
import { agg, fn, lit, litOf } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(pushFilterThroughAggregate, [
  {
    name: "a condition on a key, not one on a result",
    plan: (clicks) =>
      clicks.aggregate({ views: () => agg("count") }, ["kind"]).where((row) => fn("and", fn(">", row("views"), litOf(3, longType)), fn("=", row("kind"), lit("view")))),
  },
  {
    name: "above the watermark",
    plan: (clicks) => clicks.watermark("at").aggregate({ views: () => agg("count") }, ["user"], "at").where((row) => fn("is not null", row("user"))),
  },
  {
    name: "a condition on the window, which is no column of the input",
    unchanged: true,
    plan: (clicks) => clicks.watermark("at").aggregate({ views: () => agg("count") }, ["user"], "at").where((row) => fn(">", row("window_start"), litOf(0, timestampType))),
  },
  {
    name: "no keys, where one row comes out of none",
    unchanged: true,
    plan: (clicks) => clicks.aggregate({ views: () => agg("count") }, []).where(() => lit(false)),
  },
  {
    name: "what may fail, for late rows would be asked too",
    unchanged: true,
    plan: (clicks) => clicks.aggregate({ views: () => agg("count") }, ["user"]).where((row) => fn(">", cast(row("user"), intType, false), lit(10))),
  },
  {
    name: "a param, which may be another one after a restart",
    unchanged: true,
    plan: (clicks) => clicks.aggregate({ views: () => agg("count") }, ["kind"]).where((row) => fn("=", row("kind"), paramRef("wanted", stringType, false))),
  },
  {
    name: "late rows go out whatever their key",
    unchanged: true,
    plan: (clicks) => clicks.watermark("at", { kind: "into", sideOutput: "lost" }).aggregate({ views: () => agg("count") }, ["kind"], "at").where((row) => fn("=", row("kind"), lit("view"))),
  },
  {
    name: "an aggregate that is used twice, which has one state",
    unchanged: true,
    plan: (clicks) => {
      const counted = clicks.aggregate({ views: () => agg("count") }, ["kind"]);
      return counted.where((row) => fn("=", row("kind"), lit("view"))).union(counted.where((row) => fn("=", row("kind"), lit("click"))));
    },
  },
]);
