import { clicks, twoStreams, type Page } from "./page.ts";

/** Without what Spark does otherwise after a crash, of which other pages speak. */
const target = '// target: spark\noption compatibility = "spark"';
const console = 'into console()';

/** E4110 to E4118, W4110 to W4112: steps that Spark has no word for, or means otherwise. */
export const sparkStepPages: readonly Page[] = [
  {
    code: "E4110",
    title: "spark-late-into",
    meaning: "With `late into` the rows that come after their window was closed go into a side output. Spark drops such rows inside of its stateful operators and gives them to nobody.",
    mending: "Write `late drop` if they may be lost, make the delay longer, or run this job on Node.",
    example: {
      given: `${target}\n${clicks}`,
      bad: `sink lost into console()\nsink out = clicks |> watermark at delay 1 minute late into lost |> aggregate count() as n group by tumbling(at, 1 hour) ${console} mode append`,
      good: `sink out = clicks |> watermark at delay 1 minute late drop |> aggregate count() as n group by tumbling(at, 1 hour) ${console} mode append`,
    },
  },
  {
    code: "E4111",
    title: "spark-future",
    meaning: "`future after` sets rows aside whose event time lies too far ahead, so that one wrong clock does not push the watermark and close all windows. Spark takes every time as it is.",
    mending: "Take the clause away and put a `where` over the time before the watermark; or run this job on Node.",
    example: {
      given: `${target}\n${clicks}`,
      bad: `sink out = clicks |> watermark at delay 1 minute future after 1 hour drop late drop |> aggregate count() as n group by tumbling(at, 1 hour) ${console} mode append`,
      good: `sink out = clicks |> where at < current_timestamp() + 1 hour |> watermark at delay 1 minute late drop |> aggregate count() as n group by tumbling(at, 1 hour) ${console} mode append`,
    },
  },
  {
    code: "E4112",
    title: "spark-idle",
    meaning: "`idle after` lets a source that has been silent hold the watermark no longer. Spark's watermark of several sources is the least or the greatest of all of them, silent or not.",
    mending: "Take the clause away; `option watermarkPolicy = \"max\"` goes by the source that is furthest on.",
    example: {
      given: `${target}\n${clicks}`,
      bad: `sink out = clicks |> watermark at delay 1 minute idle after 5 minutes late drop |> aggregate count() as n group by tumbling(at, 1 hour) ${console} mode append`,
      good: `sink out = clicks |> watermark at delay 1 minute late drop |> aggregate count() as n group by tumbling(at, 1 hour) ${console} mode append`,
    },
  },
  {
    code: "E4113",
    title: "spark-batch-time",
    meaning: "Windows over whole batches, aggregates of each batch alone and windows over the time of the batch go by the batches that Sluice makes. On Spark others are made of the same rows, and nothing closes such windows.",
    mending: "Group by windows over a time of the rows, under a watermark.",
    example: {
      given: `${target}\n${clicks}`,
      bad: `sink out = clicks |> aggregate count() as n group by page per batch ${console} mode append`,
      good: `sink out = clicks |> aggregate count() as n group by page ${console} mode update`,
    },
  },
  {
    code: "E4114",
    title: "spark-top",
    meaning: "`top` keeps the first rows of each key up to date while rows come. Spark ranks rows of tables only: of a stream it knows aggregates, and an order only over a complete result.",
    mending: "For the first row of a key take `max_by` or `min_by` of an aggregate; for the first rows of all, `order by` and `limit` over a complete result; or run this job on Node.",
    example: {
      given: `${target}\n${clicks}`,
      bad: `sink out = clicks |> top 1 by at desc per page ${console} mode update`,
      good: `sink out = clicks |> aggregate max(at) as at, max(user) as user group by page ${console} mode update`,
    },
  },
  {
    code: "E4115",
    title: "spark-user-step",
    meaning: "`transform`, `map async` and `state` hand a function of TypeScript the rows of a batch, or state. On Spark a process of Node beside each worker calls functions for one row at a time, and keeps nothing.",
    mending: "Say it with the steps and functions of the language, or run this job on Node.",
    example: {
      given: `${target}\n${clicks}`,
      bad: `import { busiest } from "./busiest.ts"\nsink out = clicks |> transform busiest ${console}`,
      good: `sink out = clicks |> aggregate count() as n group by page ${console} mode update`,
      files: { "./busiest.ts": "export function busiest(rows: readonly { page: string }[]): { page: string }[] { return rows.slice(0, 1); }" },
    },
  },
  {
    code: "E4116",
    title: "spark-dedup",
    meaning: "Spark's `dropDuplicatesWithinWatermark` forgets a key when the watermark's delay has passed since its first row, and knows no other span. Over groups Sluice keeps the first row by its content, and Spark the one that its partition has first.",
    mending: "Write `within watermark`, or make the span and the delay the same; over groups make all columns keys.",
    example: {
      given: `${target}\n${clicks}`,
      bad: `sink out = clicks |> watermark at delay 1 minute late drop |> select page, at |> dedup by page, at within 5 minutes ${console}`,
      good: `sink out = clicks |> watermark at delay 1 minute late drop |> select page, at |> dedup by page, at within watermark ${console}`,
    },
  },
  {
    code: "E4117",
    title: "spark-join-latest",
    meaning: "`join latest` meets each row with the newest row of the other side. Spark joins a row with all rows of the other side that the condition holds for.",
    mending: "Bound the join by a range of time; join with a table; or run this job on Node.",
    example: {
      given: `${target}\n${twoStreams}`,
      bad: `sink out = c |> join latest (o |> aggregate max(price) as price group by buyer) as b on c.user = b.buyer |> select c.page, b.price ${console}`,
      good: `sink out = c |> join o as b on c.user = b.buyer and b.ordered between c.at and c.at + 1 hour |> select c.page, b.price ${console} mode append`,
    },
  },
  {
    code: "E4118",
    title: "spark-window-part",
    meaning: "Spark ties event time to a window as a whole. A key over one bound of a session, or of windows of several lengths, does not tell the window, so nothing would ever close its groups.",
    mending: "Name `window_start` and `window_end` both.",
    example: {
      given: `${target}\n${clicks}\nstream stays = clicks |> watermark at delay 1 minute late drop |> aggregate count() as n group by page, session(at, gap 1 hour)`,
      bad: `sink out = stays |> aggregate sum(n) as n group by window_end ${console} mode append`,
      good: `sink out = stays |> aggregate sum(n) as n group by window_start, window_end ${console} mode append`,
    },
  },
  {
    code: "W4110",
    title: "spark-first-rows",
    meaning: "`dedup` keeps the first row of a key and `limit` the first rows of all, as they are read. Node reads a batch in one order, always the same. Spark reads files and partitions at once, so which row of a batch is first may differ from run to run. Groups too come in an order of its own.",
    mending: "Keep the columns of the key alone, or say which row you mean: `min_by` or `max_by` of an aggregate; `order by` before a `limit` of a table.",
    example: {
      given: `${target}\n${clicks}`,
      bad: `sink out = clicks |> dedup by page ${console}`,
      good: `sink out = clicks |> select page |> dedup by page ${console}`,
    },
  },
  {
    code: "W4111",
    title: "spark-zero-keys",
    meaning: "`dedup` compares its keys bit by bit, as the operators of Spark do, so 0.0 and -0.0 are two. Over rows of files Spark has been seen to keep the first of them only.",
    mending: "Group by the key instead, where both are one on either target; or make a whole number of it.",
    example: {
      given: `${target}\nsource prices: { price: double } from file("prices/", format: "json")`,
      bad: `sink out = prices |> dedup by price ${console}`,
      good: `sink out = prices |> select cast(price as long) as price |> dedup by price ${console}`,
    },
  },
  {
    code: "W4112",
    title: "spark-semi-join",
    meaning: "A row that is not late yet and so old that the watermark of its own batch gives it up (the watermark moves on after a batch, and late is what lay below it before) still meets the rows that are there: in every join in Node, and in Spark's other joins. In Spark's semi join such a row of the right side meets none, so a left row that nothing else matches does not come out.",
    mending: "Where such a match counts write the inner join and `dedup` the rows of the left side. A longer delay of the watermarks makes such rows rare.",
    example: {
      given: `${target}\n${clicks}\nstream a = clicks |> watermark at delay 1 minute late drop\nstream b = clicks |> watermark at delay 1 minute late drop`,
      bad: `sink out = a |> join semi b on a.page = b.page and b.at between a.at and a.at + 5 minutes ${console}`,
      good: `sink out = a |> join b on a.page = b.page and b.at between a.at and a.at + 5 minutes |> select a.page as page, a.at as at |> dedup by page, at ${console}`,
    },
  },
];
