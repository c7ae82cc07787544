import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { findAggregate } from "../../../../compiler/catalog/functions/registry.ts";
import { cast } from "../../../../compiler/ir/expr/build.ts";
import { sameType, typeText } from "../../../../compiler/ir/types/data-type.ts";
import type { Weight } from "../../../../runtime/changelog/change.ts";
import { RowError } from "../../../../runtime/errors/row-error.ts";
import * as kernels from "../../../../runtime/functions/index.ts";
import * as lanes from "../../../../runtime/operators/lanes/index.ts";
import { bindSql, evaluateBound } from "../../../facts/bind-sql.ts";
import { agrees, decode } from "../../../facts/decode.ts";
import type { AggregateFact } from "../../../facts/fact.ts";
import { sparkType } from "../../../facts/spark-type.ts";
import { translateAggregate } from "../../../facts/translate-aggregate.ts";

const facts = JSON.parse(readFileSync(new URL("../../../facts/aggregates.json", import.meta.url), "utf8")) as readonly AggregateFact[];
const makers: Readonly<Record<string, unknown>> = lanes;

interface FactLane {
  ensure(capacity: number): void;
  add(slot: number, ...values: readonly unknown[]): void;
  change?(slot: number, weight: Weight, ...values: readonly unknown[]): void;
  get(slot: number): unknown;
}

/** The answer of the catalogue and the lanes; undefined where the fact is not asked. `isChanging`: of the lane of which values can be taken back, after each was given twice and taken back once. */
function answer(fact: AggregateFact, isChanging: boolean): string | undefined {
  const translation = translateAggregate(fact);
  if (!translation.ok || translation.expression.kind !== "call" || translation.expression.distinct === true) return undefined;
  const { expression, columns, rows } = translation;
  const aggregate = findAggregate(expression.name);
  if (aggregate === undefined || expression.args.some((arg) => arg.kind === "call" && findAggregate(arg.name) !== undefined)) return undefined;
  const args = expression.args.map((arg) => bindSql(arg, columns));
  const resolution = aggregate.resolve(args.map((arg) => ({ type: arg.type, nullable: arg.nullable, constant: undefined })));
  if (!resolution.ok) return "refused";
  const inputs = args.map((arg, at) => { const type = resolution.parameters[at] ?? arg.type; return sameType(arg.type, type) ? arg : cast(arg, type, false); });
  const code = (isChanging ? aggregate.changingLane?.(resolution.parameters, resolution.type, []) : undefined) ?? aggregate.lane(resolution.parameters, resolution.type, []);
  const lane = new Function(...code.uses.map((use) => use.name), `return ${code.text}`)(...code.uses.map((use) => makers[use.name])) as FactLane;
  lane.ensure(1);
  const given: (readonly unknown[])[] = [];
  try {
    for (const row of rows) {
      const cells = columns.map((column, at) => ({ ...column, value: row[at] ?? null }));
      const evaluate = (expr: (typeof inputs)[number]): unknown => evaluateBound(expr, cells, { runtime: kernels });
      if (expression.where !== undefined && evaluate(bindSql(expression.where, cells)) !== true) continue;
      const values = inputs.map(evaluate);
      if (values.includes(null)) continue;
      lane.add(0, ...values);
      if (isChanging) lane.change?.(0, 1, ...values);
      given.push(values);
    }
    if (isChanging) for (const values of given) lane.change?.(0, -1, ...values);
    const value = lane.get(0);
    if (fact.error !== undefined) return `${String(value)} instead of ${fact.error}`;
    const right = agrees(value, decode(fact.result, resolution.type), 1e-12) && (typeof value === "object" || sameType(sparkType(fact.type ?? ""), resolution.type));
    return right ? "right" : `${typeText(resolution.type)} ${String(value)} instead of ${String(fact.type)} ${JSON.stringify(fact.result)}`;
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    return fact.error?.startsWith(error.condition) === true ? "right" : `${error.condition} instead of ${fact.error ?? JSON.stringify(fact.result)}`;
  }
}

/** Sums that leave their type, or lose a digit, on the way to a result that fits and has it: where values can be taken back there is no way, only what remains. */
const onTheWay = ["(CAST(9223372036854775807L AS BIGINT)), (CAST(1L AS BIGINT)), (CAST(-1L AS BIGINT))", "(CAST(1e+16D AS DOUBLE)), (CAST(1.0D AS DOUBLE)), (CAST(-1e+16D AS DOUBLE))"];
const asked = ["count", "sum", "avg", "min", "max"].map((name) => ({ name, isChanging: false, how: "" }));
const askedOfChanging = ["count", "sum", "avg"].map((name) => ({ name, isChanging: true, how: ", of what remains when values were taken back" }));

it.each([...asked, ...askedOfChanging])("$name answers as Spark does$how", ({ name, isChanging }) => {
  const answers = facts.filter((fact) => fact.fn === name && !(isChanging && onTheWay.some((values) => fact.sql.includes(values)))).map((fact) => ({ fact, answer: answer(fact, isChanging) }));
  const wrong = answers.filter(({ fact, answer: given }) => given !== undefined && given !== "right" && !(given === "refused" && fact.error !== undefined));
  expect(wrong.map(({ fact, answer: given }) => `${fact.sql}: ${String(given)}`)).toEqual([]);
  expect(answers.filter(({ answer: given }) => given !== undefined).length).toBeGreaterThan(30);
});
