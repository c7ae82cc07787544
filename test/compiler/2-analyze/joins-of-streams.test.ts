import { expect, test } from "vitest";
import { stateLines } from "../../../compiler/explain/state-text.ts";
import { exprText } from "../../../compiler/ir/expr/print.ts";
import type { LogicalJob } from "../../../compiler/ir/logical/job.ts";
import { analyzeText, planLines } from "../../support/analyze-text.ts";

const prelude = `
schema Row { k: string?, t: timestamp?, n: long }
source s: Row from queue()
source b: Row from queue()
stream w = s |> watermark t delay 10 seconds late drop
stream v = b |> watermark t delay 20 seconds late drop
`;

function analyzed(text: string): LogicalJob {
  const { job, diagnostics } = analyzeText(`${prelude}${text}\n`);
  if (job === undefined) throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return job;
}

/** The plan below the projection, a line a node. */
function plan(pipeline: string): readonly string[] {
  return planLines(analyzed(`sink q = ${pipeline} into memory()`).queries[0]?.plan ?? expect.fail("no query")).slice(1);
}

function codes(pipeline: string): readonly string[] {
  return analyzeText(`${prelude}sink q = ${pipeline} into memory()\n`).diagnostics.map(({ code }) => code);
}

test("null keys, and null times of a bound, are removed from both sides of an inner join before the watermark, or above it where they are its time", () => {
  expect(plan("w |> join v on w.k = v.k and v.n > 1 and w.t between v.t - 1 minute and v.t |> select w.n")).toEqual([
    "  Join inner on k = k and t >= t - 1 minute and t <= t  #q/join",
    "    Filter t is not null",
    "      Watermark t − 10s, late drop  #w/watermark",
    "        Filter k is not null",
    "          Source s: queue, json, reads k, t, n  needs k, t, n",
    "    Filter t is not null",
    "      Watermark t − 20s, late drop  #v/watermark",
    "        Filter n > 1",
    "          Filter k is not null",
    "            Source b: queue, json, reads k, t, n  needs k, t, n",
  ]);
});

