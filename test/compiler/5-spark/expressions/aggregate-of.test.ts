import { expect, it } from "vitest";
import { type DataType, booleanType, doubleType, longType, stringType } from "../../../../compiler/ir/types/data-type.ts";
import { type EmittedQuestion, emitQuestion } from "../../../spark/facts/emit-question.ts";

const types: Readonly<Record<string, DataType>> = { n: longType, d: doubleType, e: doubleType, s: stringType, b: booleanType };

function emitted(text: string): EmittedQuestion {
  return emitQuestion({ text, columns: Object.entries(types).map(([name, type]) => ({ name, type })), rows: [], isAggregate: true, mayFail: false });
}

const aggregates: readonly (readonly [sluice: string, python: string])[] = [
  ["count()", "(F.count(F.lit(1)))"],
  ["count(where b)", '(F.count_if(F.col("b")))'],
  ["count(n)", '(F.count(F.col("n")))'],
  ["count(n, s)", '(F.call_function("count", F.col("n"), F.col("s")))'],
  ["count(distinct n, s)", '(F.count_distinct(F.col("n"), F.col("s")))'],
  ["count_if(n > 1 where b)", '(F.count_if(F.col("b") & (F.col("n") > 1)))'],
  ["sum(n where n > 1)", '(F.sum(F.when(F.col("n") > 1, F.col("n"))))'],
  ["sum(distinct n)", '(F.sum_distinct(F.col("n")))'],
  ["avg(distinct d)", '(F.expr("avg(DISTINCT `d`)"))'],
  ["max(distinct n)", '(F.max(F.col("n")))'],
  ["sum(n) / count()", '(F.sum(F.col("n"))).cast("double") / (F.count(F.lit(1))).cast("double")'],
  ["percentile(d, 0.5)", '(F.percentile(F.col("d"), F.lit(0.5)))'],
  ["percentile_disc(d, 0.5)", '(F.expr("percentile_disc(0.5D) WITHIN GROUP (ORDER BY `d`)"))'],
  ["approx_count_distinct(s, 0.02)", '(F.approx_count_distinct(F.col("s"), 0.02))'],
  ["corr(d, e where b)", '(F.try_divide(F.regr_sxy(F.when(F.col("b"), F.col("d")), F.col("e")), F.sqrt(F.regr_sxx(F.when(F.col("b"), F.col("d")), F.col("e")) * F.regr_syy(F.when(F.col("b"), F.col("d")), F.col("e")))))'],
];

it.each(aggregates)("writes %s as %s", (sluice, python) => {
  expect(emitted(sluice)).toMatchObject({ column: python, warnings: [] });
});

const byArrival: readonly (readonly [sluice: string, python: string])[] = [
  ["first(n)", '(F.first(F.col("n")))'],
  ["first(n, true)", '(F.first(F.col("n"), ignorenulls=True))'],
  ["first(n where b)", '(F.first(F.when(F.col("b"), F.struct(F.col("n").alias("value"))), ignorenulls=True).getField("value"))'],
  ["max_by(s, n where b)", '(F.max_by(F.col("s"), F.when(F.col("b"), F.col("n"))))'],
  ["collect_list(n where b)", '(F.collect_list(F.when(F.col("b"), F.col("n"))))'],
];

it.each(byArrival)("writes %s as %s and tells that it goes by the order of arrival", (sluice, python) => {
  expect(emitted(sluice)).toMatchObject({ column: python, warnings: [expect.stringMatching(/^W4121/)] });
});

it("refuses what has no form", () => {
  expect(emitted("avg(distinct d * 2e0)")).toMatchObject({ kind: "refused", code: "E4122" });
  expect(emitted("percentile_disc(d + 1e0, 0.5)")).toMatchObject({ kind: "refused", code: "E4121" });
});
