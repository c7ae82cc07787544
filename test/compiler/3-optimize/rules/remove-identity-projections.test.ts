import { removeIdentityProjections } from "../../../../compiler/3-optimize/rules/remove-identity-projections.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(removeIdentityProjections, [
  {
    name: "all columns in their order",
    plan: (clicks) => clicks.select("kind", "user", "request", "score", "at", "place").watermark("at"),
  },
  {
    name: "two identities",
    plan: (clicks) => clicks.select("kind", "user").select("kind", "user").select("kind", "user"),
  },
  {
    name: "another order",
    unchanged: true,
    plan: (clicks) => clicks.select("user", "kind", "request", "score", "at", "place"),
  },
  {
    name: "another name",
    unchanged: true,
    plan: (clicks) => clicks.select("kind", { reader: (row) => row("user") }, "request", "score", "at", "place"),
  },
  {
    name: "fewer columns",
    unchanged: true,
    plan: (clicks) => clicks.select("kind", "user"),
  },
]);
