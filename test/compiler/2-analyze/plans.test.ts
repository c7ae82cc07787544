import { expect, test } from "vitest";
import { analyzeText, planLines } from "../../support/analyze-text.ts";

const prelude = `
schema Click { t: timestamp, k: string, n: long?, r: { a: int, b: string? } }
schema User { id: string?, name: string? }
source s: Click from queue()
table users: User from file("users/", format: "json")
param least: int = 3
`;

function plan(statements: string): string {
  const { job, diagnostics } = analyzeText(prelude + statements);
  expect(diagnostics).toEqual([]);
  return (job?.queries ?? []).map((query) => planLines(query.plan).join("\n")).join("\n\n");
}

test("a filter that does not mention the event time moves below the watermark, one that does stays", () => {
  expect(plan(`sink q = s |> watermark t delay 1 minute late drop |> where n > least and t > timestamp "2024-01-01" and k like "a%" |> select k into memory()`)).toBe(
    `Project k
  Filter t > timestamp "2024-01-01 00:00:00Z"
    Watermark t − 1m, late drop  #q/watermark
      Filter k like "a%"
        Filter n > cast(least as long)
          Source s: queue, json, reads t, k, n, r  needs t, k, n`,
  );
});

test("a filter over a computed column takes the projection along below the watermark", () => {
  expect(plan(`sink q = s |> watermark t delay 1 minute |> extend lower(k) as low |> where low != "" |> select low into memory()`)).toBe(
    `Project low
  Watermark t − 1m  #q/watermark
    Filter low != ""
      Project t, k, n, r, lower(k) as low
        Source s: queue, json, reads t, k, n, r  needs t, k`,
  );
});

test("a filter over a column computed from the event time stays above the watermark", () => {
  expect(plan(`sink q = s |> watermark t delay 1 minute |> extend hour(t) as h |> where h > 3 and n > 1 |> select h into memory()`)).toBe(
    `Project h
  Filter h > 3
    Project t, k, n, r, hour(t) as h
      Watermark t − 1m  #q/watermark
        Filter n > 1
          Source s: queue, json, reads t, k, n, r  needs t, n`,
  );
});

test("a filter above an aggregate stays above it", () => {
  expect(plan(`sink q = s |> watermark t delay 1 minute |> aggregate count() as c group by k |> where k != "" into memory() mode complete`)).toBe(
    `Filter k != ""
  Aggregate key=[k] c=count()  #q/aggregate
    Watermark t − 1m  #q/watermark
      Source s: queue, json, reads t, k, n, r  needs t, k`,
  );
});

test("an inner join removes null keys and its left side's own conditions below the watermark", () => {
  expect(plan(`sink q = s as a |> watermark t delay 1 minute |> join users as u on a.r.b = u.id and a.n > 3 and u.name != "" |> select k, name into memory()`)).toBe(
    `Project k, name
  Join inner on r.b = id and name != ""  #q/join
    Watermark t − 1m  #q/watermark
      Filter n > 3
        Filter r.b is not null
          Source s: queue, json, reads t, k, n, r  needs t, k, n, r
    Table users: file, json, reads id, name  needs id, name`,
  );
});

test("a left join keeps its rows, and its right columns may be null", () => {
  const { job } = analyzeText(`${prelude}table strict: { id: string, name: string } from file("u/", format: "json")
sink q = s as a |> join left strict as u on a.k = u.id |> select k, name into memory()`);
  expect(job?.queries[0]?.plan.output.map(({ name, nullable }) => ({ name, nullable }))).toEqual([{ name: "k", nullable: false }, { name: "name", nullable: true }]);
});

test("stateful operators are named after the stream they are written in, counted from the second of a kind", () => {
  expect(plan(`
stream counts = s |> watermark t delay 1 minute |> aggregate count() as c group by k, n |> aggregate sum(c) as c group by k
sink q = counts |> aggregate max(c) as m |> limit 3 into memory() mode complete
sink p = counts |> aggregate min(c) as m named smallest into memory() mode complete`)).toBe(
    `Limit 3  #q/limit
  Aggregate key=[] m=max(c)  #q/aggregate
    Aggregate key=[k] c=sum(c)  #counts/aggregate-2
      Aggregate key=[k, n] c=count()  #counts/aggregate
        Watermark t − 1m  #counts/watermark
          Source s: queue, json, reads t, k, n, r  needs t, k, n

Aggregate key=[] m=min(c)  #p/smallest
  Aggregate key=[k] c=sum(c)  #counts/aggregate-2
    Aggregate key=[k, n] c=count()  #counts/aggregate
      Watermark t − 1m  #counts/watermark
        Source s: queue, json, reads t, k, n, r  needs t, k, n`,
  );
});

