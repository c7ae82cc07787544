import { expect, test } from "vitest";
import { exprText } from "../../../compiler/ir/expr/print.ts";
import { typeText } from "../../../compiler/ir/types/data-type.ts";
import { analyzeText } from "../../support/analyze-text.ts";

const prelude = `
schema Click { t: timestamp, k: string, n: long? }
source s: Click from queue()
stream w = s |> watermark t delay 10 seconds late into lates
sink lates into memory()
`;

interface Found {
  /** `operator → output: name = expression, …` of each step that sets rows aside. */
  readonly routes: readonly string[];
  /** `name: type` of the side output's rows. */
  readonly columns: string | undefined;
  readonly needed: readonly string[];
}

function routes(text: string): Found {
  const { job, diagnostics } = analyzeText(prelude + text);
  expect(diagnostics).toEqual([]);
  const found: string[] = [];
  const needed: string[] = [];
  for (const { plan } of job?.queries ?? []) {
    plan.visit((node) => {
      if (node.kind === "Scan") needed.push([...node.needed].join(", "));
      if ((node.kind !== "Aggregate" && node.kind !== "Dedup") || node.late === undefined) return;
      found.push(`${node.operatorId} → ${node.late.sideOutput}: ${node.late.columns.map(({ name, expr }) => `${name} = ${exprText(expr)}`).join(", ")}`);
    });
  }
  return { routes: found, columns: job?.sideOutputs[0]?.late?.map(({ name, type, nullable }) => `${name}: ${typeText(type)}${nullable ? "?" : ""}`).join(", "), needed };
}

test("a late row carries the columns of the watermark step, which are then needed, by how much it is late, and the step", () => {
  expect(routes("sink q = w |> aggregate count() as c group by tumbling(t, 5 seconds) into memory()")).toEqual({
    routes: ["q/aggregate → lates: t = t, k = k, n = n"],
    columns: "t: timestamp, k: string, n: long?, late_by: duration, step: string",
    needed: ["t, k, n"],
  });
});

test("what the job has no more at the step is not there, and a column that was renamed has its first name", () => {
  expect(routes("sink q = w |> rename t as time, k as key |> select key, time, n + 1 as n |> aggregate count() as c group by key, session(time, gap 1 minute) into memory()")).toEqual({
    routes: ["q/aggregate → lates: t = time, k = key"],
    columns: "t: timestamp, k: string, late_by: duration, step: string",
    needed: ["t, k, n"],
  });
});

test("a filter that takes its projection below the watermark changes nothing about late rows", () => {
  expect(routes('sink q = w |> extend upper(k) as big |> where big != "X" |> aggregate count() as c group by big, tumbling(t, 5 seconds) into memory()').routes).toEqual(["q/aggregate → lates: t = t, k = k, n = n"]);
});

test("steps that send into one side output send rows of the same columns, in the order of the watermark step", () => {
  expect(routes(`option sinks = "together"
sink p = w |> select n, t |> dedup by n, t into memory()
sink q = w |> select t, k |> aggregate count() as c group by k, t into memory()`)).toMatchObject({
    routes: ["p/dedup → lates: t = t, k = null, n = n", "q/aggregate → lates: t = t, k = k, n = null"],
    columns: "t: timestamp, k: string?, n: long?, late_by: duration, step: string",
  });
});

test("the result of an aggregate is never late for the next step", () => {
  expect(routes("sink q = w |> dedup by k, t |> aggregate count() as c group by k, tumbling(t, 5 seconds) |> aggregate sum(c) as n group by tumbling(window, 10 seconds) into memory()").routes).toEqual([
    "q/aggregate → lates: t = t, k = k, n = n",
    "q/dedup → lates: t = t, k = k, n = n",
  ]);
});

test("in complete mode only sessions set rows aside", () => {
  expect(routes("sink q = w |> aggregate count() as c group by k, tumbling(t, 5 seconds) into memory() mode complete").routes).toEqual([]);
  expect(routes("sink q = w |> aggregate count() as c group by k, session(t, gap 5 seconds) into memory() mode complete").routes).toEqual(["q/aggregate → lates: t = t, k = k, n = n"]);
});

test("a side output into which nothing is ever set aside has the columns of the watermark step", () => {
  expect(routes("sink q = w |> select k into memory()")).toMatchObject({ routes: [], columns: "t: timestamp, k: string, n: long?, late_by: duration, step: string" });
});

test("both inputs of a union send their late rows", () => {
  expect(routes("source more: Click from queue()\nsink q = w |> union (more |> watermark t delay 1 second late into lates) |> aggregate count() as c group by tumbling(t, 5 seconds) into memory()").routes).toEqual(["q/aggregate → lates: t = t, k = k, n = n"]);
});
