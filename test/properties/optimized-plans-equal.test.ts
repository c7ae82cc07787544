import fc from "fast-check";
import { expect, it } from "vitest";
import { batches, optimize } from "../../compiler/3-optimize/optimize.ts";
import { traceText } from "../../compiler/explain/trace-text.ts";
import { logicalPlanText } from "../../compiler/explain/logical-text.ts";
import type { RuleEvent } from "../../compiler/3-optimize/optimize.ts";
import type { Expr } from "../../compiler/ir/expr/index.ts";
import { caseWhen, cast, literals } from "../../compiler/ir/expr/index.ts";
import type { LogicalPlan } from "../../compiler/ir/logical/index.ts";
import { intType, longType, stringType } from "../../compiler/ir/types/data-type.ts";
import { Choices, tapes } from "../support/choices.ts";
import type { BuiltPlan, Row } from "../support/plan-builder.ts";
import { agg, fn, lit, PlanBuilder } from "../support/plan-builder.ts";
import type { PlanInputs } from "../support/plan-interpreter.ts";
import { EvaluationFailed, interpretPlan, outputValues } from "../support/plan-interpreter.ts";

function columnOf(rows: BuiltPlan, kind: "int" | "string", choices: Choices): string | undefined {
  const fitting = rows.plan.output.filter((column) => column.type.kind === kind).map((column) => column.name);
  return fitting[choices.below(Math.max(fitting.length, 1))];
}

function intExpr(rows: BuiltPlan, row: Row, choices: Choices, depth: number): Expr {
  const name = columnOf(rows, "int", choices);
  const leaf = name === undefined || choices.below(3) === 0 ? lit(choices.below(5)) : row(name);
  if (depth === 0) return leaf;
  const operand = (): Expr => intExpr(rows, row, choices, depth - 1);
  switch (choices.below(8)) {
    case 6:
      return cast(cast(operand(), longType, false), intType, false);
    case 7:
      return fn("if", condition(rows, row, choices, depth - 1), operand(), operand());
    case 1:
      return fn("+", operand(), operand());
    case 2:
      return fn("%", operand(), operand());
    case 3: {
      const text = columnOf(rows, "string", choices);
      return cast(text === undefined ? lit("7") : row(text), intType, choices.below(2) === 0);
    }
    case 4:
      return caseWhen([{ when: condition(rows, row, choices, depth - 1), then: operand() }], choices.below(2) === 0 ? undefined : operand(), intType);
    case 5:
      return fn("coalesce", operand(), operand());
    default:
      return leaf;
  }
}

function textExpr(rows: BuiltPlan, row: Row, choices: Choices): Expr {
  const name = columnOf(rows, "string", choices);
  const leaf = name === undefined || choices.below(4) === 0 ? lit(choices.of(["a", "B", "12"])) : row(name);
  switch (choices.below(4)) {
    case 1:
      return fn("lower", leaf);
    case 2:
      return fn("||", leaf, lit("x"));
    case 3:
      return caseWhen([{ when: condition(rows, row, choices, 0), then: leaf }], lit("else"), stringType);
    default:
      return leaf;
  }
}

function condition(rows: BuiltPlan, row: Row, choices: Choices, depth: number): Expr {
  if (depth > 0 && choices.below(2) === 0) {
    const operand = (): Expr => condition(rows, row, choices, depth - 1);
    return choices.below(4) === 0 ? fn("not", operand()) : fn(choices.of(["and", "or"]), operand(), operand());
  }
  const int = (): Expr => intExpr(rows, row, choices, depth);
  switch (choices.below(11)) {
    case 6:
      return fn("in", int(), lit(choices.below(3)), ...(choices.below(2) === 0 ? [] : [lit(choices.below(3)), int()]));
    case 7:
      return fn(choices.of(["<", "="]), cast(int(), longType, false), cast(choices.below(2) === 0 ? int() : lit(choices.below(4)), longType, false));
    case 8: {
      const inner = fn("=", int(), lit(choices.below(3)));
      return choices.of([() => fn("is true", inner), () => fn("coalesce", inner, lit(false)), () => fn("=", inner, lit(false)), () => caseWhen([{ when: inner, then: lit(true) }], undefined, inner.type)])();
    }
    case 9: {
      const shared = fn(">=", int(), lit(1));
      return fn("or", fn("and", shared, fn("=", int(), lit(2))), fn("and", shared, fn("is null", int())));
    }
    case 1:
      return fn("is not null", int());
    case 2:
      return fn("is null", textExpr(rows, row, choices));
    case 3:
      return fn("=", textExpr(rows, row, choices), textExpr(rows, row, choices));
    case 4:
      return literals.boolean(choices.below(2) === 0);
    case 5:
      return cast(literals.null(), { kind: "boolean" }, false);
    default:
      return fn(choices.of(["=", "<", ">="]), int(), int());
  }
}