test("fields are needed if any query of the job uses them; all of them where the input is strict", () => {
  expect(plan(`
source strict: Click from queue(strict: true)
sink a = s |> extend n + 1 as m |> aggregate count() as c group by k into memory() mode update
sink b = s |> where r.a > 1 |> select k into memory()
sink c = strict |> select k into memory()`).split("\n").filter((line) => line.includes("needs"))).toEqual([
    "    Source s: queue, json, reads t, k, n, r  needs k, n, r",
    "    Source s: queue, json, reads t, k, n, r  needs k, n, r",
    "  Source strict: queue, json, reads t, k, n, r  needs t, k, n, r",
  ]);
});

test("expressions over aggregate calls become a projection, equal calls are computed once", () => {
  expect(plan(`sink q = s |> aggregate sum(n) / count() as mean, count() as c, count() as again, upper(u) as big, k as key, window_end as e group by k, upper(r.b) as u, tumbling(t, 1 hour) into memory() mode complete`)).toBe(
    `Project k, u, window_start, window_end, cast(mean_sum as double) / cast(c as double) as mean, c, c as again, upper(u) as big, k as key, window_end as e
  Aggregate key=[k, upper(r.b) as u, tumbling(t, 1h)] mean_sum=sum(n) c=count()  #q/aggregate
    Source s: queue, json, reads t, k, n, r  needs t, k, n, r`,
  );
});

test("a key inside an expression is found by its own expression too", () => {
  expect(plan(`sink q = s |> aggregate count() as c, upper(k) || "!" as shout group by upper(k) as u into memory() mode complete`)).toContain('Project u, c, u || "!" as shout');
});

test("rows without a time are in no window", () => {
  expect(plan(`sink q = s |> extend try_cast(k as timestamp) as at |> aggregate count() as c group by tumbling(at, 1 hour) into memory() mode complete`)).toContain("Filter at is not null");
});

test("`window` can be named beside its two columns and is no part of `*`", () => {
  expect(plan(`sink q = s |> aggregate count() as c group by tumbling(t, 1 hour) |> select window, window.end as e, * into memory() mode complete`)).toContain("Project { start: window_start, end: window_end } as window, window_end as e, window_start, window_end, c");
});

test("an alias lasts over steps that keep the row", () => {
  expect(plan(`sink q = s as a |> where a.n > 1 |> extend a.n + 1 as m |> set k = lower(a.k) |> order by a.k |> select a.k, m into memory() mode complete`.replace("|> order by a.k ", "").replace(" mode complete", ""))).toContain("Project k, m");
});

test("a table joined to a stream is the stream joined to the table, with the columns in the order written", () => {
  expect(plan(`sink q = users as u |> join s as a on u.id = a.k |> select * into memory()`).split("\n").slice(0, 3)).toEqual(["Project id, name, t, k, n, r", "  Project id, name, t, k, n, r", "    Join inner on k = id  #q/join"]);
});

test("`using` keeps the key once", () => {
  expect(plan(`sink q = s |> rename k as id |> join users using (id) |> select * into memory()`).split("\n")[0]).toBe("Project t, id, n, r, name");
});

test("params keep their defaults as expressions", () => {
  const { job } = analyzeText(`${prelude}param host: string = env("HOST", "localhost")\nparam port: int = env("PORT", 9999)\nparam gap: duration = 5 seconds\nsink q = s into memory() trigger every gap`);
  expect(job?.params.map(({ name, default: value }) => [name, value?.kind, value?.type.kind])).toEqual([["least", "Literal", "int"], ["host", "Call", "string"], ["port", "Cast", "int"], ["gap", "Literal", "duration"]]);
  expect(job?.queries[0]?.trigger).toMatchObject({ kind: "every", interval: { kind: "ParamRef", name: "gap" } });
});

test("numbers are int, else long, else decimal, and a sign belongs to its digits", () => {
  const { job } = analyzeText(`${prelude}sink q = s |> select -2147483648 as a, 2147483648 as b, -9223372036854775808 as c, 9223372036854775808 as d, 0.90 as e, 1e3 as f, 0.0 as g into memory()`);
  const types = job?.queries[0]?.plan.output.map(({ type }) => (type.kind === "decimal" ? `decimal(${type.precision},${type.scale})` : type.kind));
  expect(types).toEqual(["int", "long", "long", "decimal(19,0)", "decimal(2,2)", "double", "decimal(1,1)"]);
});
