import { expect, test } from "vitest";
import { carriedOtherwise, meansAnotherThing } from "../../../facts/legality-on-spark.ts";
import { readLegality } from "../../../facts/legality.ts";
import { checkForSpark } from "../../../support/check-for-spark.ts";

const { observed, further } = readLegality();
const taken = [...observed, ...further].flatMap(({ shape, text, unboundedText, cells }) =>
  (["append", "update", "complete"] as const).flatMap((mode) => {
    const { spark, codes, unbounded = codes } = cells[mode];
    const jobs = [codes.length === 0 ? text : undefined, unbounded.length === 0 ? unboundedText : undefined];
    return jobs.flatMap((job) => (job === undefined ? [] : [{ shape, mode, spark, job: `${job.replaceAll("from queue()", 'from file("in/", format: "json")')} mode ${mode}\n` }]));
  }),
);

test.each(taken.map((cell) => [`${cell.shape}, ${cell.mode}`, cell] as const))("%s is emitted where Spark runs it and means the same, and refused by a code elsewhere", (_, { shape, mode, spark, job }) => {
  const { diagnostics, files } = checkForSpark(job);
  const errors = [...new Set(diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code))].sort();
  const otherwise = meansAnotherThing[shape]?.modes.includes(mode) === true ? meansAnotherThing[shape] : undefined;
  // Of what Spark was not asked for (`join latest`, a span of its own) every use is refused.
  const runs = otherwise === undefined && (spark === "yes" || carriedOtherwise[shape] !== undefined);
  expect({ errors, emitted: files.length > 0 }).toEqual({ errors: runs ? [] : errors, emitted: runs });
  if (!runs) expect(errors.filter((code) => /^E41[0-5]\d$/.test(code))).not.toEqual([]);
  if (otherwise !== undefined) expect(errors.every((code) => otherwise.codes.includes(code))).toBe(true);
});

test("the shapes that mean another thing are shapes of the table", () => {
  const shapes = new Set(taken.map(({ shape }) => shape));
  expect([...Object.keys(meansAnotherThing), ...Object.keys(carriedOtherwise)].filter((shape) => !shapes.has(shape))).toEqual([]);
});

const prelude = `
schema Click { t: timestamp, k: string, n: long?, until: timestamp }
source s: Click from file("s/", format: "json")
source b: Click from file("b/", format: "json")
stream w = s |> watermark t delay 10 seconds late drop
stream wb = b |> watermark t delay 10 seconds late drop
`;

function codesOf(pipeline: string, rest = ""): readonly string[] {
  return checkForSpark(`${prelude}sink q = ${pipeline} into memory() ${rest}\n`).diagnostics.map(({ code }) => code).filter((code) => code.startsWith("E"));
}

const joined = "w as a |> join wb as b on a.k = b.k and";

test("a bound on another instant than the event time of its side is refused, for Spark would take it for one on the event time", () => {
  expect(codesOf(`${joined} b.t between a.t and a.until |> select a.k`)).toEqual(["E4105"]);
  expect(codesOf(`${joined} b.t between a.t and a.until unbounded |> select a.k`)).toEqual(["E4105"]);
});

test("beside a bound on the event time itself another one does no harm to an inner join, and delays what an outer one sends", () => {
  const both = "b.t between a.t - 5 minutes and a.t + 1 hour and b.t <= a.until";
  expect(codesOf(`${joined} ${both} |> select a.k`)).toEqual([]);
  expect(codesOf(`w as a |> join left wb as b on a.k = b.k and ${both} |> select a.k`)).toEqual(["E4104"]);
});

test("an equality that takes null for equal gives Spark no event time among the keys", () => {
  expect(codesOf("w as a |> join wb as b on a.k = b.k and a.t = b.t |> select a.k")).toEqual([]);
  expect(codesOf("w as a |> join wb as b on a.k = b.k and a.t is not distinct from b.t |> select a.k")).toEqual(["E4106"]);
});

test("a bound over a sum of columns is none for Spark", () => {
  expect(codesOf("(w |> extend n * 1 second as d) as a |> join wb as b on a.k = b.k and b.t between a.t and a.t + a.d |> select a.k")).toEqual(["E4106"]);
});

test("in update mode a condition on the keys of groups takes no row back", () => {
  expect(codesOf("s |> aggregate count() as c group by k |> where c > 1", "mode update")).toEqual(["E4107"]);
  expect(codesOf('s |> aggregate count() as c group by k |> where upper(k) = "X"', "mode update")).toEqual([]);
  expect(codesOf("s |> aggregate count() as c group by k |> extend c + 1 as d", "mode update")).toEqual([]);
});

function warningsOf(pipeline: string, options = "", rest = ""): readonly string[] {
  return checkForSpark(`${options}${prelude}sink q = ${pipeline} into memory() ${rest}\n`).diagnostics.map(({ code }) => code).filter((code) => code.startsWith("W410"));
}

const windows = "w |> aggregate count() as c group by tumbling(t, 5 seconds)";

test("what a crash changes on Spark is told where the job has it, and not where the job asks for Spark's ways", () => {
  expect(warningsOf(windows)).toEqual(["W4101"]);
  expect(warningsOf(windows, "", "mode update")).toEqual([]);
  expect(warningsOf(windows, "option noDataBatches = false\n")).toEqual([]);
  expect(warningsOf(`w |> union wb |> select k`)).toEqual(["W4100"]);
  expect(warningsOf(`w |> union wb |> aggregate count() as c group by tumbling(t, 5 seconds)`, 'option compatibility = "spark"\n')).toEqual([]);
  expect(warningsOf("w |> select k")).toEqual([]);
});
