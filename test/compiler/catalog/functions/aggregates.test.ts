import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { findAggregate } from "../../../../compiler/catalog/functions/registry.ts";
import { cast } from "../../../../compiler/ir/expr/build.ts";
import { sameType, typeText } from "../../../../compiler/ir/types/data-type.ts";
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

/** The answer of the catalogue and the lanes; undefined where the fact is not asked. */
function answer(fact: AggregateFact): string | undefined {
  const translation = translateAggregate(fact);
  if (!translation.ok || translation.expression.kind !== "call" || translation.expression.distinct === true) return undefined;
  const { expression, columns, rows } = translation;
  const aggregate = findAggregate(expression.name);
  if (aggregate === undefined || expression.args.some((arg) => arg.kind === "call" && findAggregate(arg.name) !== undefined)) return undefined;
  const args = expression.args.map((arg) => bindSql(arg, columns));
  const resolution = aggregate.resolve(args.map((arg) => ({ type: arg.type, nullable: arg.nullable, constant: undefined })));
  if (!resolution.ok) return "refused";
  const inputs = args.map((arg, at) => { const type = resolution.parameters[at] ?? arg.type; return sameType(arg.type, type) ? arg : cast(arg, type, false); });
  const code = aggregate.lane(resolution.parameters, resolution.type, []);
  const lane = new Function(...code.uses.map((use) => use.name), `return ${code.text}`)(...code.uses.map((use) => makers[use.name])) as { ensure(capacity: number): void; add(slot: number, ...values: unknown[]): void; get(slot: number): unknown };
  lane.ensure(1);
  try {
    for (const row of rows) {
      const cells = columns.map((column, at) => ({ ...column, value: row[at] ?? null }));
      const evaluate = (expr: (typeof inputs)[number]): unknown => evaluateBound(expr, cells, { runtime: kernels });
      if (expression.where !== undefined && evaluate(bindSql(expression.where, cells)) !== true) continue;
      const values = inputs.map(evaluate);
      if (!values.includes(null)) lane.add(0, ...values);
    }
    const value = lane.get(0);
    if (fact.error !== undefined) return `${String(value)} instead of ${fact.error}`;
    const right = agrees(value, decode(fact.result, resolution.type), 1e-12) && (typeof value === "object" || sameType(sparkType(fact.type ?? ""), resolution.type));
    return right ? "right" : `${typeText(resolution.type)} ${String(value)} instead of ${String(fact.type)} ${JSON.stringify(fact.result)}`;
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    return fact.error?.startsWith(error.condition) === true ? "right" : `${error.condition} instead of ${fact.error ?? JSON.stringify(fact.result)}`;
  }
}

it.each(["count", "sum", "avg", "min", "max"])("%s answers as Spark does", (name) => {
  const answers = facts.filter((fact) => fact.fn === name).map((fact) => ({ fact, answer: answer(fact) }));
  const wrong = answers.filter(({ fact, answer: given }) => given !== undefined && given !== "right" && !(given === "refused" && fact.error !== undefined));
  expect(wrong.map(({ fact, answer: given }) => `${fact.sql}: ${String(given)}`)).toEqual([]);
  expect(answers.filter(({ answer: given }) => given !== undefined).length).toBeGreaterThan(30);
});
