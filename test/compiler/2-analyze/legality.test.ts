import { expect, test } from "vitest";
import { analyzeText } from "../../support/analyze-text.ts";

const prelude = `
schema Click { t: timestamp, k: string, n: long? }
schema User { k: string, name: string? }
source s: Click from queue()
table users: User from file("users/", format: "json")
stream w = s |> watermark t delay 10 seconds late drop
`;

/** `same`: Spark's verdict and ours agree. `later`: legal in Spark and in the language, not executed by this version. `accept`: Spark refuses it, and Sluice has a rule that makes the result right. */
type Relation = "same" | "later" | "accept";
interface Verdict {
  /** `yes`, or the class of Spark's message (Spark 4.0.1, observed). */
  readonly spark: string;
  /** `ok`, or the codes of the refusals; E4001 where nothing but this version refuses it. */
  readonly ours: string;
  readonly relation: Relation;
}
const same = (spark: string, ours: string): Verdict => ({ spark, ours, relation: "same" });
const ok = same("yes", "ok");
const later: Verdict = { spark: "yes", ours: "E4001", relation: "later" };
const refusedLater = (spark: string): Verdict => ({ spark, ours: "E4001", relation: "later" });
const accept = (spark: string): Verdict => ({ spark, ours: "ok", relation: "accept" });

const append = "append", update = "update", complete = "complete";
type Row = readonly [shape: string, pipeline: string, append: Verdict, update: Verdict, complete: Verdict];

