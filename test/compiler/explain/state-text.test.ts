import { expect, test } from "vitest";
import { stateLines } from "../../../compiler/explain/state-text.ts";
import type { OutputMode } from "../../../compiler/ir/logical/job.ts";
import { analyzeText } from "../../support/analyze-text.ts";

const prelude = `
schema Click { t: timestamp, k: string, n: long? }
source s: Click from queue()
source b: Click from queue()
stream w = s |> watermark t delay 10 seconds late drop
stream v = b |> watermark t delay 1 minute late drop
`;

/** What `explain` says of the state of a pipeline, without ids. */
function states(pipeline: string, mode: OutputMode): readonly string[] {
  const { job, diagnostics } = analyzeText(`${prelude}sink q = ${pipeline} into memory() mode ${mode}`);
  expect(diagnostics).toEqual([]);
  return stateLines(job?.queries ?? []).slice(1).map((line) => line.replace(/^ *\S+ +/, ""));
}

const timed = "given back by the watermark w/watermark: t − 10s";
const byKeys = "bounded by the number of keys only";

test("windows that the watermark closes are those of their size and its delay", () => {
  expect(states("w |> aggregate count() as c group by tumbling(t, 1 minute)", "append")).toEqual([`aggregate: 2 (windows of 1m over 1m + 10s delay); ${timed}`]);
  expect(states("w |> aggregate count() as c group by k, sliding(t, 1 minute, every 20 seconds)", "update")).toEqual([`aggregate: keys × 4 (panes of 20s over 1m + 10s delay); ${timed}`]);
  // Each slide is cut once, where the windows that began earlier end.
  expect(states("w |> aggregate count() as c group by k, sliding(t, 1 minute, every 25 seconds)", "append")).toEqual([`aggregate: keys × 6 (pairs of panes of 25s over 1m + 10s delay); ${timed}`]);
  expect(states("w |> aggregate count() as c group by k, tumbling(t, 1 minute)", "complete")).toEqual([`aggregate: keys × windows; ${byKeys}`]);
});

test("a key that is a time counts its values within the delay", () => {
  expect(states("w |> aggregate count() as c group by k, t", "append")).toEqual([`aggregate: keys within 10s delay; ${timed}`]);
  expect(states("w |> aggregate count() as c group by t, tumbling(current_timestamp(), 1 minute)", "append")).toEqual([`aggregate: keys × windows within 10s delay; ${timed}`]);
});

test("every value that an aggregate keeps counts, and is given back with its group", () => {
  expect(states("w |> aggregate collect_list(n) as ns group by tumbling(t, 10 seconds)", "append")).toEqual([`aggregate: 2 (windows of 10s over 10s + 10s delay) × values; ${timed}`]);
  expect(states("s |> aggregate count(distinct n) as c group by k", "update")).toEqual(["aggregate: keys × values; bounded by nothing"]);
});

test("sessions are as many as are open", () => {
  expect(states("w |> aggregate count() as c group by k, session(t, gap 30 seconds)", "append")).toEqual([`sessions: keys × sessions open (gap 30s + 10s delay); ${timed}`]);
  expect(states("w |> aggregate count() as c group by k, session(t, gap 30 seconds)", "complete")).toEqual([`sessions: keys × sessions; ${byKeys}`]);
});

test("keys of a dedup are kept for ever, for the delay, or for the span and the delay", () => {
  expect(states("w |> dedup by k", "append")).toEqual([`dedup: keys; ${byKeys}`]);
  expect(states("w |> dedup by k, t", "append")).toEqual([`dedup: keys within 10s delay; ${timed}`]);
  expect(states("w |> dedup by k within 1 minute", "append")).toEqual([`dedup: keys within 1m + 10s delay; ${timed}`]);
});

test("every watermark below is named", () => {
  expect(states("w |> union v |> dedup by k, t", "append")).toEqual(["dedup: keys within 10s delay; given back by the watermark w/watermark: t − 10s and v/watermark: t − 1m"]);
});

test("each operator of a chain has its own state, and one above a snapshot has none", () => {
  const chain = "w |> aggregate count() as c group by tumbling(t, 5 seconds) |> aggregate sum(c) as d group by tumbling(window, 10 seconds) |> limit 3";
  expect(states(chain, "append").map((line) => line.split("; ")[0])).toEqual(["limit: 1 counter", "aggregate: 2 (windows of 10s over 10s + 10s delay)", "aggregate: 3 (windows of 5s over 5s + 10s delay)"]);
  expect(states(chain, "complete")).toEqual([`aggregate: windows; ${byKeys}`]);
  expect(states("s |> where n > 1", "append")).toEqual([]);
});
