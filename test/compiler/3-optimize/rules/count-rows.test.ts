import { countRows } from "../../../../compiler/3-optimize/rules/count-rows.ts";
import { cast } from "../../../../compiler/ir/expr/index.ts";
import { intType } from "../../../../compiler/ir/types/data-type.ts";
import { agg, fn, rand } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

ruleSample(countRows, [
  {
    name: "a value that is never null, under its condition",
    plan: (clicks) => clicks.aggregate({ views: (row) => agg("count", [fn("lower", row("kind"))], fn("is not null", row("user"))), users: (row) => agg("count", [row("user")]) }, []),
  },
  {
    name: "a value that may be null",
    unchanged: true,
    plan: (clicks) => clicks.aggregate({ users: (row) => agg("count", [row("user")]) }, ["kind"]),
  },
  {
    name: "different values",
    unchanged: true,
    plan: (clicks) => clicks.aggregate({ kinds: (row) => ({ ...agg("count", [row("kind")]), distinct: true }) }, []),
  },
  {
    name: "what may fail",
    unchanged: true,
    plan: (clicks) => clicks.aggregate({ numbers: (row) => agg("count", [cast(row("kind"), intType, false)]) }, []),
  },
  {
    name: "chance",
    unchanged: true,
    plan: (clicks) => clicks.aggregate({ tries: () => agg("count", [rand()]) }, []),
  },
]);
