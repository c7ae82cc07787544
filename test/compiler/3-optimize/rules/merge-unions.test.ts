import { mergeUnions } from "../../../../compiler/3-optimize/rules/merge-unions.ts";
import { clickColumns } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(mergeUnions, [
  {
    name: "a union of unions, in their order",
    plan: (clicks, builder) => {
      const more = (name: string) => builder.source(name, clickColumns);
      return clicks.union(more("second")).union(more("third").union(more("fourth")));
    },
  },
  {
    name: "with the event time that all have",
    plan: (clicks, builder) => clicks.watermark("at").union(builder.source("second", clickColumns).watermark("at")).union(builder.source("third", clickColumns).watermark("at")),
  },
  {
    name: "a projection between them",
    unchanged: true,
    plan: (clicks, builder) => clicks.union(builder.source("second", clickColumns)).select("kind").union(builder.source("third", clickColumns).select("kind")),
  },
]);
