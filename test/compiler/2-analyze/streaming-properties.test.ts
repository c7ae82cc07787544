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

/** One line a node, parents first: `Kind emit changelog [state] [result in state]`. */
function properties(pipeline: string, mode: OutputMode): readonly string[] {
  const { job, diagnostics } = analyzeText(`${prelude}sink q = ${pipeline} into memory() mode complete`);
  expect(diagnostics).toEqual([]);
  const plan = job?.queries[0]?.plan;
  if (plan === undefined) return [];
  const derived = deriveStreaming(plan, mode);
  const lines: string[] = [];
  plan.visit((node: LogicalPlan) => {
    const { emit, changelogMode, state, wholeResultInState } = derived.of(node);
    lines.push(`${node.kind} ${emit} ${changelogMode}${state === undefined ? "" : ` ${state.keys} × ${state.rowsPerKey}`}${wholeResultInState ? " whole" : ""}`);
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

test("a union is whole where every input is, and its time lives where each of them has one", () => {
  expect(properties("s |> aggregate count() as c group by k |> union (s |> aggregate count() as c group by k)", "complete")[0]).toBe("Union snapshot append whole");
  expect(properties("s |> aggregate count() as c group by k |> union (s |> aggregate count() as c group by k)", "update")[0]).toBe("Union onChange retract");
  const closes = (pipeline: string): readonly string[] => analyzeText(`${prelude}sink q = ${pipeline} |> aggregate count() as c group by tumbling(t, 1 minute) into memory()`).diagnostics.map(({ code }) => code);
  expect(closes("w |> union w")).toEqual(["E4001"]);
  expect(closes("w |> union s")).toEqual(["E3002"]);
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
