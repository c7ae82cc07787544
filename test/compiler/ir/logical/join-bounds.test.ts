import { expect, test } from "vitest";
import { exprText } from "../../../../compiler/ir/expr/print.ts";
import type { Expr } from "../../../../compiler/ir/expr/expr.ts";
import { joinBounds, type SideBound } from "../../../../compiler/ir/logical/join-bounds.ts";
import type { Join } from "../../../../compiler/ir/logical/plan.ts";
import { analyzeText } from "../../../support/analyze-text.ts";

/** Tables, which no law of streaming refuses: bounds are read off the condition and the watermarks alone. */
const prelude = `
schema Row { k: string, t: timestamp, u: timestamp, d: duration, n: long }
table a: Row from file("a/", format: "json")
table b: Row from file("b/", format: "json")
stream l = a |> watermark t delay 10 seconds late drop
stream r = b |> watermark t delay 20 seconds late drop
stream lw = l |> aggregate count() as c group by k, tumbling(t, 10 seconds)
stream rw = r |> aggregate count() as c group by k, tumbling(t, 30 seconds)
`;

/** `by key` or `by range`, then each side as `TIME <= watermark OFFSETms (SPAN s)`, then by what rows are late. */
function bounds(join: string): readonly string[] {
  const { job, diagnostics } = analyzeText(`${prelude}sink q = ${join} |> aggregate count() as n into memory()\n`);
  expect(diagnostics).toEqual([]);
  let found: Join | undefined;
  job?.queries[0]?.plan.visit((node) => {
    if (node.kind === "Join") found ??= node;
  });
  if (found === undefined) return [];
  const { byKey, left, right, lateLeft, lateRight } = joinBounds(found);
  const late = (side: string, time: Expr | undefined): readonly string[] => (time === undefined ? [] : [`${side} late by ${exprText(time)}`]);
  return [byKey ? "by key" : "by range", `left ${boundText(left)}`, `right ${boundText(right)}`, ...late("left", lateLeft), ...late("right", lateRight)];
}

function boundText(bound: SideBound | undefined): string {
  if (bound === undefined) return "for ever";
  return `${exprText(bound.time)} <= watermark ${bound.offset / 1000}ms, ${bound.span / 1_000_000}s`;
}

/** What bounds the left side. */
function ofLeft(condition: string): string | undefined {
  return bounds(`l |> join r on l.k = r.k and ${condition}`)[1];
}

test("an event time among the keys bounds both sides, and the other side's key goes by it too (J2)", () => {
  expect(bounds("l |> join r on l.k = r.k and l.t = r.t")).toEqual(["by key", "left t <= watermark 0ms, 10s", "right t <= watermark 0ms, 10s", "left late by t", "right late by t"]);
  // Looked for on the left, else on the right; a side without an event time is never late (J3).
  expect(bounds("a |> join r on a.k = r.k and a.u = r.t")).toEqual(["by key", "left u <= watermark 0ms, 20s", "right t <= watermark 0ms, 20s", "right late by t"]);
  expect(bounds("l |> join b on l.k = b.k and l.t = b.u")).toEqual(["by key", "left t <= watermark 0ms, 10s", "right u <= watermark 0ms, 10s", "left late by t"]);
});

test("a key that is computed from an event time carries none", () => {
  expect(bounds("l |> join r on l.k = r.k and date_trunc(\"hour\", l.t) = date_trunc(\"hour\", r.t)")[0]).toBe("by range");
});

test("windows that are equal are closed by their end, under every name", () => {
  const byEnd = ["by key", "left window_end <= watermark 0ms, 10s", "right window_end <= watermark 0ms, 10s", "left late by window_end", "right late by window_end"];
  expect(bounds("lw |> join (r |> aggregate count() as d group by tumbling(t, 10 seconds)) as x on lw.window_end = x.window_end")).toEqual(byEnd);
  expect(bounds("lw |> join (r |> aggregate count() as d group by tumbling(t, 10 seconds)) as x on lw.window_start = x.window_start and lw.window_end = x.window_end")).toEqual(byEnd);
  expect(bounds("lw |> join (r |> aggregate count() as d group by tumbling(t, 10 seconds)) as x on lw.window = x.window")).toEqual(byEnd);
  expect(bounds("(l |> extend tumbling(t, 10 seconds) as w) as x |> join (b |> extend tumbling(t, 10 seconds) as w) as y on x.w = y.w")).toEqual([
    "by key",
    "left w.end <= watermark 0ms, 10s",
    "right w.end <= watermark 0ms, 10s",
    "left late by w.end",
  ]);
});

