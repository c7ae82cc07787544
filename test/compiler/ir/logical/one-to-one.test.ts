import { expect, test } from "vitest";
import { analyzeText } from "../../../support/analyze-text.ts";

/** The names of the key that a pipeline's result has, or undefined where its columns tell rows apart no more. */
function keyOf(pipeline: string): readonly string[] | undefined {
  const { job, diagnostics } = analyzeText(`source s: { t: timestamp, k: string } from queue()
    stream w = s |> watermark t delay 10 seconds late drop
    sink q = ${pipeline} into memory() mode complete`);
  expect(diagnostics).toEqual([]);
  const plan = job?.queries[0]?.plan;
  return plan?.key?.map((id) => plan.output.find((column) => column.id === id)?.name ?? "");
}

test("a bound of windows of whole seconds is told apart in seconds, one of half seconds in milliseconds", () => {
  const seconds = "w |> aggregate count() as c group by sliding(t, 12 seconds, every 5 seconds, offset 2 seconds), k";
  const halves = "w |> aggregate count() as c group by tumbling(t, 1 second, offset 500 ms)";
  expect(keyOf(`${seconds} |> select cast(window_start as long) as s, k, c`)).toEqual(["s", "k"]);
  expect(keyOf(`${seconds} |> select window_start as s |> select unix_seconds(s) as n`)).toBeUndefined();
  expect(keyOf(`${seconds} |> rename window_start as a |> select cast(a as long) as s, k`)).toEqual(["s", "k"]);
  expect(keyOf(`${seconds} |> extend cast(window_end as long) as e |> select e, k, c`)).toEqual(["e", "k"]);
  expect(keyOf(`${halves} |> select cast(window_start as long) as s, c`)).toBeUndefined();
  expect(keyOf(`${halves} |> select unix_millis(window_start) as s, c`)).toEqual(["s"]);
  expect(keyOf("w |> aggregate count() as c group by session(t, gap 5 seconds), k |> select k, cast(window_start as long) as s")).toBeUndefined();
});

test("a time made of whole seconds is told apart in seconds, also through a union", () => {
  const times = 's |> select timestamp_seconds(length(k)) as t';
  const exact = `(${times}) |> union (${times})`;
  expect(keyOf(`${exact} |> aggregate count() as c group by t |> select cast(t as long) as s, c`)).toEqual(["s"]);
  expect(keyOf(`(${times}) |> union (s |> select t) |> aggregate count() as c group by t |> select cast(t as long) as s, c`)).toBeUndefined();
});

test("a window as a record, its bounds, and microseconds of any time keep the key; other expressions do not", () => {
  const values = "w |> extend tumbling(t, 10 seconds) as v |> aggregate count() as c group by v";
  expect(keyOf(`${values} |> select cast(v.start as long) as s, c`)).toEqual(["s"]);
  expect(keyOf(`${values} |> select v.end as e, c`)).toEqual(["e"]);
  expect(keyOf("w |> aggregate count() as c group by t |> select unix_micros(t) as u, c")).toEqual(["u"]);
  expect(keyOf("w |> aggregate count() as c group by t |> select cast(t as long) as u, c")).toBeUndefined();
  expect(keyOf("w |> aggregate count() as c group by tumbling(t, 5 seconds) |> select { a: window_start, n: c } as r")).toEqual(["r"]);
  expect(keyOf("w |> aggregate count() as c group by k |> select upper(k) as k")).toBeUndefined();
});
