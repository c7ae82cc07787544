import { expect, test } from "vitest";
import type { OutputMode } from "../../../compiler/ir/logical/job.ts";
import type { LogicalPlan } from "../../../compiler/ir/logical/plan.ts";
import { deriveStreaming } from "../../../compiler/ir/logical/streaming-properties.ts";
import { analyzeText } from "../../support/analyze-text.ts";

const prelude = `
schema Click { t: timestamp, k: string, n: long? }
source s: Click from queue()
stream w = s |> watermark t delay 10 seconds late drop
`;

/** One line a node, parents first: `Kind emit changelog [state] [late] [result in state]`; `late` where rows can be and nothing closes. */
function properties(pipeline: string, mode: OutputMode, checked: OutputMode = "complete"): readonly string[] {
  const { job, diagnostics } = analyzeText(`${prelude}sink q = ${pipeline} into memory() mode ${checked}`);
  expect(diagnostics).toEqual([]);
  const plan = job?.queries[0]?.plan;
  if (plan === undefined) return [];
  const derived = deriveStreaming(plan, mode);
  const lines: string[] = [];
  plan.visit((node: LogicalPlan) => {
    const { emit, changelogMode, state, wholeResultInState, closesBy, lateBy } = derived.of(node);
    const late = lateBy !== undefined && closesBy === undefined ? " late" : "";
    lines.push(`${node.kind} ${emit} ${changelogMode}${state === undefined ? "" : ` ${state.keys} × ${state.rowsPerKey}`}${late}${wholeResultInState ? " whole" : ""}`);
  });
  return lines;
}

test("in append a group comes out once, when the watermark closes it", () => {
  expect(properties("w |> aggregate count() as c group by tumbling(t, 5 seconds)", "append")).toEqual([
    "Aggregate onClose append byWatermark × one",
    "Watermark onClose append",
    "Scan onClose append",
  ]);
});

test("in update a group goes out with every change, and its rows replace each other", () => {
  expect(properties("s |> aggregate count() as c group by k |> where c > 1", "update")).toEqual([
    "Filter onChange upsert",
    "Aggregate onChange upsert byKeyDomain × one",
    "Scan onChange append",
  ]);
});

test("without its key an update takes whole rows back", () => {
  expect(properties("s |> aggregate count() as c group by k |> select c", "update")[0]).toBe("Project onChange retract");
});

test("in complete the lowest aggregate keeps state, what stands above it is a batch plan over its snapshot", () => {
  expect(properties("w |> aggregate count() as c group by k, n |> aggregate max(c) as m group by k |> order by m |> limit 3", "complete")).toEqual([
    "Limit snapshot append whole",
    "Sort snapshot append whole",
    "Aggregate snapshot append whole",
    "Aggregate snapshot append byKeyDomain × one whole",
    "Watermark onChange append",
    "Scan onChange append",
  ]);
});

test("an aggregate over changes that are taken back keeps more than one row a key", () => {
  expect(properties("s |> aggregate count() as c group by k, n |> aggregate max(c) as m group by k", "update")).toEqual([
    "Aggregate onChange upsert byKeyDomain × bounded",
    "Aggregate onChange upsert byKeyDomain × one",
    "Scan onChange append",
  ]);
  // Without a window of its own it keeps the values of all windows that ever were.
  expect(properties("w |> aggregate count() as c group by k, tumbling(t, 5 seconds) |> aggregate max(c) as m group by k", "update")[0]).toBe("Aggregate onChange upsert byKeyDomain × unbounded");
  expect(properties("w |> aggregate count() as c group by k, tumbling(t, 5 seconds) |> aggregate max(c) as m group by window", "update")[0]).toBe("Aggregate onChange upsert byWatermark × unbounded");
});

