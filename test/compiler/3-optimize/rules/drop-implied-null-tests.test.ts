import { dropImpliedNullTests } from "../../../../compiler/3-optimize/rules/drop-implied-null-tests.ts";
import type { Expr } from "../../../../compiler/ir/expr/index.ts";
import { cast } from "../../../../compiler/ir/expr/index.ts";
import { Scan } from "../../../../compiler/ir/logical/index.ts";
import { intType } from "../../../../compiler/ir/types/data-type.ts";
import type { Row } from "../../../support/plan-builder.ts";
import { BuiltPlan, fn, lit } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

/** A source whose reader asks a condition. */
function reading(clicks: BuiltPlan, condition: (row: Row) => Expr): BuiltPlan {
  const { plan } = clicks.where(condition);
  if (plan.kind !== "Filter" || plan.input.kind !== "Scan") throw new Error("no filter over a scan");
  const { input, columns, needed } = plan.input;
  return new BuiltPlan(clicks.builder, new Scan(input, columns, needed, plan.predicate, undefined));
}

ruleSample(dropImpliedNullTests, [
  {
    name: "before and behind the conjunct that says it",
    plan: (clicks) => reading(clicks, (row) => fn("and", fn("and", fn("is not null", row("user")), fn("=", fn("lower", row("user")), row("request"))), fn("is not null", row("request")))),
  },
  {
    name: "one of two tests stays",
    plan: (clicks) => reading(clicks, (row) => fn("and", fn("is not null", row("user")), fn("is not null", row("user")))),
  },
  {
    name: "behind what may fail, which it does not guard",
    plan: (clicks) => reading(clicks, (row) => fn("and", fn(">", cast(row("user"), intType, false), lit(3)), fn("is not null", row("user")))),
  },
  {
    name: "a conjunct that null satisfies",
    unchanged: true,
    plan: (clicks) => reading(clicks, (row) => fn("and", fn("is not null", row("user")), fn("is distinct from", row("user"), lit("ana")))),
  },
  {
    name: "the guard of what may fail",
    unchanged: true,
    plan: (clicks) => reading(clicks, (row) => fn("and", fn("is not null", row("user")), fn(">", cast(row("user"), intType, false), lit(3)))),
  },
  {
    name: "a filter behind the reader",
    unchanged: true,
    plan: (clicks) => clicks.where((row) => fn("and", fn("is not null", row("user")), fn("=", row("user"), lit("ana")))),
  },
]);