test("of windows that begin together the longer one is waited for", () => {
  expect(bounds("lw |> join rw on lw.window_start = rw.window_start").slice(0, 3)).toEqual([
    "by key",
    "left window_start + 30 seconds <= watermark 0ms, 10s",
    "right window_start + 30 seconds <= watermark 0ms, 10s",
  ]);
});

test("a one-sided range bounds the side whose rows lie ahead (J03)", () => {
  expect(bounds("l |> join r on l.k = r.k and l.t < r.t - 5 seconds")).toEqual(["by range", "left for ever", "right t <= watermark 5000ms, 5s", "left late by t", "right late by t"]);
});

test("a two-sided range bounds each side by the other's watermark; `<=` keeps a millisecond more (J04, J08, J16)", () => {
  expect(bounds("l |> join r on l.k = r.k and l.t between r.t - 10 seconds and r.t + 5 seconds").slice(1, 3)).toEqual(["left t <= watermark -10001ms, 30s", "right t <= watermark -5001ms, 15s"]);
  expect(bounds("l |> join left r on l.k = r.k and l.t between r.t - 3600 seconds and r.t + 3600 seconds").slice(1, 3)).toEqual(["left t <= watermark -3600001ms, 3620s", "right t <= watermark -3600001ms, 3610s"]);
});

test("an inequality is solved however it is written", () => {
  const same = "left t <= watermark -300000ms, 320s";
  for (const condition of ["l.t > r.t - 5 minutes", "r.t - 5 minutes < l.t", "r.t < l.t + 5 minutes", "r.t - l.t < 5 minutes", "not (l.t <= r.t - 5 minutes)", "l.t + 2 minutes > r.t - 3 minutes", "-(5 minutes) + r.t < l.t", "l.t + l.d > r.t + l.d - 5 minutes"]) {
    expect(ofLeft(condition)).toBe(same);
  }
});

test("of several inequalities the one that keeps rows longest counts", () => {
  expect(ofLeft("l.t > r.t - 10 seconds and l.t > r.t - 5 seconds")).toBe("left t <= watermark -10000ms, 30s");
});

test("a row may be kept by any instant of its own, also without a watermark of its own", () => {
  expect(bounds("a |> join r on a.k = r.k and r.t between a.t and a.u")).toEqual(["by range", "left u <= watermark -1ms, 20s", "right for ever", "right late by t"]);
  expect(bounds("a |> join r on a.k = r.k and r.t < a.t + a.d")[1]).toBe("left t + d <= watermark 0ms, 20s");
  // Its own event time goes before others.
  expect(ofLeft("l.u > r.t and l.t > r.t - 1 second")).toBe("left t <= watermark -1000ms, 21s");
});

test("what cannot be solved bounds nothing", () => {
  for (const condition of ["l.t > r.t - 1 month", "l.t > r.u", "l.n > r.n", "l.t > r.t + r.d", "l.t < r.t", "(l.t > r.t or l.n = 1)", "l.t > least(l.u, r.t)"]) expect(ofLeft(condition)).toBe("left for ever");
});

test("a window's end is a time of a range, as its start is with the window's length", () => {
  expect(bounds("r |> join lw on r.k = lw.k and r.t between lw.window_end - 10 seconds and lw.window_end").slice(1)).toEqual([
    "left t <= watermark -10001ms, 20s",
    "right window_end <= watermark -1ms, 20s",
    "left late by t",
    "right late by window_end",
  ]);
  expect(bounds("r |> join lw on r.k = lw.k and r.t > lw.window_start")[1]).toBe("left t <= watermark -10000ms, 20s");
});