test("a union is whole where every input is, and its time is that of its first input", () => {
  expect(properties("s |> aggregate count() as c group by k |> union (s |> aggregate count() as c group by k)", "complete")[0]).toBe("Union snapshot append whole");
  expect(properties("s |> aggregate count() as c group by k |> union (s |> aggregate count() as c group by k)", "update")[0]).toBe("Union onChange retract");
  const closes = (pipeline: string): readonly string[] => analyzeText(`${prelude}sink q = ${pipeline} |> aggregate count() as c group by tumbling(t, 1 minute) into memory()`).diagnostics.map(({ code }) => code);
  expect(closes("w |> union w")).toEqual([]);
  expect(closes("w |> union s")).toEqual([]);
  expect(closes("s |> union w")).toEqual(["E3002"]);
});

test("a condition above a union goes below the watermark of each input, and no further where there is none", () => {
  const { job } = analyzeText(`${prelude}sink q = w |> union s |> where n > 1 |> select k into memory()`);
  const lines: string[] = [];
  job?.queries[0]?.plan.visit((node) => lines.push(node.kind));
  expect(lines).toEqual(["Project", "Union", "Watermark", "Filter", "Scan", "Filter", "Scan"]);
});

test("an aggregate that keeps every value, or every different one, has a state that grows with the rows", () => {
  for (const call of ["collect_list(n)", "median(n)", "sum(distinct n)"]) {
    expect(properties(`s |> aggregate ${call} as c group by k`, "update")[0]).toBe("Aggregate onChange upsert byKeyDomain × unbounded");
  }
  for (const call of ["last(n)", "stddev(n)", "approx_count_distinct(n)", "max(distinct n)"]) {
    expect(properties(`s |> aggregate ${call} as c group by k`, "update")[0]).toBe("Aggregate onChange upsert byKeyDomain × one");
  }
});

test("a dedup keeps its keys until the event time among them passes, and drops late rows without one too", () => {
  expect(properties("w |> dedup by k, t", "append", "append")[0]).toBe("Dedup onClose append byWatermark × one");
  expect(properties("w |> dedup by k within watermark", "update", "update")[0]).toBe("Dedup onChange append byWatermark × one");
  expect(properties("w |> dedup by k", "append", "append")[0]).toBe("Dedup onClose append byKeyDomain × one late");
  expect(properties("s |> dedup by k", "append", "append")[0]).toBe("Dedup onClose append byKeyDomain × one");
  expect(properties("w |> dedup by k, t |> aggregate count() as c", "complete").slice(0, 2)).toEqual(["Aggregate snapshot append one × one whole", "Dedup onChange append byWatermark × one"]);
});

test("a session is late by its own span in complete mode too, where nothing closes it", () => {
  const sessions = "w |> aggregate count() as c group by k, session(t, gap 5 seconds)";
  expect(properties(sessions, "append")[0]).toBe("Aggregate onClose append byWatermark × one");
  expect(properties(sessions, "complete")[0]).toBe("Aggregate snapshot append byKeyDomain × one late whole");
});

test("a window over windows goes by the end of those below, in append", () => {
  const chained = "w |> aggregate count() as c group by tumbling(t, 5 seconds) |> aggregate sum(c) as d group by tumbling(window, 10 seconds)";
  expect(properties(chained, "append").slice(0, 2)).toEqual(["Aggregate onClose append byWatermark × one", "Aggregate onClose append byWatermark × one"]);
  expect(properties(chained, "complete").slice(0, 2)).toEqual(["Aggregate snapshot append whole", "Aggregate snapshot append byKeyDomain × one whole"]);
});

test("a window over the clock is closed by it, and a limit counts rows", () => {
  expect(properties("s |> aggregate count() as c group by tumbling(current_timestamp(), 5 seconds)", "append")[0]).toBe("Aggregate onClose append byTimeout × one");
  expect(properties("s |> limit 3", "append", "append")[0]).toBe("Limit onClose append one × one");
  expect(properties("s |> limit 3 |> aggregate count() as c", "complete")[1]).toBe("Limit onChange append one × one");
  expect(properties("s |> aggregate count() as c group by k |> limit 3", "complete")[0]).toBe("Limit snapshot append whole");
});

