import fc from "fast-check";
import { expect, it } from "vitest";
import { namedColumn } from "../../../../compiler/5-spark/expressions/column-of.ts";
import { type DataType, binaryType, booleanType, dateType, decimalType, doubleType, durationType, intType, longType, stringType, timestampType } from "../../../../compiler/ir/types/data-type.ts";
import { type EmittedQuestion, emitQuestion } from "../../../spark/facts/emit-question.ts";

const types: Readonly<Record<string, DataType>> = { i: intType, n: longType, d: doubleType, m: decimalType(10, 2), s: stringType, p: stringType, b: booleanType, x: binaryType, day: dateType, t: timestampType, u: timestampType, span: durationType };

function emitted(text: string): EmittedQuestion {
  return emitQuestion({ text, columns: Object.entries(types).map(([name, type]) => ({ name, type })), rows: [], isAggregate: false, mayFail: false });
}

function column(text: string): string {
  const question = emitted(text);
  return question.kind === "emitted" ? question.column : JSON.stringify(question);
}

const columns: readonly (readonly [sluice: string, python: string])[] = [
  ["i + 1", 'F.col("i") + 1'],
  ["n * 2 > 10", 'F.col("n") * 2 > 10'],
  ["(i + 1) * 2", '(F.col("i") + 1) * 2'],
  ["i - (i - 1)", 'F.col("i") - (F.col("i") - 1)'],
  ["1 + i", 'F.lit(1) + F.col("i")'],
  ["-i", '-F.col("i")'],
  ["bit_get(n, 3)", 'F.bit_get(F.col("n"), F.lit(3)).cast("int")'],
  ["b and not (i = 1 or s is null)", 'F.col("b") & ~((F.col("i") == 1) | F.col("s").isNull())'],
  ["(i = 1) = b", '(F.col("i") == 1) == F.col("b")'],
  ["s is not distinct from p", 'F.col("s").eqNullSafe(F.col("p"))'],
  ["s is distinct from \"x\"", '~F.col("s").eqNullSafe("x")'],
  ["b is not true", '~F.col("b").eqNullSafe(True)'],
  ['s in ("a", p)', 'F.col("s").isin("a", F.col("p"))'],
  ['s like "a%"', 'F.col("s").like("a%")'],
  ['s rlike "^a.$"', 'F.col("s").rlike("^a[^\\\\n]\\\\z")'],
  ["case when i = 1 then s when b then p else \"z\" end", 'F.when(F.col("i") == 1, F.col("s")).when(F.col("b"), F.col("p")).otherwise(F.lit("z"))'],
  ["if(b, 1, 2)", 'F.when(F.col("b"), F.lit(1)).otherwise(F.lit(2))'],
  ["cast(s as int)", 'F.col("s").cast("int")'],
  ["try_cast(s as decimal(5,1))", 'F.col("s").try_cast("decimal(5,1)")'],
  ["cast(x as string)", 'F.validate_utf8(F.col("x").cast("string"))'],
  ["{ a: i, \"b c\": s }", 'F.struct(F.col("i").alias("a"), F.col("s").alias("b c"))'],
  ["[i, 2]", 'F.array(F.col("i"), F.lit(2))'],
  ["[i, 2][0]", 'F.array(F.col("i"), F.lit(2)).getItem(0)'],
  ["{ a: i }.a", 'F.col("i")'],
  ["t + 10 minutes", "F.col(\"t\") + F.expr(\"INTERVAL '0 00:10:00' DAY TO SECOND\")"],
  ["day + 1 day", "F.col(\"day\") + F.expr(\"INTERVAL '1' DAY\")"],
  ["t - 2 months", "F.col(\"t\") + F.expr(\"INTERVAL '-2' MONTH\")"],
  ["sort_array([i], false)", 'F.sort_array(F.array(F.col("i")), False)'],
  ["sort_array([i], b)", 'F.when(F.col("b"), F.sort_array(F.array(F.col("i")), True)).when(~F.col("b"), F.sort_array(F.array(F.col("i")), False))'],
  ["lower(s)", 'F.lower(F.col("s"))'],
  ['date_format(t, "yyyy-MM")', 'F.date_format(F.col("t"), "yyyy-MM")'],
  ["date_format(t, s)", 'F.call_function("date_format", F.col("t"), F.col("s"))'],
  ["round(d, 2)", 'F.round(F.col("d"), 2)'],
  ['datediff("hour", t, u)', 'F.timestamp_diff("HOUR", F.col("t"), F.col("u"))'],
  ['split(s, "[.]")', 'F.split(F.col("s"), F.lit("[.]"))'],
  ['regexp_replace(s, "(?<first_name>a)", "${first_name}1")', 'F.regexp_replace(F.col("s"), F.lit("(a)"), F.lit("$1\\\\1"))'],
  ['from_json(s as { a: int }, mode: "FAILFAST")', 'F.from_json(F.col("s"), T.StructType([T.StructField("a", T.IntegerType())]), {"mode": "FAILFAST"})'],
  ['from_csv(s as { "a `b": int })', 'F.from_csv(F.col("s"), "`a ``b` int", {"escape": "\\"", "nullValue": "\\ue000"})'],
  ['from_csv(s as { a: int }, separator: ";", emptyAsNull: true)', 'F.from_csv(F.col("s"), "`a` int", {"escape": "\\"", "sep": ";"})'],
];

it.each(columns)("writes %s as %s", (sluice, python) => {
  expect(column(sluice)).toBe(python);
});

it("refuses what Spark takes as a constant only, and warns of what Spark does otherwise", () => {
  expect(emitted('regexp_replace(s, "a", "b", i)')).toMatchObject({ kind: "refused", code: "E4121" });
  expect(emitted("cast(s as date)")).toMatchObject({ warnings: [expect.stringContaining("W4120: `cast`")] });
  expect(emitted("s rlike p")).toMatchObject({ warnings: [expect.stringContaining("known only when the job runs")] });
  expect(emitted("rand()")).toMatchObject({ warnings: [expect.stringContaining("run again draws other values")] });
});

it("quotes names that Spark would read as more", () => {
  expect(namedColumn("plain_1").text).toBe('F.col("plain_1")');
  expect(namedColumn("a.b").text).toBe('F.col("`a.b`")');
  expect(namedColumn("a`b\"c").text).toBe('F.col("`a``b\\"c`")');
  expect(namedColumn("*").text).toBe('F.col("`*`")');
  expect(namedColumn("__proto__").text).toBe('F.col("__proto__")');
});

it("holds a user's text within one literal, whatever is in it", () => {
  const nasty = fc.array(fc.constantFrom('"', "'", "\\", "\n", "\r", "\u2028", "\u202E", "\0", "#", ")", "`", "$", "é", "😀", "x"), { maxLength: 12 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(nasty, (value) => {
      for (const text of [namedColumn(value).text, column(`s = ${JSON.stringify(value).replaceAll("\\u0000", "\\u{0}")}`)]) expect(text).toMatch(/^[^"\\\n\r\p{Cc}\p{Cf}\p{Zl}]*(?:"(?:[^"\\\p{Cc}\p{Cf}\p{Zl}]|\\(?:["\\n]|u[0-9a-f]{4}))*"[^"\\\n\r]*)*$/u);
    }),
    { numRuns: 60 },
  );
});
