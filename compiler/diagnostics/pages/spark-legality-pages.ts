import type { Page } from "./page.ts";

/** Without what Spark does otherwise after a crash, of which other pages speak. */
const head = '// target: spark\noption compatibility = "spark"';
const rates = "source s from rate(rowsPerSecond: 1)\nsource r from rate(rowsPerSecond: 1)";
const streams = `${rates}\nstream a = s |> watermark timestamp delay 1 minute late drop |> rename timestamp as t\nstream b = r |> watermark timestamp delay 1 minute late drop |> rename timestamp as t`;
const given = `${head}\n${streams}`;

/** E4100 to E4109 and W4100 to W4103: queries that Spark does not take, and what a crash changes there. */
export const sparkLegalityPages: readonly Page[] = [
  {
    code: "E4100",
    title: "spark-join-mode",
    meaning: "A join of two streams runs on Spark in append mode only. In update and complete mode Sluice takes rows back that found no match at first; Spark has no word for that.",
    mending: "Write `mode append`. The rows of an inner or semi join stay in any mode, so nothing changes for them; an outer join sends a row without a match when its time is over, in place of at once.",
    example: { given, bad: "sink out = a |> join b on a.value = b.value and a.t = b.t |> select a.value as v into memory() mode update", good: "sink out = a |> join b on a.value = b.value and a.t = b.t |> select a.value as v into memory() mode append" },
  },
  {
    code: "E4101",
    title: "spark-distinct-aggregate",
    meaning: "Over a stream Spark's aggregates know no `distinct`: it keeps a number for a group, not the values that it has seen.",
    mending: "`approx_count_distinct(x)` counts with an error of a few percent. Exactly, in append mode: group by the argument too, and aggregate those groups once more.",
    example: {
      given,
      bad: "sink out = a |> aggregate count(distinct value) as n group by tumbling(t, 1 hour) into memory() mode append",
      good: "sink out = a |> aggregate group by value, tumbling(t, 1 hour) |> aggregate count() as n group by window_start, window_end into memory() mode append",
    },
  },
  {
    code: "E4102",
    title: "spark-chained-steps",
    meaning: "In update and complete mode the groups of an aggregate change from batch to batch. Sluice takes the old row of a group back from what stands above it; Spark would count both, and refuses.",
    mending: "Write `mode append` with windows over the event time: a group then comes out once. Or write the groups into files and read them in a second job.",
    example: {
      given,
      bad: "sink out = a |> aggregate count() as c group by value, tumbling(t, 1 minute) |> aggregate max(c) as m group by tumbling(window, 1 hour) into memory() mode update",
      good: "sink out = a |> aggregate count() as c group by value, tumbling(t, 1 minute) |> aggregate max(c) as m group by tumbling(window, 1 hour) into memory() mode append",
    },
  },
  {
    code: "E4103",
    title: "spark-join-kind",
    meaning: "Spark has no anti join of two streams, and none of a table with a stream that sends rows of the table for want of a match, above groups neither.",
    mending: "In place of an anti join of streams write `join left` and keep the rows whose right side is null. With a table, write the result into files and join them in a job that reads both as tables.",
    example: {
      given,
      bad: "sink out = a |> join anti b on a.value = b.value and a.t = b.t into memory() mode append",
      good: "sink out = a |> join left b on a.value = b.value and a.t = b.t |> where b.t is null |> select a.t as t into memory() mode append",
    },
  },
  {
    code: "E4104",
    title: "spark-join-never-decides",
    meaning: "An outer join sends a row without a match when no match can come any more. Sluice finds that moment from any instant of a row; Spark only where the row's own side has a watermark and its column is compared with the other side's, both bare but for constants, or is equal to it. Elsewhere it never sends such rows, or later.",
    mending: "Put a watermark on both sides, and bound the columns of the watermarks themselves.",
    example: {
      given,
      bad: "sink out = s as x |> join left b on x.value = b.value and b.t between x.timestamp and x.timestamp + 1 hour unbounded |> select x.value as v into memory() mode append",
      good: "sink out = a as x |> join left b on x.value = b.value and b.t between x.t and x.t + 1 hour |> select x.value as v into memory() mode append",
    },
  },
  {
    code: "E4105",
    title: "spark-join-column",
    meaning: "Spark takes a bound on any instant of a row for one on the column of its watermark: with `b.t <= a.until` it gives a row of `a` up when `a.t` is as old as `a.until` may be, and matches that should come later are lost without a word.",
    mending: "Add a bound on the watermark's column too, wide enough for every row: the state is then kept for so long. Or leave the watermark of that side out and write `unbounded`.",
    example: {
      given: `${given}\nstream lots = a |> extend t + value * 1 second as until`,
      bad: "sink out = lots as x |> join b on x.value = b.value and b.t between x.t and x.until |> select x.value as v into memory() mode append",
      good: "sink out = lots as x |> join b on x.value = b.value and b.t between x.t and x.until and x.t >= b.t - 1 day |> select x.value as v into memory() mode append",
    },
  },
  {
    code: "E4106",
    title: "spark-unbounded-join",
    meaning: "A join keeps the rows of both streams until no match can come. Sluice bounds that by any instant of a row; Spark only by the columns of the watermarks themselves, compared with each other and with constants added. Of what it cannot bound it keeps every row.",
    mending: "Bound the columns of the watermarks, or write `unbounded` if the state may grow for ever.",
    example: {
      given,
      bad: "sink out = a |> join b on a.value = b.value and a.t is not distinct from b.t |> select a.value as v into memory() mode append",
      good: "sink out = a |> join b on a.value = b.value and a.t = b.t |> select a.value as v into memory() mode append",
    },
  },
  {
    code: "E4107",
    title: "spark-taken-back",
    meaning: "In update mode Sluice tells a sink of rows that are no part of the result any more: of a group that a `where` above it lets through no longer, of a row whose key is not shown. Spark sends new rows and never says that one is gone.",
    mending: "Keep the keys of the groups among the columns and leave conditions on what changes to who reads the rows. Or write `mode complete`, which sends the whole result each time; or `mode append` over windows.",
    example: { given, bad: "sink out = a |> aggregate count() as c group by value, tumbling(t, 1 hour) |> where c < 10 into memory() mode update", good: "sink out = a |> aggregate count() as c group by value, tumbling(t, 1 hour) into memory() mode update" },
  },
  {
    code: "E4108",
    title: "spark-two-event-times",
    meaning: "A step of Spark that keeps state goes by one column under a watermark and refuses rows with several, or takes the first. A copy of such a column is one too, and so is a window over it.",
    mending: "`drop` all but one before the step.",
    example: {
      given,
      bad: "sink out = a |> aggregate count() as c group by t, tumbling(t, 1 hour) into memory() mode append",
      good: "sink out = a |> aggregate count() as c, min(t) as first group by tumbling(t, 1 hour) into memory() mode append",
    },
  },
  {
    code: "E4109",
    title: "spark-continuous",
    meaning: "Spark's continuous trigger runs projections and filters. Sluice's also takes `explode`, `unpivot`, unions and joins with tables.",
    mending: "Take another trigger.",
    example: {
      given: `${head}\nsource s from rate(rowsPerSecond: 1)`,
      bad: "sink out = s |> explode [value, value + 1] as v into console() trigger continuous 1 second",
      good: "sink out = s |> explode [value, value + 1] as v into console() trigger every 1 second",
    },
  },
  {
    code: "W4100",
    title: "spark-forgets-watermarks",
    meaning: "With several watermarks Spark keeps in its checkpoint the least of them (or the greatest), not each. Started again it waits until every input has reached it anew, and takes rows as on time that a run without a crash would have dropped. Sluice keeps each.",
    mending: "Give all rows one watermark, behind a union; or accept it with `option compatibility = \"spark\"`, under which Node does the same.",
    example: {
      given: `// target: spark\n${streams}`,
      bad: "sink out = a |> union b |> select value into memory() mode append",
      good: "sink out = s |> union r |> watermark timestamp delay 1 minute late drop |> select value into memory() mode append",
    },
  },
  {
    code: "W4101",
    title: "spark-forgets-no-data-batch",
    meaning: "When the watermark passes the end of a window and no data comes, Spark sends the window in a batch without data. If it stops before that batch, the batch is forgotten: after the next start nothing is sent until new data comes, and with `--available-now` and no data nothing at all. Sluice makes the batch up.",
    mending: "Count on the next data; or accept it with `option compatibility = \"spark\"`, under which Node does the same.",
    example: {
      given: `// target: spark\n${streams}`,
      bad: "sink out = a |> aggregate count() as n group by tumbling(t, 1 hour) into memory() mode append",
      good: "sink out = a |> aggregate count() as n group by tumbling(t, 1 hour) into memory() mode update",
    },
  },
  {
    code: "W4102",
    title: "spark-sends-again",
    meaning: "Where the checkpoint has a commit whose offsets are lost, Spark runs an old batch into the sink before it notices. Files and memory know the batches that they have; Kafka takes the messages again. Sluice looks before it sends.",
    mending: "Keep the checkpoint whole and on storage that does not lose files; or accept it with `option compatibility = \"spark\"`.",
    example: {
      given: "// target: spark\nsource s from rate(rowsPerSecond: 1)",
      bad: 'sink out = s |> select cast(value as string) as value into kafka("localhost:9092", topic: "out", delivery: "at least once")',
      good: "sink out = s |> select cast(value as string) as value into memory()",
      besides: ["W4144"],
    },
  },
  {
    code: "W4103",
    title: "spark-forgets-latest",
    meaning: "`startingOffsets: \"latest\"`, which is what a stream of Kafka begins with where nothing is said, is looked up when the query starts. If Spark crashes before its first batch is written down, it looks again, and what came in between is read by nobody. Sluice writes it down first.",
    mending: "Write `startingOffsets: \"earliest\"` or `startingTimestamp`; or accept it with `option compatibility = \"spark\"`.",
    example: {
      given: "// target: spark",
      bad: 'source s: { k: string } from kafka("localhost:9092", subscribe: "in", format: "text")\nsink out = s into memory()',
      good: 'source s: { k: string } from kafka("localhost:9092", subscribe: "in", startingOffsets: "earliest", format: "text")\nsink out = s into memory()',
    },
  },
];
