import { removeNeedlessDedups } from "../../../../compiler/3-optimize/rules/remove-needless-dedups.ts";
import { agg } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(removeNeedlessDedups, [
  {
    name: "by all columns, over groups",
    plan: (clicks) => clicks.aggregate({ views: () => agg("count") }, ["kind"]).dedup("kind", "views"),
  },
  {
    name: "by a copy of the key",
    plan: (clicks) => clicks.aggregate({ views: () => agg("count") }, ["kind"]).select("views", { name: (row) => row("kind") }).dedup("name"),
  },
  {
    name: "by a part of the key",
    unchanged: true,
    plan: (clicks) => clicks.aggregate({ views: () => agg("count") }, ["kind", "user"]).dedup("kind"),
  },
  {
    name: "over rows that keep coming",
    unchanged: true,
    plan: (clicks) => clicks.dedup("kind"),
  },
  {
    name: "over copies of groups",
    unchanged: true,
    plan: (clicks) => {
      const counted = clicks.aggregate({ views: () => agg("count") }, ["kind"]);
      return counted.union(counted).dedup("kind", "views");
    },
  },
]);
