import { expect, it } from "vitest";
import { checkIntegrity } from "../../../compiler/3-optimize/check-integrity.ts";
import { batches, onlyForNode, optimize } from "../../../compiler/3-optimize/optimize.ts";
import { runBatches } from "../../../compiler/3-optimize/rule-executor.ts";
import { logicalPlanText } from "../../../compiler/explain/logical-text.ts";
import { literals } from "../../../compiler/ir/expr/index.ts";
import type { LogicalPlan } from "../../../compiler/ir/logical/index.ts";
import { stringType } from "../../../compiler/ir/types/data-type.ts";
import { agg, clickColumns, fn, imported, lit, PlanBuilder } from "../../support/plan-builder.ts";

const builder = new PlanBuilder();
const clicks = builder.source("clicks", clickColumns);
const people = builder.table("people", { name: stringType, town: { nullable: stringType }, note: stringType });

const plans: Readonly<Record<string, LogicalPlan>> = {
  "filters and projections over each other": clicks
    .extend({ url: (row) => imported("contentPath", row("request")) })
    .where((row) => fn("is not null", row("url")))
    .where((row) => fn("=", row("kind"), lit("view")))
    .select("url", "user", { one: () => fn("+", lit(0), lit(1)) })
    .where((row) => fn("=", row("one"), lit(1)))
    .select("url", { name: (row) => fn("lower", row("user")) }).plan,
  "a windowed count": clicks
    .where((row) => fn("and", fn("=", row("kind"), lit("view")), fn("=", lit(1), lit(1))))
    .watermark("at")
    .extend({ name: (row) => fn("lower", row("user")) })
    .aggregate({ views: () => agg("count") }, ["kind"], "at")
    .orderBy("views")
    .select("window_start", "kind", "views")
    .limit(3).plan,
  "a join with a table": clicks
    .where((row) => fn("is not null", row("user")))
    .join("left", people, "user", "name", (row) => fn("or", fn("=", row("town"), lit("Madrid")), literals.boolean(false)))
    .select("kind", "town", "request")
    .select("kind", "town").plan,
};

it.each(Object.entries(plans))("comes to rest: %s", (_name, plan) => {
  const optimized = optimize(plan);
  expect(optimize(optimized)).toBe(optimized);
});

it.each(Object.entries(plans))("keeps what no rule may change: %s", (_name, plan) => {
  expect(checkIntegrity(plan, optimize(plan))).toBeUndefined();
});

it.each(Object.entries(plans))("runs batches that are run once to an end: %s", (_name, plan) => {
  let current = plan;
  for (const batch of batches) {
    current = runBatches(current, [batch], checkIntegrity);
    if (batch.strategy.kind === "once") expect(runBatches(current, [batch], checkIntegrity)).toBe(current);
  }
});

it("returns the very same plan where nothing is to be done", () => {
  const plan = clicks.aggregate({ views: () => agg("count") }, ["kind"]).plan;
  const pruned = optimize(plan);
  expect(optimize(pruned)).toBe(pruned);
});

it("moves filters and columns into the reader", () => {
  expect(`${logicalPlanText(optimize(plans["filters and projections over each other"] ?? clicks.plan))}\n`).toMatchInlineSnapshot(`
    "Project url, lower(user) as name
      Filter url is not null
        Project user, contentPath(request) as url
          Source clicks: queue, json, reads kind, user, request where kind = "view"
    "
  `);
  expect(`${logicalPlanText(optimize(plans["a windowed count"] ?? clicks.plan))}\n`).toMatchInlineSnapshot(`
    "Project window_start, kind, views
      Limit 3
        Sort views
          Aggregate key=[kind, tumbling(at, 5m)] views=count()
            Watermark at − 10m
              Source clicks: queue, json, reads kind, at where kind = "view"
    "
  `);
  expect(`${logicalPlanText(optimize(plans["a join with a table"] ?? clicks.plan))}\n`).toMatchInlineSnapshot(`
    "Project kind, town
      Join left on user = name
        Source clicks: queue, json, reads kind, user where user is not null
        Table people: queue, json, reads name, town where town = "Madrid"
    "
  `);
});

it("leaves the rules that pay in Node alone out of plans for Spark", () => {
  const plan = clicks.where((row) => fn("=", row("kind"), lit("view"))).select("kind").plan;
  expect(logicalPlanText(optimize(plan))).not.toContain("Filter");
  expect(logicalPlanText(optimize(plan, undefined, undefined, "spark"))).toContain("Filter");
  expect([...onlyForNode].sort()).toEqual(["count-rows", "drop-implied-null-tests", "push-filter-into-scan"]);
});