const table: readonly Row[] = [
  ["select/filter only", "s |> where n > 3 |> select k, n", ok, ok, same("eM1", "E3001")],
  ["no streaming source", "users |> where name is not null", accept("eS0"), accept("eS0"), accept("eS0")],
  ["no streaming source, ordered and aggregated", "users |> aggregate count() as c group by name |> order by c |> limit 3", accept("eS0"), accept("eS0"), accept("eS0")],
  ["grouped aggregate, no watermark", "s |> aggregate count() as c group by k", same("eM2", "E3002"), ok, ok],
  ["global aggregate, no watermark", "s |> aggregate count() as c", same("eM2", "E3002"), ok, ok],
  ["grouped aggregate on watermarked input, key without the event time", "w |> aggregate count() as c group by k", same("eM2", "E3002"), ok, ok],
  ["aggregate keyed by a window, watermark", "w |> aggregate count() as c group by tumbling(t, 5 seconds)", later, later, ok],
  ["aggregate keyed by a sliding window, watermark", "w |> aggregate count() as c group by sliding(t, 10 seconds, every 5 seconds)", later, later, ok],
  ["aggregate keyed by a window without watermark", "s |> aggregate count() as c group by tumbling(t, 5 seconds)", same("eM2", "E3002"), ok, ok],
  ["aggregate keyed by raw t, watermark", "w |> aggregate count() as c group by t", later, later, ok],
  ["aggregate keyed by raw t under another name", "w |> rename t as at |> aggregate count() as c group by at as x", later, later, ok],
  ["aggregate keyed by an expression on t", 'w |> aggregate count() as c group by date_trunc("hour", t) as h', same("eM2", "E3002"), ok, ok],
  ["window over an expression on t", "w |> aggregate count() as c group by tumbling(t + 1 hour, 5 seconds)", same("eM2", "E3002"), ok, ok],
  ["window over the clock", "s |> aggregate count() as c group by tumbling(current_timestamp(), 5 seconds)", refusedLater("eM2"), ok, ok],
  ["keys only (select distinct), no watermark", "s |> aggregate group by k, n", same("eM2", "E3002"), ok, ok],
  ["keys only (select distinct k, t), watermark", "w |> aggregate group by k, t", later, later, ok],
  ["count(distinct)", "s |> aggregate count(distinct n) as c group by k", same("eM2", "E3002"), accept("eA1"), accept("eA1")],
  ["session window and key, watermark", "w |> aggregate count() as c group by k, session(t, gap 5 seconds)", later, refusedLater("eM3"), later],
  ["rollup", "s |> aggregate count() as c group by rollup(k)", same("eM2", "E3002"), ok, ok],
  ["rollup over a key that may be null", "s |> aggregate count() as c group by rollup(k, n)", same("eM2", "E3002"), later, ok],
  ["grouping sets beside a window, watermark", "w |> aggregate count() as c group by tumbling(t, 5 seconds), cube(k)", later, later, ok],
  ["explode", 's |> explode split(k, ",") as part', ok, ok, same("eM1", "E3001")],
  ["explode after aggregate", "s |> aggregate count() as c group by k |> explode [c, 1] as n", same("eM2", "E3002"), later, ok],
  ["unpivot", "s |> unpivot (v for key in (n))", ok, ok, same("eM1", "E3001")],
  ["sort without aggregate", "s |> order by n", same("eO1", "E3003"), same("eO1", "E3003"), same("eM1", "E3001")],
  ["sort after aggregate", "s |> aggregate count() as c group by k |> order by c", same("eM2", "E3002 E3003"), same("eO1", "E3003"), ok],
  ["sort before aggregate", "s |> order by n |> aggregate count() as c group by k", same("eM2", "E3002 E3003"), same("eO1", "E3003"), same("eO1", "E3003")],
  ["limit", "s |> limit 3", later, same("eL1", "E3004"), same("eM1", "E3001")],
  ["limit after aggregate", "s |> aggregate count() as c group by k |> limit 3", same("eM2", "E3002"), same("eL1", "E3004"), ok],
  ["limit before aggregate", "s |> limit 3 |> aggregate count() as c group by k", same("eM2", "E3002"), same("eL1", "E3004"), later],
  ["sort and limit after aggregate", "s |> aggregate count() as c group by k |> order by c desc |> limit 3", same("eM2", "E3002 E3003"), same("eO1", "E3003 E3004"), ok],
  ["dedup, no watermark", "s |> dedup by k", later, later, same("eM1", "E3001")],
  ["dedup after aggregate", "s |> aggregate count() as c group by k |> dedup by c", same("eM2", "E3002"), later, ok],
  ["distinct, no watermark", "s |> distinct", same("eM2", "E3002"), ok, ok],
  ["distinct with the event time, watermark", "w |> distinct", later, later, ok],
  ["top (row_number)", "s |> top 3 by n per k", refusedLater("eN1"), refusedLater("eN1"), same("eM1", "E3001")],
  ["top after aggregate", "s |> aggregate count() as c group by k |> top 3 by c", same("eM2", "E3002"), refusedLater("eN1"), accept("eN1")],
  ["union stream+stream", "s |> union s", ok, ok, same("eM1", "E3001")],
  ["union stream+static", "s |> select k |> union (users |> select k)", same("eU1", "E3009"), same("eU1", "E3009"), same("eM1", "E3009")],
  ["union static+stream", "users |> select k |> union (s |> select k)", same("eU1", "E3009"), same("eU1", "E3009"), same("eM1", "E3009")],
  ["union distinct stream+stream", "s |> union s |> distinct", same("eM2", "E3002"), ok, ok],
  ["aggregate over a union", "s |> union w |> aggregate count() as c group by k", same("eM2", "E3002"), ok, ok],
  ["union of two aggregates", "s |> aggregate count() as c group by k |> union (s |> aggregate count() as c group by k)", same("eM2", "E3002"), later, ok],
  ["stream inner join static", "s |> join users on s.k = users.k |> select s.k, name", ok, ok, same("eM1", "E3001")],
  ["static inner join stream", "users |> join s on s.k = users.k |> select s.k, name", ok, ok, same("eM1", "E3001")],
  ["stream left join static", "s |> join left users on s.k = users.k |> select s.k, name", ok, ok, same("eM1", "E3001")],
  ["static left join stream", "users |> join left s on s.k = users.k |> select s.k, name", same("eK1", "E3005"), same("eK1", "E3005"), same("eM1", "E3005")],
  ["stream right join static", "s |> join right users on s.k = users.k |> select s.k, name", same("eK2", "E3005"), same("eK2", "E3005"), same("eM1", "E3005")],
  ["static right join stream", "users |> join right s on s.k = users.k |> select s.k, name", ok, ok, same("eM1", "E3001")],
  ["stream full join static", "s |> join full users on s.k = users.k |> select s.k, name", same("eK3", "E3005"), same("eK3", "E3005"), same("eM1", "E3005")],
  ["static full join stream", "users |> join full s on s.k = users.k |> select s.k, name", same("eK4", "E3005"), same("eK4", "E3005"), same("eM1", "E3005")],
  ["stream left semi join static", "s |> join semi users on s.k = users.k", ok, ok, same("eM1", "E3001")],
  ["static left semi join stream", "users |> join semi s on s.k = users.k", same("eK5", "E3005"), same("eK5", "E3005"), same("eM1", "E3005")],
  ["stream left anti join static", "s |> join anti users on s.k = users.k", ok, ok, same("eM1", "E3001")],
  ["static left anti join stream", "users |> join anti s on s.k = users.k", same("eJ2", "E3005"), same("eJ2", "E3005"), same("eM1", "E3005")],
  ["stream cross join static", "s |> join cross users |> select s.k, name", ok, ok, same("eM1", "E3001")],
  ["static cross join stream", "users |> join cross s |> select s.k, name", ok, ok, same("eM1", "E3001")],
  ["stream inner join static, no equality", "s |> join users on s.k < users.k |> select s.k, name", ok, ok, same("eM1", "E3001")],
  ["stream with a batch aggregate joined in", "s |> join (users |> aggregate count() as c group by k) as u on s.k = u.k |> select s.k, c", ok, ok, same("eM1", "E3001")],
  ["aggregate above a stream with a table", "s |> join left users using (k) |> aggregate count() as c group by name", same("eM2", "E3002"), ok, ok],
  ["stream-stream inner, equi key, no watermark", "s as a |> join s as b on a.k = b.k |> select a.k", later, refusedLater("eJ1"), same("eM1", "E3001")],
  ["static join above an aggregate", "s |> aggregate count() as c group by k as id |> join users as u on id = u.k |> select name, c", same("eM2", "E3002"), later, ok],
  ["static left join above an aggregate", "users as u |> join left (s |> aggregate count() as c group by k) as a on a.k = u.k |> select name, c", same("eM2", "E3002 E3005"), same("eK1", "E3005"), accept("eK1")],
  ["static anti join above an aggregate", "users as u |> join anti (s |> aggregate count() as c group by k) as a on a.k = u.k", same("eM2", "E3002 E3005"), same("eJ2", "E3005"), accept("eJ2")],
  ["join of two aggregates", "s |> aggregate count() as c group by k as x |> join (s |> aggregate count() as d group by k) as b on x = b.k", same("eM2", "E3002"), refusedLater("eJ1"), accept("eJ1")],
  ["window aggregate, then window aggregate", "w |> aggregate count() as c group by tumbling(t, 5 seconds) |> aggregate sum(c) as d group by tumbling(window, 10 seconds)", later, refusedLater("eG1"), accept("eG1")],
  ["aggregate without watermark, then aggregate", "s |> aggregate count() as c group by k, n |> aggregate max(c) as m group by k", same("eM2", "E3002"), refusedLater("eG1"), accept("eG1")],
  ["watermark defined twice on one branch", "w |> watermark t delay 5 seconds late drop |> select k", same("eW1", "E3006"), same("eW1", "E3006"), same("eW1", "E3001 E3006")],
  ["filter above an aggregate", "s |> aggregate count() as c group by k |> where c > 1", same("eM2", "E3002"), ok, ok],
  ["key projected away above an aggregate", "s |> aggregate count() as c group by k |> select c", same("eM2", "E3002"), later, ok],
  ["window without its end above an aggregate", "s |> aggregate count() as c group by k, tumbling(t, 5 seconds) |> select window_start, k, c", same("eM2", "E3002"), ok, ok],
  ["key renamed above an aggregate", "s |> aggregate count() as c group by k |> select c, k as key", same("eM2", "E3002"), ok, ok],
];