function randomPlan(choices: Choices): LogicalPlan {
  const builder = new PlanBuilder();
  const events = (): BuiltPlan => builder.source("events", { id: intType, amount: { nullable: intType }, name: stringType, note: { nullable: stringType }, at: { kind: "timestamp" } });
  let rows = events();
  if (choices.below(3) === 0) {
    const other = events();
    rows = rows.union(other.where((row) => condition(other, row, choices, 1)));
    if (choices.below(4) === 0) rows = rows.union(events());
  }
  let fresh = 0;
  const seen = { watermark: false, join: false, aggregate: false };
  while (!choices.done) {
    const names = rows.plan.output.map((column) => column.name);
    const subset = names.filter(() => choices.below(3) > 0);
    switch (choices.below(9)) {
      case 0:
      case 1:
      case 2:
        rows = rows.where((row) => condition(rows, row, choices, 2));
        break;
      case 3:
        rows = rows.extend({ [`number${++fresh}`]: (row) => intExpr(rows, row, choices, 2) });
        break;
      case 4:
        rows = rows.extend({ [`text${++fresh}`]: (row) => textExpr(rows, row, choices) });
        break;
      case 5:
        rows = rows.select(...subset, { [`copy${++fresh}`]: (row) => row(names[choices.below(names.length)] ?? "") });
        break;
      case 6:
        if (!seen.watermark && !seen.aggregate && names.includes("at")) rows = rows.watermark("at");
        seen.watermark = true;
        break;
      case 7: {
        const text = columnOf(rows, "string", choices);
        if (seen.join || text === undefined) break;
        const table = builder.table("people", { person: stringType, town: { nullable: stringType } });
        seen.join = true;
        if (choices.below(4) === 0) {
          rows = rows.cross(table);
          rows = rows.where((row) => fn("and", fn("=", row(text), row("person")), condition(rows, row, choices, 1)));
          break;
        }
        rows = rows.join(choices.of(["inner", "left", "right", "full", "semi", "anti"] as const), table, text, "person", choices.below(3) === 0 ? (row) => fn("!=", row("town"), textExpr(rows, row, choices)) : undefined, choices.below(3) === 0);
        break;
      }
      default: {
        if (choices.below(3) === 0 && rows.plan.output.length < 20) {
          const ints = (row: Row): readonly Expr[] => [intExpr(rows, row, choices, 1), intExpr(rows, row, choices, 0)];
          rows = choices.below(2) === 0 ? rows.explode(`item${++fresh}`, ints, choices.below(2) === 0) : rows.expand({ [`copy${++fresh}`]: () => [lit(0), lit(1)], [`value${fresh}`]: ints }, 2);
          break;
        }
        if (choices.below(4) === 0 && names.length > 0) {
          const by = names[choices.below(names.length)] ?? "";
          rows = choices.below(2) === 0 ? rows.dedup(by, ...(choices.below(3) === 0 ? names : [])) : rows.top(1 + choices.below(3), by, subset.slice(0, 1), choices.below(2) === 0 ? `rank${++fresh}` : undefined, choices.below(2) === 0);
          break;
        }
        if (seen.aggregate) {
          rows = rows.orderBy(names[choices.below(names.length)] ?? "");
          if (choices.below(3) === 0) rows = rows.select(...subset, { [`after${++fresh}`]: (row) => intExpr(rows, row, choices, 1) });
          if (choices.below(2) === 0) rows = rows.limit(1 + choices.below(4));
          if (choices.below(4) === 0) rows = rows.aggregate({ [`again${++fresh}`]: (row) => agg("count", [row(rows.plan.output[0]?.name ?? "")]) }, []);
          break;
        }
        const window = names.includes("at") && choices.below(2) === 0 ? "at" : undefined;
        const where = (row: Row): Expr => condition(rows, row, choices, 1);
        const sums = { [`count${++fresh}`]: (row: Row) => agg("count", [], where(row)), [`max${fresh}`]: (row: Row) => agg("max", [intExpr(rows, row, choices, 1)]), [`known${fresh}`]: (row: Row) => agg("count", [textExpr(rows, row, choices)]) };
        rows = rows.aggregate(sums, subset.filter((name) => name !== "at").slice(0, 2), window);
        seen.aggregate = true;
      }
    }
  }
  return rows.plan;
}

const text = fc.constantFrom("a", "b", "12", "0", "B");
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { nil: null, freq: 3 });
const inputs: fc.Arbitrary<PlanInputs> = fc.record({
  events: fc.array(
    fc.record({ id: fc.integer({ min: 0, max: 3 }), amount: maybe(fc.integer({ min: -2, max: 3 })), name: text, note: maybe(text), at: fc.integer({ min: 0, max: 20 }).map((minutes) => minutes * 60_000_000) }),
    { minLength: 1, maxLength: 12 },
  ),
  people: fc.array(fc.record({ person: text, town: maybe(text) }), { maxLength: 3 }),
});

function run(plan: LogicalPlan, records: PlanInputs): readonly (readonly unknown[])[] | "failed" {
  try {
    return outputValues(plan, interpretPlan(plan, records));
  } catch (error) {
    if (error instanceof EvaluationFailed) return "failed";
    throw error;
  }
}

it("gives the same rows wherever the plan as written gives any", { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(tapes(160), inputs, (tape, records) => {
      const plan = randomPlan(new Choices(tape));
      const events: RuleEvent[] = [];
      const optimized = optimize(plan, (event) => events.push(event));
      const expected = run(plan, records);
      if (expected === "failed") return;
      expect(run(optimized, records), `${logicalPlanText(plan)}\n\n${traceText(events)}\n\n${logicalPlanText(optimized)}`).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

it("meets every rule", { timeout: 60_000 }, () => {
  const fired = new Map<string, number>();
  for (const tape of fc.sample(tapes(160), { seed: 4, numRuns: 6000 })) {
    optimize(randomPlan(new Choices(tape)), ({ rule }) => fired.set(rule, (fired.get(rule) ?? 0) + 1));
  }
  const rules = new Set(batches.flatMap((batch) => batch.rules.map(({ name }) => name)));
  expect([...rules].filter((name) => !fired.has(name))).toEqual([]);
});
