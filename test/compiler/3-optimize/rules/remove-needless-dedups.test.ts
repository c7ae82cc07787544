import { removeNeedlessDedups } from "../../../../compiler/3-optimize/rules/remove-needless-dedups.ts";
import { agg } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(removeNeedlessDedups, [
  {
    name: "by all columns, over groups",
    plan: (clicks) => clicks.aggregate({ views: () => agg("count") }, ["kind"]).dedup("kind", "views").orderBy("views"),
  },
  {
    name: "by a copy of the key, through a projection",
    plan: (clicks) => clicks.aggregate({ views: () => agg("count") }, ["kind"]).select("views", { name: (row) => row("kind") }).dedup("name").select("views").aggregate({ most: (row) => agg("max", [row("views")]) }, []),
  },
  {
    name: "by a part of the key",
    unchanged: true,
    plan: (clicks) => clicks.aggregate({ views: () => agg("count") }, ["kind", "user"]).dedup("kind").orderBy("kind"),
  },
  {
    name: "whose order can be seen",
    unchanged: true,
    plan: (clicks) => clicks.aggregate({ views: () => agg("count") }, ["kind"]).dedup("kind", "views"),
  },
  {
    name: "over rows that keep coming",
    unchanged: true,
    plan: (clicks) => clicks.dedup("kind").orderBy("kind"),
  },
  {
    name: "over copies of groups",
    unchanged: true,
    plan: (clicks) => {
      const counted = clicks.aggregate({ views: () => agg("count") }, ["kind"]);
      return counted.union(counted).dedup("kind", "views").orderBy("kind");
    },
  },
]);
