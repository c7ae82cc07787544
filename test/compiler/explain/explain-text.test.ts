import { expect, it } from "vitest";
import { optimize } from "../../../compiler/3-optimize/optimize.ts";
import type { RuleEvent } from "../../../compiler/3-optimize/optimize.ts";
import { jobText } from "../../../compiler/explain/job-text.ts";
import { logicalPlanText } from "../../../compiler/explain/logical-text.ts";
import { traceText } from "../../../compiler/explain/trace-text.ts";
import { literals } from "../../../compiler/ir/expr/index.ts";
import type { LogicalJob, LogicalPlan, LogicalQuery } from "../../../compiler/ir/logical/index.ts";
import { stringType } from "../../../compiler/ir/types/data-type.ts";
import { agg, clickColumns, fn, lit, PlanBuilder } from "../../support/plan-builder.ts";

const builder = new PlanBuilder();
const clicks = builder.source("clicks", clickColumns);
const views = clicks
  .where((row) => fn("=", row("kind"), lit("view")))
  .select("user", { one: () => fn("+", lit(0), lit(1)) }, "at")
  .aggregate({ views: () => agg("count") }, ["user"], "at")
  .orderBy("views").plan;

it("prints a plan as an indented tree", () => {
  expect(logicalPlanText(views)).toMatchInlineSnapshot(`
    "Sort views
      Aggregate key=[user, tumbling(at, 5m)] views=count()
        Project user, 0 + 1 as one, at
          Filter kind = "view"
            Source clicks: queue, json, reads kind, user, request, score, at, place"
  `);
});

it("prints both inputs of a join below it", () => {
  const people = builder.table("people", { name: stringType, town: stringType });
  expect(logicalPlanText(clicks.select("user", "kind").join("inner", people, "user", "name").plan)).toMatchInlineSnapshot(`
    "Join inner on user = name
      Project user, kind
        Source clicks: queue, json, reads kind, user, request, score, at, place
      Table people: queue, json, reads name, town"
  `);
});

it("prints what each effective rule took away and put in", () => {
  const events: RuleEvent[] = [];
  optimize(views, (event) => events.push(event));
  expect(traceText(events)).toMatchInlineSnapshot(`
    "batch simplify
      iteration 1 · fold-constants
        - Project user, 0 + 1 as one, at
        + Project user, 1 as one, at
    batch push-down
      iteration 1 · push-filter-into-scan
        - Filter kind = "view"
        -   Source clicks: queue, json, reads kind, user, request, score, at, place
        + Source clicks: queue, json, reads kind, user, request, score, at, place where kind = "view"
    batch narrow
      iteration 1 · prune-columns
        - Project user, 1 as one, at
        -   Source clicks: queue, json, reads kind, user, request, score, at, place where kind = "view"
        + Project user, at
        +   Source clicks: queue, json, reads kind, user, at where kind = "view""
  `);
});

it("says so where no rule applied", () => {
  expect(traceText([])).toBe("no rule applied");
});

it("prints the queries of a job with mode, target and trigger, and its side outputs", () => {
  const nowhere = { start: 0, end: 0 };
  const query = (name: string, plan: LogicalPlan, rest: Pick<LogicalQuery, "mode" | "trigger">): LogicalQuery => ({
    name,
    plan,
    ...rest,
    checkpoint: undefined,
    sink: { connector: "memory", options: [], format: undefined, span: nowhere },
    span: nowhere,
  });
  const job: LogicalJob = {
    name: "weblogs",
    path: "weblogs.sluice",
    options: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice", sinks: "separate" },
    params: [],
    functions: [],
    inferred: [],
    inputs: [],
    sideOutputs: [{ name: "rejects", sink: { connector: "file", options: [], format: "json", span: nowhere }, span: nowhere }],
    queries: [
      query("ranking", views, { mode: "complete", trigger: { kind: "every", interval: literals.duration(90_000_000) } }),
      query("raw", clicks.select("kind").plan, { mode: "append", trigger: { kind: "available now" } }),
    ],
  };
  expect(jobText(job)).toMatchInlineSnapshot(`
    "sink ranking [complete] → memory, every 1m30s
      Sort views
        Aggregate key=[user, tumbling(at, 5m)] views=count()
          Project user, 0 + 1 as one, at
            Filter kind = "view"
              Source clicks: queue, json, reads kind, user, request, score, at, place

    sink raw [append] → memory, available now
      Project kind
        Source clicks: queue, json, reads kind, user, request, score, at, place

    side output rejects → file, json"
  `);
});
