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
    "Watermark onClose append",
    "Scan onClose append",
  ]);
});

test("an aggregate over changes that are taken back keeps more than one row a key", () => {
  expect(properties("s |> aggregate count() as c group by k, n |> aggregate max(c) as m group by k", "update")).toEqual([
    "Aggregate onChange upsert byKeyDomain × unbounded",
    "Aggregate onChange upsert byKeyDomain × one",
    "Scan onChange append",
  ]);
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
  expect(properties("w |> dedup by k, t |> aggregate count() as c", "complete").slice(0, 2)).toEqual(["Aggregate snapshot append one × one whole", "Dedup onClose append byWatermark × one"]);
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
  expect(properties("s |> limit 3 |> aggregate count() as c", "complete")[1]).toBe("Limit onClose append one × one");
  expect(properties("s |> aggregate count() as c group by k |> limit 3", "complete")[0]).toBe("Limit snapshot append whole");
});