function verdict(pipeline: string, mode: string, sink = "memory()"): string {
  const { diagnostics } = analyzeText(`${prelude}sink q = ${pipeline} into ${sink} mode ${mode}\n`);
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  const codes = errors.map((diagnostic) => diagnostic.code);
  const refused = [...new Set(codes.filter((code) => code.startsWith("E3")))].sort();
  return codes.length === 0 ? "ok" : refused.length > 0 ? refused.join(" ") : (codes[0] ?? "");
}

test.each(table)("%s", (_shape, pipeline, inAppend, inUpdate, inComplete) => {
  expect({ append: verdict(pipeline, append), update: verdict(pipeline, update), complete: verdict(pipeline, complete) }).toEqual({ append: inAppend.ours, update: inUpdate.ours, complete: inComplete.ours });
});

test("where Spark says yes we say ok or later, and where it refuses we refuse unless a rule makes the result right", () => {
  for (const [shape, , ...verdicts] of table) {
    for (const { spark, ours, relation } of verdicts) {
      const agrees = relation === "accept" ? ours === "ok" && spark !== "yes" : relation === "later" ? ours === "E4001" : (spark === "yes") === (ours === "ok");
      expect({ shape, agrees }).toEqual({ shape, agrees: true });
    }
  }
});

test("a file takes append only, and any mode over tables alone", () => {
  const file = 'file("out/", format: "json")';
  expect(verdict("s |> select k", append, file)).toBe("ok");
  expect(verdict("s |> aggregate count() as c group by k", update, file)).toBe("E3008");
  expect(verdict("s |> aggregate count() as c group by k", complete, file)).toBe("E3008");
  expect(verdict("users |> aggregate count() as c group by k", complete, file)).toBe("ok");
});

test("a watermark by which rows are discarded says where late rows go", () => {
  const codes = (pipeline: string, mode: string): readonly string[] => analyzeText(`${prelude}sink q = ${pipeline} into memory() mode ${mode}\n`).diagnostics.map((diagnostic) => diagnostic.code);
  const silent = "s |> watermark t delay 1 second |> aggregate count() as c group by tumbling(t, 5 seconds)";
  expect(codes(silent, update)).toEqual(["E3007", "E4001"]);
  expect(codes(silent, complete)).toEqual([]);
  expect(codes("s |> watermark t delay 1 second |> select k", append)).toEqual([]);
});
