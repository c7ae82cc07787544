import { expect, test } from "vitest";
import { stateLines } from "../../../compiler/explain/state-text.ts";
import { exprText } from "../../../compiler/ir/expr/print.ts";
import type { OutputMode } from "../../../compiler/ir/logical/job.ts";
import { deriveStreaming, type NodeProperties } from "../../../compiler/ir/logical/streaming-properties.ts";
import { analyzeText } from "../../support/analyze-text.ts";

const prelude = `
schema Row { k: string, t: timestamp, n: long }
source s: Row from queue()
source b: Row from queue()
table users: { id: string, name: string } from file("users/", format: "json")
stream w = s |> watermark t delay 10 seconds late drop
stream v = b |> watermark t delay 20 seconds late drop
stream counts = s |> aggregate count() as c group by k
stream windows = w |> aggregate count() as c group by k, tumbling(t, 5 seconds)
stream others = v |> aggregate count() as d group by k, tumbling(t, 5 seconds)
stream newest = w |> top 1 by t desc per k
`;

function codes(pipeline: string, mode: OutputMode = "update"): readonly string[] {
  return analyzeText(`${prelude}sink q = ${pipeline} into memory() mode ${mode}\n`).diagnostics.map(({ code }) => code);
}

/** The topmost join of a pipeline. */
function joinOf(pipeline: string, mode: OutputMode = "update"): NodeProperties {
  const { job, diagnostics } = analyzeText(`${prelude}sink q = ${pipeline} into memory() mode ${mode}\n`);
  expect(diagnostics).toEqual([]);
  const plan = job?.queries[0]?.plan ?? expect.fail("no query");
  const joins: NodeProperties[] = [];
  const properties = deriveStreaming(plan, mode);
  plan.visit((node) => {
    if (node.kind === "Join") joins.push(properties.of(node));
  });
  return joins[0] ?? expect.fail("no join");
}

/** How long each side keeps its rows: `left until …, right …`, and by what rows are late. */
function bounds(pipeline: string, mode: OutputMode = "update"): string {
  const { joins, keeping } = joinOf(pipeline, mode);
  const side = (which: "left" | "right"): string => {
    const bound = joins?.[which];
    const late = which === "left" ? joins?.lateLeft : joins?.lateRight;
    return `${bound === undefined ? (keeping?.[which] ?? "") : `${exprText(bound.time)} + ${bound.offset / 1000}ms`}${late === undefined ? "" : `, late by ${exprText(late)}`}`;
  };
  return `${side("left")}; ${side("right")}`;
}

test("groups joined on their window are given up when it is closed, and are never late", () => {
  expect(bounds("windows as x |> join left others as y on x.k = y.k and x.window = y.window |> select c, d")).toBe("window_end + 0ms; window_end + 0ms");
});

test("a time by which only one side is settled bounds neither", () => {
  // The newest row of a key is replaced at any time: a bound by its time would lose what is taken back.
  expect(bounds("windows as x |> join newest as y on x.window_end = y.t unbounded |> select c, n")).toBe("for ever; by keys");
  expect(codes("windows as x |> join newest as y on x.window_end = y.t |> select c, n")).toEqual(["E3015"]);
});

test("groups are kept by their keys, unless they are forgotten one by one", () => {
  expect(bounds("counts as x |> join (b |> aggregate max(n) as m group by k) as y on x.k = y.k |> select c, m")).toBe("by keys; by keys");
  expect(bounds("counts as x |> join v on x.k = v.k unbounded |> select c, n")).toBe("by keys; for ever, late by t");
  expect(codes("counts as x |> join v on x.k = v.k |> select c, n")).toEqual(["E3015"]);
  expect(codes("windows as x |> join counts as y on x.k = y.k |> select x.c, y.c as e")).toEqual(["E3015"]);
});

test("in a range groups stay until they are closed at least, and rows of the other side go by what settles groups", () => {
  const range = (condition: string): string => bounds(`windows as x |> join v on x.k = v.k and ${condition} |> select c, n`);
  expect(range("v.t >= x.window_end - 5 seconds and v.t < x.window_end")).toBe("window_end + 0ms; t + -5001ms, late by t");
  // The condition alone would give a group up an hour before it is closed.
  expect(range("x.window_end between v.t + 1 hour and v.t + 2 hours")).toBe("window_end + 0ms; t + -7200001ms, late by t");
  expect(range("v.t between x.window_end and x.window_end + 1 hour")).toBe("window_end + -3600001ms; t + -1ms, late by t");
});

test("a changing stream beside a table is kept until its rows are settled", () => {
  expect(bounds("counts as x |> join users on x.k = users.id |> select c, name")).toBe("by keys; table");
  expect(bounds("users |> join windows as x on x.k = users.id |> select c, name")).toBe("window_end + 0ms; table");
  expect(joinOf("w |> join users on w.k = users.id |> select n, name").joins).toBeUndefined();
  // Groups on their way to the sink with their key are marked, and looked up.
  expect(joinOf("counts as x |> join semi users on x.k = users.id").joins).toBeUndefined();
  expect(joinOf("counts as x |> join semi users on x.k = users.id |> aggregate max(c) as m").joins).toBeDefined();
});

