import { expect, it } from "vitest";
import { checkIntegrity } from "../../../compiler/3-optimize/check-integrity.ts";
import type { LogicalPlan, Scan } from "../../../compiler/ir/logical/index.ts";
import { Aggregate, Filter, Join, Project, Scan as ScanNode, Watermark } from "../../../compiler/ir/logical/index.ts";
import { literals } from "../../../compiler/ir/expr/index.ts";
import { intType, stringType } from "../../../compiler/ir/types/data-type.ts";
import { agg, clickColumns, fn, lit, PlanBuilder } from "../../support/plan-builder.ts";

const clicks = new PlanBuilder().source("clicks", clickColumns);

function withColumns(plan: LogicalPlan, change: (columns: Project["columns"]) => Project["columns"]): LogicalPlan {
  if (plan.kind !== "Project") throw new Error("no projection");
  return new Project(plan.input, change(plan.columns), plan.origin);
}

function scanOf(plan: LogicalPlan): Scan {
  let found: Scan | undefined;
  plan.visit((node) => {
    if (node.kind === "Scan") found = node;
  });
  if (found === undefined) throw new Error("no scan");
  return found;
}

it("accepts a plan that only does less", () => {
  const before = clicks.extend({ name: (row) => fn("lower", row("user")) }).select("kind").plan;
  const scan = scanOf(before);
  const after = new Project(new ScanNode(scan.input, scan.columns.slice(0, 1), scan.needed, undefined, undefined), before.kind === "Project" ? before.columns : [], undefined);
  expect(checkIntegrity(before, after)).toBeUndefined();
});

it("finds a column that is lost", () => {
  const before = clicks.select("kind", "user").plan;
  expect(checkIntegrity(before, withColumns(before, (columns) => columns.slice(1)))).toBe("it had 2 columns and has 1");
});

it("finds columns in another order", () => {
  const before = clicks.select("kind", "user").plan;
  expect(checkIntegrity(before, withColumns(before, (columns) => columns.toReversed()))).toMatch(/^column 1 was kind#1 and is user#2/);
});

it("finds a column of another type", () => {
  const before = clicks.select({ name: (row) => row("kind") }).plan;
  const after = withColumns(before, (columns) => columns.map((column) => ({ ...column, expr: literals.int(1) })));
  expect(checkIntegrity(before, after)).toMatch(/was string and is int/);
});

it("finds nullability that was not there", () => {
  const before = clicks.select({ one: () => lit(1) }).plan;
  const after = withColumns(before, (columns) => columns.map((column) => ({ ...column, expr: literals.null(intType) })));
  expect(checkIntegrity(before, after)).toMatch(/could not be null and now may be/);
});

it("accepts nullability that is gone", () => {
  const before = clicks.select({ one: () => literals.null(intType) }).plan;
  const after = withColumns(before, (columns) => columns.map((column) => ({ ...column, expr: literals.int(1) })));
  expect(checkIntegrity(before, after)).toBeUndefined();
});

it("finds a key that is lost", () => {
  const before = clicks.aggregate({ views: () => agg("count") }, ["kind"]).plan;
  const columns = before.output.map(({ id, name, type, nullable }) => ({ id, name, expr: name === "kind" ? fn("lower", { ...lit("x"), nullable }) : { kind: "ColumnRef" as const, id, name, type, nullable, volatility: "immutable" as const, origin: undefined } }));
  expect(checkIntegrity(before, new Project(before, columns, undefined))).toMatch(/^the key was \[\d+\] and is \[none\]/);
});

it("finds event time that is lost", () => {
  const before = clicks.watermark("at").plan;
  expect(checkIntegrity(before, clicks.plan)).toMatch(/^the event-time columns were \[#5 raw − 600000000µs\] and are \[\]/);
});

it("finds a column that the input does not have", () => {
  const narrow = clicks.select("kind").plan;
  const elsewhere = clicks.where((row) => fn("is not null", row("user"))).plan;
  if (elsewhere.kind !== "Filter") throw new Error("no filter");
  expect(checkIntegrity(narrow, new Filter(narrow, elsewhere.predicate, undefined))).toBe("`Filter user is not null` reads user#2, which its input does not have");
});

it("finds a watermark on a column that its input does not have", () => {
  const before = clicks.watermark("at").select("kind").plan;
  const watermark = before.children[0];
  const scan = scanOf(before);
  if (watermark?.kind !== "Watermark") throw new Error("no watermark");
  const narrow = new ScanNode(scan.input, scan.columns.slice(0, 1), scan.needed, undefined, undefined);
  expect(checkIntegrity(before, before.withChildren([new Watermark(narrow, watermark.spec, undefined)]))).toMatch(/watches a column that its input does not have/);
});

it("finds a reader that decides on other fields what is malformed", () => {
  const before = clicks.select("kind").plan;
  const scan = scanOf(before);
  const after = before.withChildren([new ScanNode(scan.input, scan.columns, new Set(["kind"]), undefined, undefined)]);
  expect(checkIntegrity(before, after)).toBe("the fields that decide whether a record of clicks is malformed have changed");
});

it("finds a stateful step that has another layout", () => {
  const before = clicks.aggregate({ views: () => agg("count"), best: (row) => agg("max", [row("score")]) }, ["kind"]).select("kind", "views").plan;
  const aggregate = before.children[0];
  if (aggregate?.kind !== "Aggregate") throw new Error("no aggregate");
  const after = before.withChildren([new Aggregate(aggregate.input, aggregate.groups, aggregate.aggregates.slice(0, 1), aggregate.operatorId, undefined)]);
  expect(checkIntegrity(before, after)).toMatch(/^the stateful step `test\/aggregate: aggregate of kind#\d+ string, views#\d+ long, best#\d+ int\?/);
});

it("lets a join beside a table become narrower, but not one of two streams", () => {
  const builder = new PlanBuilder();
  const stream = builder.source("clicks", clickColumns);
  for (const other of [builder.table("people", { name: stringType }), builder.source("people", { name: stringType })]) {
    const before = stream.join("left", other, "user", "name").select("kind").plan;
    const join = before.children[0];
    if (join?.kind !== "Join") throw new Error("no join");
    const after = before.withChildren([new Join(join.left, join.right, "inner", join.equalities, undefined, join.operatorId, undefined)]);
    if (join.right.streaming) expect(checkIntegrity(before, after)).toMatch(/left join of two streams .*` is gone or changed/);
    else expect(checkIntegrity(before, after)).toBeUndefined();
  }
});

it("finds a dedup of rows that keep coming that is lost", () => {
  const before = clicks.dedup("kind").select("user").plan;
  expect(checkIntegrity(before, clicks.select("user").plan)).toMatch(/dedup by 1 in event time \[\]` is gone or changed/);
  const whole = clicks.aggregate({ views: () => agg("count") }, ["kind"]);
  expect(checkIntegrity(whole.dedup("kind").plan, whole.plan)).toBeUndefined();
});
