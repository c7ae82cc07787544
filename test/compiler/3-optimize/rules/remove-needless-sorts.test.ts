import { removeNeedlessSorts } from "../../../../compiler/3-optimize/rules/remove-needless-sorts.ts";
import { cast } from "../../../../compiler/ir/expr/index.ts";
import { doubleType, longType } from "../../../../compiler/ir/types/data-type.ts";
import { agg, fn, lit } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(removeNeedlessSorts, [
  {
    name: "below another sort",
    plan: (clicks) => clicks.orderBy("score").orderBy("kind"),
  },
  {
    name: "below an aggregate of all rows, through a filter and a projection",
    plan: (clicks) =>
      clicks.orderBy("score").where((row) => fn("=", row("kind"), lit("view"))).select("kind", "score").aggregate({ views: () => agg("count"), best: (row) => agg("max", [row("score")]), all: (row) => agg("sum", [cast(row("score"), longType, false)]) }, []),
  },
  {
    name: "below a top",
    plan: (clicks) => clicks.orderBy("user").top(3, "score", ["kind"]),
  },
  {
    name: "a limit in between",
    unchanged: true,
    plan: (clicks) => clicks.orderBy("score").limit(3).orderBy("kind"),
  },
  {
    name: "groups, which come out as their first rows came in",
    unchanged: true,
    plan: (clicks) => clicks.orderBy("score").aggregate({ views: () => agg("count") }, ["kind"]),
  },
  {
    name: "an aggregate that keeps the first",
    unchanged: true,
    plan: (clicks) => clicks.orderBy("score").aggregate({ best: (row) => agg("first", [row("user")]) }, []),
  },
  {
    name: "a sum of floating numbers, which rounds on the way",
    unchanged: true,
    plan: (_clicks, builder) => builder.table("readings", { value: doubleType }).orderBy("value").aggregate({ all: (row) => agg("sum", [row("value")]) }, []),
  },
  {
    name: "floating numbers, of which equal ones differ",
    unchanged: true,
    plan: (_clicks, builder) => builder.table("readings", { value: doubleType }).orderBy("value").orderBy("value"),
  },
]);