test("inner and semi joins of rows that stay give rows that stay, the others take rows back", () => {
  const mode = (kind: string): string => joinOf(`w |> join ${kind} v on w.k = v.k and w.t = v.t |> select w.n as n`).changelogMode;
  expect(["inner", "semi", "left", "right", "full", "anti"].map(mode)).toEqual(["append", "append", "retract", "retract", "retract", "retract"]);
  expect(joinOf("counts as x |> join left (b |> aggregate max(n) as m group by k) as y on x.k = y.k |> select x.k as i, y.k as j, c").changelogMode).toBe("upsert");
  expect(joinOf("counts as x |> join anti (b |> aggregate max(n) as m group by k) as y on x.k = y.k").changelogMode).toBe("upsert");
});

test("what stands above an outer join is closed by the times by which that gives its rows up", () => {
  const settled = (condition: string): readonly string[] => joinOf(`w |> join left v on w.k = v.k and ${condition} |> select w.t as t, v.n as n`).settledBy.map(({ role }) => role);
  expect(settled("v.t between w.t and w.t + 5 seconds")).toEqual(["raw", "raw"]);
  expect(settled("w.t = v.t")).toEqual(["raw", "raw"]);
  expect(settled("v.n > 1 unbounded")).toEqual([]);
});

test("below a complete result nothing is late and nothing is given up", () => {
  const pipeline = "w |> join left v on w.k = v.k and w.t = v.t |> aggregate count() as c";
  expect(bounds(pipeline, "complete")).toBe("for ever; for ever");
  expect(codes("s |> join left b on s.k = b.k |> aggregate count() as c", "complete")).toEqual(["E3015"]);
});

test("explain says what each side of a changing join keeps", () => {
  const states = (pipeline: string, mode: OutputMode = "update"): readonly string[] => {
    const { job } = analyzeText(`${prelude}sink q = ${pipeline} into memory() mode ${mode}\n`);
    return stateLines(job?.queries ?? []).slice(1).map((line) => line.replace(/^ *\S+ +/, ""));
  };
  expect(states("counts as x |> join left newest as y on x.k = y.k |> select c, n")).toEqual([
    "join: left: x rows by key; right: y rows by key; bounded by the number of keys only",
    "aggregate: keys; bounded by the number of keys only",
    "top: keys × 1 row; bounded by the number of keys only",
  ]);
  expect(states("windows as x |> join users on x.k = users.id |> select c, name")[0]).toBe("join: left: x rows until window_end + 10s; right: users rows as they are now; given back by the watermark w/watermark: t − 10s");
  expect(states("w |> join latest newest as y on w.k = y.k |> select y.n", "append")[0]).toBe("latest: y rows, one a key; bounded by the number of keys only");
  expect(states("windows |> top 3 by c per window")[0]).toBe("top: every row below within 10s delay; given back by the watermark w/watermark: t − 10s");
  expect(states("w |> top 2 with ties by n per tumbling(t, 1 minute)", "append")[0]).toBe("top: keys × 2 rows and what ties with the last within 10s delay; given back by the watermark w/watermark: t − 10s");
});

test("the key of one side tells joined groups apart where the condition names that of the other", () => {
  const keyOf = (kind: string, select: string): readonly string[] | undefined => {
    const plan = analyzeText(`${prelude}sink q = counts as x |> join ${kind} (b |> aggregate max(n) as m group by k, n) as y on x.k = y.k |> select ${select} into memory() mode update`).job?.queries[0]?.plan;
    return plan?.key?.map((id) => plan.output.find((column) => column.id === id)?.name ?? "");
  };
  const one = (kind: string, select: string): readonly string[] | undefined => {
    const plan = analyzeText(`${prelude}sink q = counts as x |> join ${kind} (b |> aggregate max(n) as m group by k) as y on x.k = y.k |> select ${select} into memory() mode update`).job?.queries[0]?.plan;
    return plan?.key?.map((id) => plan.output.find((column) => column.id === id)?.name ?? "");
  };
  expect(one("inner", "x.k as i, c, m")).toEqual(["i"]);
  expect(one("inner", "y.k as j, c, m")).toEqual(["j"]);
  expect(one("left", "x.k as i, c, m")).toEqual(["i"]);
  expect(one("left", "y.k as j, c, m")).toBeUndefined();
  expect(one("right", "y.k as j, c, m")).toEqual(["j"]);
  expect(one("full", "x.k as i, c, m")).toBeUndefined();
  // Each group of `x` may meet several of the other side.
  expect(keyOf("left", "x.k as i, y.k as j, y.n as n, c")).toEqual(["i", "j", "n"]);
  expect(keyOf("inner", "x.k as i, y.k as j, y.n as n, c")).toEqual(["i", "j", "n"]);
});