test("of an outer or anti join only the side that never comes out alone loses rows, a full join keeps both", () => {
  const filters = (kind: string): readonly string[] => {
    const lines = plan(`w |> join ${kind} v on w.k is not distinct from v.k and w.t = v.t and w.n > 1 and v.n > 2 |> select w.n`);
    return lines.flatMap((line) => /Join.*|Filter.*/.exec(line)?.[0].replace(/ {2}#.*/, "") ?? []);
  };
  expect(filters("left")).toEqual(["Join left on k is not distinct from k and t = t and n > 1", "Filter t is not null", "Filter n > 2"]);
  expect(filters("right")).toEqual(["Join right on k is not distinct from k and t = t and n > 2", "Filter t is not null", "Filter n > 1"]);
  expect(filters("anti")).toEqual(["Join anti on k is not distinct from k and t = t and n > 1", "Filter t is not null", "Filter n > 2"]);
  expect(filters("full")).toEqual(["Join full on k is not distinct from k and t = t and n > 1 and n > 2"]);
});

test("a condition above a join stays above it", () => {
  expect(plan("w |> join v on w.k = v.k and w.t = v.t |> where w.n > 1 |> select w.n").map((line) => line.trim().split(" ")[0])).toEqual(["Filter", "Join", "Filter", "Watermark", "Filter", "Source", "Filter", "Watermark", "Filter", "Source"]);
});

test("a stream joined with itself has one watermark, and columns for each side", () => {
  const [query] = analyzed("sink q = w as x |> join w as y on x.k = y.k and y.t between x.t and x.t + 5 seconds |> select x.n as a, y.n as b into memory()").queries;
  const watermarks = new Set<string>();
  const columns: number[] = [];
  query?.plan.visit((node) => {
    if (node.kind === "Watermark") watermarks.add(node.spec.operatorId);
    if (node.kind === "Scan") columns.push(...node.output.map(({ id }) => id));
  });
  expect([...watermarks]).toEqual(["w/watermark"]);
  expect(new Set(columns).size).toBe(6);
});

test("late rows of a side carry that side's columns, and so do those that are late above the join", () => {
  const job = analyzed(`stream x = s |> watermark t delay 1 minute late into lost
stream y = b |> rename n as m |> watermark t delay 1 minute late drop
sink q = x |> join y on x.k = y.k and x.t = y.t |> select x.t as t |> aggregate count() as c group by tumbling(t, 1 minute) into memory()
sink lost into memory()`);
  const routes: string[] = [];
  job.queries[0]?.plan.visit((node) => {
    if (node.kind === "Aggregate") routes.push(`aggregate ${node.late?.sideOutput ?? "none"}`);
    if (node.kind !== "Join") return;
    for (const late of [node.sides.lateLeft, node.sides.lateRight]) routes.push(late === undefined ? "drop" : `${late.sideOutput}: ${late.columns.map(({ name, expr }) => `${name} = ${exprText(expr)}`).join(", ")}`);
  });
  expect(routes).toEqual(["aggregate lost", "lost: k = k, t = t, n = n", "drop"]);
  expect(job.sideOutputs[0]?.late?.map(({ name }) => name)).toEqual(["k", "t", "n", "late_by", "step"]);
});

test("where late rows go is said for each side that has an event time", () => {
  expect(codes("(s |> watermark t delay 1 second) as x |> join v on x.k = v.k and x.t = v.t |> select x.n")).toEqual(["E3007"]);
});

test("the event times of both sides go on above a join", () => {
  const windows = (join: string, time: string): readonly string[] => codes(`${join} |> select ${time} as t |> aggregate count() as c group by tumbling(t, 1 minute)`);
  expect(windows("w |> join v on w.k = v.k and w.t = v.t", "v.t")).toEqual([]);
  expect(windows("w |> join v on w.k = v.k and w.t between v.t - 1 minute and v.t + 1 minute", "w.t")).toEqual([]);
  // Rows of the right side are kept for ever, or until another instant: a pair may come long after its time, and is late then.
  expect(windows("w |> join v on w.k = v.k and w.t > v.t - 1 minute unbounded", "w.t")).toEqual([]);
  expect(windows("w |> join v on w.k = v.k and w.t > v.t - 1 minute unbounded", "v.t")).toEqual([]);
  expect(windows("w |> join (s |> extend t + 1 hour as until |> watermark t delay 1 second late drop) as o on w.k = o.k and w.t between o.t and o.until", "o.t")).toEqual([]);
});

test("explain says how long each side keeps a row", () => {
  const states = (pipeline: string): readonly string[] => stateLines(analyzed(`sink q = ${pipeline} into memory()`).queries).slice(1).map((line) => line.replace(/^ *\S+ +/, ""));
  expect(states("w |> join v on w.k = v.k and w.t between v.t - 10 minutes and v.t |> select w.n")).toEqual([
    "join: left: w rows for 10m20s of event time; right: v rows for 10s of event time; given back by the watermark w/watermark: t − 10s and v/watermark: t − 20s",
  ]);
  expect(states("(w |> aggregate count() as c group by k, tumbling(t, 5 seconds)) as x |> join v on x.k = v.k and v.t between window_end - 5 seconds and window_end unbounded |> select c")[0]).toBe(
    "join: left: x rows until window_end + 20s; right: v rows for 15s of event time; given back by the watermark w/watermark: t − 10s and v/watermark: t − 20s",
  );
  expect(states("s |> join v on s.k = v.k unbounded |> select s.n")).toEqual(["join: left: s rows for ever; right: v rows for ever; bounded by nothing"]);
});

test("joins in a row go by the event times that are left", () => {
  expect(codes("(w |> join v on w.k = v.k and w.t = v.t |> select w.k as k, w.t as t, v.n as m) as p |> join (s |> watermark t delay 1 minute late drop) as x on p.k = x.k and p.t = x.t |> select m")).toEqual([]);
});