test("a top gives changes in update, the rows of a closed key in append, and its snapshot in complete", () => {
  expect(properties("s |> top 3 as r by n per k", "update", "update")[0]).toBe("Top onChange upsert byKeyDomain × bounded");
  expect(properties("s |> top 3 by n per k", "update", "update")[0]).toBe("Top onChange retract byKeyDomain × bounded");
  expect(properties("s |> top 1 by n per k", "update", "update")[0]).toBe("Top onChange upsert byKeyDomain × bounded");
  expect(properties("w |> top 3 by n per tumbling(t, 1 minute)", "append", "append")[0]).toBe("Top onClose append byWatermark × bounded");
  expect(properties("s |> top 3 by n", "complete")).toEqual(["Top snapshot append one × bounded whole", "Scan onChange append"]);
  expect(properties("s |> aggregate count() as c group by k |> top 3 by c", "complete")[0]).toBe("Top snapshot append whole");
  expect(properties("s |> top 3 by n per k |> aggregate count() as c group by n", "complete").slice(0, 2)).toEqual(["Aggregate snapshot append whole", "Top snapshot append byKeyDomain × bounded whole"]);
});

test("a top over groups is known by its key, its places or the groups' own key", () => {
  const keyOf = (step: string): readonly string[] | undefined => {
    const plan = analyzeText(`${prelude}sink q = s |> aggregate count() as c group by k, n |> ${step} into memory() mode update`).job?.queries[0]?.plan;
    return plan?.key?.map((id) => plan.output.find((column) => column.id === id)?.name ?? "");
  };
  expect(keyOf("top 1 by c per k")).toEqual(["k"]);
  expect(keyOf("top 1 by c")).toEqual([]);
  expect(keyOf("top 3 as r by c per k")).toEqual(["k", "r"]);
  expect(keyOf("top 3 by c per k")).toEqual(["k", "n"]);
  expect(keyOf("top 3 with ties as r by c per k")).toEqual(["k", "n"]);
});

test("over rows that are taken back only a time that settles them closes what is kept", () => {
  // The newest click of a key may be replaced long after its time.
  expect(properties("w |> top 1 by t desc per k |> aggregate count() as c group by tumbling(t, 1 minute)", "update")[0]).toBe("Aggregate onChange upsert byKeyDomain × one");
  expect(properties("w |> aggregate count() as c group by k, tumbling(t, 5 seconds) |> top 1 by c per window", "update")[0]).toBe("Top onChange upsert byWatermark × unbounded");
  expect(properties("w |> aggregate count() as c group by k, tumbling(t, 5 seconds) |> dedup by k, window", "update")[0]).toBe("Dedup onChange upsert byWatermark × unbounded");
  expect(properties("w |> aggregate count() as c group by k, tumbling(t, 5 seconds) |> dedup by k", "update")[0]).toBe("Dedup onChange upsert byKeyDomain × unbounded");
});

test("what a `join latest` reads changes in every mode, and its own rows stay", () => {
  const newest = "w |> join latest (s |> aggregate count() as c group by k) as a on w.k = a.k |> select c";
  expect(properties(newest, "append", "append").slice(0, 2)).toEqual(["Project onClose append", "Join onClose append byKeyDomain × one"]);
  expect(properties(newest, "append", "append")).toContain("Aggregate onChange upsert byKeyDomain × one");
});

test("below a complete result a join gives changes to it", () => {
  expect(properties("w |> join left s on w.k = s.k unbounded |> aggregate count() as c", "complete").slice(0, 2)).toEqual(["Aggregate snapshot append one × one whole", "Join onChange retract unbounded × unbounded"]);
  // Not all that an aggregate stands above is whole: it takes the changes of what is.
  expect(properties("s |> join (s |> aggregate count() as c group by k) as a on s.k = a.k unbounded |> aggregate count() as c", "complete").filter((line) => line.startsWith("Agg"))).toEqual([
    "Aggregate snapshot append one × one whole",
    "Aggregate onChange upsert byKeyDomain × one",
  ]);
});
