import { expect, test } from "vitest";
import type { LogicalPlan } from "../../../compiler/ir/logical/plan.ts";
import { analyzeText, planLines } from "../../support/analyze-text.ts";

const prelude = `
schema Click { t: timestamp, k: string, n: long?, odd: timestamp? }
source s: Click from queue()
source others: Click from queue()
stream w = s |> watermark t delay 10 seconds late drop
`;

function planOf(pipeline: string, mode = "append"): LogicalPlan {
  const { job, diagnostics } = analyzeText(`${prelude}sink q = ${pipeline} into memory() mode ${mode}`);
  expect(diagnostics).toEqual([]);
  return job?.queries[0]?.plan ?? expect.unreachable();
}

function planText(pipeline: string, mode?: string): string {
  return planLines(planOf(pipeline, mode)).join("\n");
}

/** The event times of a result, by its columns: `name role`. */
function times(pipeline: string): readonly string[] {
  const { output, eventTimes } = planOf(pipeline);
  return eventTimes.map(({ column, role, delay }) => `${output.find(({ id }) => id === column)?.name ?? ""} ${role} − ${delay / 1e6}s`);
}

test("a session is a key with a gap, by name or by place, and of the row", () => {
  expect(planText("w |> aggregate count() as c group by k, session(t, gap 30 minutes)")).toContain("key=[k, session(t, gap 30m)]");
  expect(planText("w |> aggregate count() as c group by k, session(t, 2 * 15 minutes)")).toContain("key=[k, session(t, gap 30m)]");
  expect(planText('w |> aggregate count() as c group by k, session(t, gap: case when k = "a" then 1 minute else n * 1 second end)')).toContain(
    'session(t, gap case when k = "a" then 1 minute else n * 1 second end)',
  );
  expect(times("w |> aggregate count() as c group by k, session(t, gap 30 minutes)")).toEqual(["window_start window start − 10s", "window_end window end − 10s"]);
});

test("a session may be declared, and rows without a time are in none", () => {
  const { job, diagnostics } = analyzeText(`${prelude}window visit = session(odd, gap 1 minute)
sink q = s |> watermark odd delay 1 minute late drop |> aggregate count() as c group by k, visit into memory()`);
  expect(diagnostics).toEqual([]);
  expect(job?.queries.flatMap(({ plan }) => planLines(plan))).toEqual([
    "Aggregate key=[k, session(odd, gap 1m)] c=count()  #q/aggregate",
    "  Filter odd is not null",
    "    Watermark odd − 1m, late drop  #q/watermark",
    "      Source s: queue, json, reads t, k, n, odd  needs k, odd",
  ]);
});

test("a window over windows goes by the last microsecond of the first one, however it is named", () => {
  const first = "w |> aggregate count() as c group by tumbling(t, 5 seconds)";
  const second = "aggregate sum(c) as n group by";
  expect(planText(`${first} |> ${second} tumbling(window, 10 seconds)`)).toContain("tumbling(window_end - 1 microsecond, 10s)");
  expect(planText(`${first} |> ${second} tumbling(window_time(window), 10 seconds)`)).toContain("tumbling(window_end - 1 microsecond, 10s)");
  expect(planText(`${first} |> select window as w, c |> ${second} tumbling(window_time(w), 10 seconds)`)).toContain("tumbling(w.end - 1 microsecond, 10s)");
  expect(planText(`${first} |> select window as w, c |> ${second} tumbling(w, 10 seconds, offset 3 seconds)`)).toContain("tumbling(w.end - 1 microsecond, 10s, offset 3s)");
  expect(times(`${first} |> ${second} tumbling(window, 10 seconds)`)).toEqual(["window_start window start − 10s", "window_end window end − 10s"]);
});

test("the record of a window is a column and a key that carries the event time", () => {
  const first = "w |> aggregate count() as c group by k, tumbling(t, 5 seconds)";
  expect(times(`${first} |> select window as w, c`)).toEqual(["w window − 10s"]);
  expect(times(`${first} |> aggregate sum(c) as n group by window`)).toEqual(["window window − 10s"]);
  expect(times(`${first} |> select window as w, c |> aggregate sum(c) as n group by w |> rename w as v`)).toEqual(["v window − 10s"]);
  expect(times(`${first} |> select window as w, c |> select w.start as a, w.end as b, window_time(w) as last`)).toEqual(["a window start − 10s", "b window end − 10s", "last raw − 10s"]);
});

