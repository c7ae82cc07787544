import { pushLimitThroughProject } from "../../../../compiler/3-optimize/rules/push-limit-through-project.ts";
import { fn, rand } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(pushLimitThroughProject, [
  {
    name: "to the sort, through every projection",
    plan: (clicks) => clicks.orderBy("score").select("kind", "user").select("kind", { name: (row) => fn("lower", row("user")) }).limit(3),
  },
  {
    name: "rows without an order, of which the content decides",
    unchanged: true,
    plan: (clicks) => clicks.select("kind", { name: (row) => fn("lower", row("user")) }).limit(3),
  },
  {
    name: "a volatile column",
    unchanged: true,
    plan: (clicks) => clicks.orderBy("score").select("kind", { chance: () => rand() }).limit(3),
  },
]);