test("`tumbling` as a value carries the event time through renames and unions, and is a key", () => {
  expect(times("w |> extend tumbling(t, 5 seconds) as w |> drop t |> rename w as v")).toEqual(["v window − 10s"]);
  expect(times("w |> select tumbling(t, 5 seconds) as w |> union (others |> select tumbling(t, 5 seconds) as w)")).toEqual(["w window − 10s"]);
  expect(times("w |> select tumbling(t + 1 hour, 5 seconds) as w, odd")).toEqual([]);
  expect(times("w |> select tumbling(t, 5 seconds) as w |> aggregate count() as c group by w |> select w.end as e, c")).toEqual(["e window end − 10s"]);
});

test("the record of a window is known behind a union of aggregates", () => {
  expect(planText("w |> aggregate count() as c group by tumbling(t, 5 seconds) |> union (w |> aggregate count() as c group by tumbling(t, 5 seconds) named more) |> aggregate sum(c) as n group by tumbling(window, 10 seconds)")).toContain(
    "tumbling(window_end - 1 microsecond, 10s)",
  );
});

test("a column of a union is event time as that of the first input is", () => {
  const [first, second] = ["w |> select t as e", "(others |> watermark t delay 5 seconds late drop |> select t + 0 seconds as e)"];
  expect(times(`${first} |> union ${second}`)).toEqual(["e raw − 10s"]);
  expect(times(`others |> watermark t delay 5 seconds late drop |> select t + 0 seconds as e |> union (${first})`)).toEqual([]);
  expect(times("others |> watermark t delay 5 seconds late drop |> select t |> union (w |> select t)")).toEqual(["t raw − 5s"]);
});

test("windows may go by the clock of the batch", () => {
  expect(planText("s |> aggregate count() as c group by k, tumbling(current_timestamp(), 10 seconds)")).toContain("key=[k, tumbling(current_timestamp(), 10s)]");
  expect(planText("s |> aggregate count() as c group by sliding(current_timestamp(), 10 seconds, every 5 seconds)", "update")).toContain("sliding(current_timestamp(), 10s, every 5s)");
});

test("a watermark says what happens to rows from too far ahead, and when an input is idle", () => {
  const { job, diagnostics } = analyzeText(`${prelude}sink ahead into memory()
sink q = s |> watermark t delay 1 month late drop future after 1 hour into ahead idle after 5 minutes |> select k into memory()`);
  expect(diagnostics).toEqual([]);
  const [line] = planLines(job?.queries[0]?.plan ?? expect.unreachable()).filter((text) => text.includes("Watermark"));
  expect(line).toBe("  Watermark t − 31d, late drop, future after 1h into ahead, idle after 5m  #q/watermark");
  expect(job?.sideOutputs[0]?.late).toBe(undefined);
});

test("`dedup … within` counts from the event time, for as long as the watermark's delay or as it says", () => {
  expect(planText("w |> dedup by k within watermark")).toContain("Dedup k within 10s");
  expect(planText("w |> dedup within 10 minutes")).toContain("Dedup t, k, n, odd within 10m");
  expect(planText("w |> aggregate count() as c group by k, tumbling(t, 5 seconds) |> dedup by window, c within 1 hour")).toContain("Dedup window_start, window_end, c within 1h");
});

test("a condition between a watermark and a session, a dedup or a limit is moved below it, unless it asks for the event time", () => {
  const where = 'where k = "x" and t < timestamp "2030-01-01"';
  const below = `  Filter t < timestamp "2030-01-01 00:00:00Z"
    Watermark t − 10s, late drop  #w/watermark
      Filter k = "x"
        Source s: queue, json, reads t, k, n, odd  needs`;
  expect(planText(`w |> ${where} |> aggregate count() as c group by k, session(t, gap 1 minute)`)).toContain(below);
  expect(planText(`w |> ${where} |> dedup by k, t`)).toContain(below);
  expect(planText(`w |> ${where} |> limit 3`)).toContain(below);
  expect(planText(`w |> dedup by k, t |> where k = "x"`)).toBe(`Filter k = "x"
  Dedup k, t  #q/dedup
    Watermark t − 10s, late drop  #w/watermark
      Source s: queue, json, reads t, k, n, odd  needs t, k, n, odd`);
  // A window's record is the event time too.
  expect(planText(`w |> extend tumbling(t, 5 seconds) as w |> where w.start > timestamp "2020-01-01" |> aggregate count() as c group by w`)).toContain(`Filter w.start > timestamp "2020-01-01 00:00:00Z"
    Project t, k, n, odd, tumbling(t, 5 seconds) as w
      Watermark`);
});
