import { clicks, twoStreams, users, type Page } from "./page.ts";

/** E3001 to E3036 and E4001: what cannot run as its rows come, or not yet. */
export const streamingPages: readonly Page[] = [
  {
    code: "E3001",
    title: "complete-without-aggregate",
    meaning: "Complete mode sends the whole result with every batch. Without an `aggregate` or a `top` that is every row that ever came, and all of them would have to be kept.",
    mending: "Write `mode append`, or aggregate, or take the first rows.",
    example: { given: clicks, bad: "sink out = clicks |> where user > 3 into memory() mode complete", good: "sink out = clicks |> where user > 3 into memory() mode append" },
  },
  {
    code: "E3002",
    title: "append-never-closes",
    meaning: "Append mode sends a row once and never again, so a group is sent when no more rows of it can come. Nothing ever closes these groups: none of their keys is tied to a watermark.",
    mending: "Write `mode complete` or `mode update`; or group by a window over a column with a watermark.",
    example: {
      given: clicks,
      bad: "sink out = clicks |> aggregate count() as n group by page into console()",
      good: "sink out = clicks |> aggregate count() as n group by page into console() mode update",
    },
  },
  {
    code: "E3003",
    title: "sort-of-stream",
    meaning: "To order rows one has to have all of them, and a stream has no last row. The whole result of complete mode can be ordered, as can bounded tables.",
    mending: "Order behind an `aggregate` or a `top` in complete mode, or read the input as a `table`. In update mode rows come and go one by one and have no places; `top N as rank by …` gives each its own as a column.",
    example: {
      given: clicks,
      bad: "sink out = clicks |> order by user into console()",
      good: "sink out = clicks |> aggregate count() as n group by user |> order by user into console() mode complete",
    },
  },
  {
    code: "E3004",
    title: "limit-in-update",
    meaning: "Which groups are the first ones changes with every batch, and update mode cannot take a row back that is no longer among them. The same holds above any rows that change, such as those of an outer join below a complete result.",
    mending: "Write `mode complete`, which sends the result anew each time; or take the first rows with `top N by …`, which takes a row back that was overtaken. Where rows stay as they are, write `mode append`, which counts them over all batches.",
    example: {
      given: clicks,
      bad: "sink out = clicks |> aggregate count() as n group by page |> limit 3 into console() mode update",
      good: "sink out = clicks |> aggregate count() as n group by page |> limit 3 into console() mode complete",
    },
  },
  {
    code: "E3005",
    title: "join-keeps-table-rows",
    meaning: "This outer join would send a row of the table without a match, and as the stream goes on a match may still come. It is never known that there is none.",
    mending: "Keep the stream's rows instead (`left` with the stream first), or join `inner`.",
    example: {
      given: `${clicks}\n${users}`,
      bad: "sink out = users |> join left clicks on id = user |> select name, page into console()",
      good: "sink out = clicks |> join left users on user = id |> select name, page into console()",
    },
  },
  {
    code: "E3006",
    title: "second-watermark",
    meaning: "These rows have a watermark already. Two of them could disagree about which rows are late.",
    mending: "Keep one: name the stream with the watermark once and build on it.",
    example: {
      given: clicks,
      bad: "stream timed = clicks |> watermark at delay 1 minute late drop\nsink out = timed |> watermark at delay 5 minutes late drop into console()",
      good: "stream timed = clicks |> watermark at delay 5 minutes late drop\nsink out = timed into console()",
    },
  },
  {
    code: "E3007",
    title: "late-not-said",
    meaning: "A later step leaves out rows that are older than the watermark. Data is never lost by default, so the watermark says what becomes of them.",
    mending: "Write `late drop`, or `late into NAME` to keep them in a side output. Complete mode leaves none out, but for sessions.",
    example: {
      given: clicks,
      bad: "sink out = clicks |> watermark at delay 1 minute |> aggregate count() as n group by tumbling(at, 1 hour) into console() mode update",
      good: "sink out = clicks |> watermark at delay 1 minute late drop |> aggregate count() as n group by tumbling(at, 1 hour) into console() mode update",
    },
  },
  {
    code: "E3008",
    title: "mode-of-sink",
    meaning: "In this mode a later batch changes what an earlier one has sent, and the sink can only append. Its readers would take old rows for current ones.",
    mending: "Write `mode append`, another sink, or for files in complete mode `replace: true`.",
    example: {
      given: clicks,
      bad: 'sink out = clicks |> aggregate count() as n group by page into file("out/", format: "json") mode update',
      good: "sink out = clicks |> aggregate count() as n group by page into memory() mode update",
    },
  },
  {
    code: "E3009",
    title: "union-with-table",
    meaning: "The rows of a stream come batch by batch and those of a table are there at once; nothing says in which batch the table's rows would be.",
    mending: "Read both as sources, or both as tables.",
    example: {
      bad: `${clicks}\ntable history: { at: timestamp, page: string, user: long? } from file("history/", format: "json")\nsink out = clicks |> union history into console()`,
      good: `${clicks}\nsource history: { at: timestamp, page: string, user: long? } from file("history/", format: "json")\nsink out = clicks |> union history into console()`,
    },
  },
  {
    code: "E3010",
    title: "join-without-equality",
    meaning: "A join of two streams keeps the rows of both, and finds those that a new row meets by the key that the condition sets equal. Without one each row would be held against every row of the other side. Append mode does not do that, whatever the condition says; update mode does, as does complete mode above an `aggregate` or a `top`: without more where both sides have a watermark and the condition says how far apart their event times may lie (`ordered between at and at + 1 hour`), else where `unbounded` stands behind the condition.",
    mending: "Add an equality to the condition, or write `mode update`; or read one side as a `table`, which may be joined by any condition.",
    example: {
      given: twoStreams,
      bad: "sink out = c |> join o on ordered between at and at + 1 hour |> select page, price into console()",
      good: "sink out = c |> join o on user = buyer and ordered between at and at + 1 hour |> select page, price into console()",
    },
  },
  {
    code: "E3011",
    title: "session-in-update",
    meaning: "A row that comes between two sessions makes one of them. In update mode both would have been sent, and neither has a key by which its row could be replaced: start and end have changed. The same holds where another step reads sessions while they change, and a session cannot come apart again where rows that it is made of are taken back.",
    mending: "Write `mode append`, which sends a session when it is over, or `mode complete`.",
    example: {
      given: `${clicks}\nstream timed = clicks |> watermark at delay 1 minute late drop`,
      bad: "sink out = timed |> aggregate count() as n group by page, session(at, gap 5 minutes) into console() mode update",
      good: "sink out = timed |> aggregate count() as n group by page, session(at, gap 5 minutes) into console()",
    },
  },
  {
    code: "E3012",
    title: "session-without-key",
    meaning: "A session is the activity of someone or something, and ends when it pauses. Over all rows of a stream there is hardly ever a pause, so it would be one session without end.",
    mending: "Add the column whose sessions are meant to the keys. Over tables a session may stand alone.",
    example: {
      given: `${clicks}\nstream timed = clicks |> watermark at delay 1 minute late drop`,
      bad: "sink out = timed |> aggregate count() as n group by session(at, gap 5 minutes) into console()",
      good: "sink out = timed |> aggregate count() as n group by user, session(at, gap 5 minutes) into console()",
    },
  },
  {
    code: "E3013",
    title: "two-event-times",
    meaning: "A step that drops late rows and gives back its state does so by one event time. Here there are several, and a row can be late by one and not by the other.",
    mending: "Keep one of them among the keys; a `dedup` without one takes the only one that reaches it, so `drop` the others before.",
    example: {
      given: `${clicks}\nstream timed = clicks |> watermark at delay 1 minute late drop`,
      bad: "sink out = timed |> extend at as again |> aggregate count() as n group by at, again into console()",
      good: "sink out = timed |> extend at as again |> aggregate count() as n, max(again) as latest group by at into console()",
    },
  },
  {
    code: "E3020",
    title: "together-with-tables",
    meaning: 'With `option sinks = "together"` all sinks are one query and take part in each of its batches. A sink over tables alone has its final result at once, and nothing for the batches that follow.',
    mending: "Give the sink over tables a job of its own, or let each sink be its own query.",
    example: {
      given: `${clicks}\n${users}`,
      bad: 'option sinks = "together"\nsink one = clicks into console()\nsink two = users into console()',
      good: 'option sinks = "separate"\nsink one = clicks into console()\nsink two = users into console()',
    },
  },
  {
    code: "E3014",
    title: "join-never-decides",
    meaning: "An outer, semi or anti join of two streams keeps a row until no match of it can come any more: that is when an outer join sends it with nulls, and when an anti join sends it at all. Nothing in this condition says when that is, so the row would be kept for ever.",
    mending: "Say in the condition how far apart the event times of two rows may lie, and define a watermark on the other side; or set the event times, or windows over them, equal. Or write `mode update` and `unbounded` behind the condition: a row without a match comes at once and is taken back when one comes, and all rows are kept for ever.",
    example: {
      given: twoStreams,
      bad: "sink out = c |> join left o on user = buyer |> select page, price into console()",
      good: "sink out = c |> join left o on user = buyer and ordered between at and at + 1 hour |> select page, price into console()",
    },
  },
  {
    code: "E3015",
    title: "unbounded-join",
    meaning: "A join of two streams keeps a row as long as a row of the other side may still meet it. Where the condition does not say how far apart their event times may lie, that is for ever, and the state grows with every row. Nothing grows without end unless the text says so.",
    mending: "Add the bound to the condition: a watermark on each side gives rows back once the other side's event time has passed them. Where the rows are few, or each may be met at any time, write `unbounded`.",
    example: {
      given: twoStreams,
      bad: "sink out = c |> join o on user = buyer |> select page, price into console()",
      good: "sink out = c |> join o on user = buyer and ordered between at and at + 1 hour |> select page, price into console()",
    },
  },
  {
    code: "E3016",
    title: "dedup-without-event-time",
    meaning: "`dedup … within` forgets a key some time after the event time of its first row: after the delay of the watermark (`within watermark`) or after the duration that is written. These rows have no event time, because no watermark is defined before the step or because its column was left out on the way.",
    mending: "Define a `watermark` before the `dedup`, and keep its column; or leave `within` out, and every key is remembered for good.",
    example: {
      given: clicks,
      bad: "sink out = clicks |> dedup by user within 10 minutes into console()",
      good: "sink out = clicks |> watermark at delay 5 minutes late drop |> dedup by user within 10 minutes into console()",
    },
  },
  {
    code: "E3017",
    title: "future-without-record",
    meaning: "A row whose time lies too far ahead is treated as a malformed record, so that it cannot carry the watermark away. The rows of an aggregate, and rows that were ordered, are no longer those of one record each.",
    mending: "Put the `watermark` with `future after` before that step.",
    example: {
      given: clicks,
      bad: "sink out = clicks |> aggregate count() as n group by tumbling(at, 1 hour) |> watermark window_end delay 1 hour late drop future after 1 day drop into console() mode update",
      good: "sink out = clicks |> watermark at delay 1 hour late drop future after 1 day drop |> aggregate count() as n group by tumbling(at, 1 hour) into console() mode update",
    },
  },
  {
    code: "E3018",
    title: "late-routes-differ",
    meaning: "Rows of several watermarks meet in one stateful step, which sets late rows aside without knowing which watermark a row passed. The watermarks say different things about where late rows go.",
    mending: "Write the same `late …` at each of them.",
    example: {
      given: `${clicks}
source views: { at: timestamp, page: string, user: long? } from file("views/", format: "json")
sink out = first |> union second |> aggregate count() as n group by tumbling(at, 1 hour) into console()
stream first = clicks |> watermark at delay 1 hour late into lates
sink lates into memory()`,
      bad: "stream second = views |> watermark at delay 1 hour late drop",
      good: "stream second = views |> watermark at delay 1 hour late into lates",
    },
  },
  {
    code: "E3019",
    title: "top-never-closes",
    meaning: "Append mode sends a row once and never again, so a row of a `top` is sent when no other one can overtake it any more. That is known when an event time among the keys of `per` has passed: a window, or the column of the watermark. None of these keys is one.",
    mending: "Write `mode update`, which takes a row back that was overtaken, or `mode complete`; or take the first rows of each window.",
    example: {
      given: clicks,
      bad: "sink out = clicks |> top 3 by user per page into console()",
      good: "sink out = clicks |> watermark at delay 1 minute late drop |> top 3 by user per page, tumbling(at, 1 hour) into console()",
    },
  },
  {
    code: "E3021",
    title: "latest-without-key",
    meaning: "`join latest` gives each row of its left side the newest row that the right side has under its key. So the right side must have a key, as the groups of an `aggregate` have and the rows of `top 1 by time desc per key`, and the condition must name every column of it. What else the condition asks is asked of that row.",
    mending: "Keep one row of each key on the right side, and compare the whole key.",
    example: {
      given: `${clicks}\nsource prices: { page: string, price: long, at: timestamp } from queue()`,
      bad: "sink out = clicks as c |> join latest prices as p on c.page = p.page |> select user, price into console()",
      good: "sink out = clicks as c |> join latest (prices |> top 1 by at desc per page) as p on c.page = p.page |> select user, price into console()",
    },
  },
  {
    code: "E3022",
    title: "latest-of-changes",
    meaning: "Each row of the left side of `join latest` is joined in the batch in which it is read, and sent once. Rows that are taken back again, such as those of an aggregate in update mode, would have to be joined again with what they met then; and the rows of a table are all there before the first newest row.",
    mending: "Start with a stream of rows that stay; or leave `latest` out, and the result follows the changes of both sides.",
    example: {
      given: `${clicks}\nsource prices: { page: string, price: long, at: timestamp } from queue()\nstream hits = clicks |> aggregate count() as n group by page\nstream newest = prices |> top 1 by at desc per page`,
      bad: "sink out = hits as h |> join latest newest as p on h.page = p.page |> select n, price into console() mode update",
      good: "sink out = hits as h |> join newest as p on h.page = p.page |> select n, price into console() mode update",
    },
  },
  {
    code: "E3023",
    title: "changes-by-clock",
    meaning: "Where a row is taken back, the steps above compute it once more, and it must come out as it did when it was sent. A step that reads the clock of the batch gives something else by then.",
    mending: "Compute the value before the rows change: below the `aggregate`, `top` or `join`.",
    example: {
      given: clicks,
      bad: "sink out = clicks |> top 3 by user per page |> extend current_timestamp() as now into console() mode update",
      good: "sink out = clicks |> extend current_timestamp() as now |> top 3 by user per page into console() mode update",
    },
  },
  {
    code: "E3024",
    title: "within-over-changes",
    meaning: "`dedup … within` passes the first row of a key and forgets the key some time after it. Where rows may be taken back, as those of an aggregate in update mode, the first row may leave, and which one is the first then is no longer known.",
    mending: "Leave `within` out, so that all rows of a key are kept; or dedup the rows before they change.",
    example: {
      given: `${clicks}`,
      bad: "sink out = clicks |> watermark at delay 1 minute late drop |> aggregate count() as n group by user, tumbling(at, 1 hour) |> dedup by user within 30 minutes into console() mode update",
      good: "sink out = clicks |> watermark at delay 1 minute late drop |> aggregate count() as n group by user, tumbling(at, 1 hour) |> dedup by user into console() mode update",
    },
  },
  {
    code: "E3040",
    title: "apply-over-changes",
    meaning: "`transform` and `map async` call a function with the rows of each batch. Over rows that change, as those of an aggregate in update mode, a row that is taken back later would have to take back what the function gave for it, and nobody can say what that was.",
    mending: "Call the function before the rows change; or write `mode complete`, which gives it the whole result with every batch.",
    example: {
      given: `${clicks}\nimport { pages } from "./pages.ts"`,
      bad: "sink out = clicks |> aggregate count() as n group by page |> transform pages into console() mode update",
      good: "sink out = clicks |> aggregate count() as n group by page |> transform pages into console() mode complete",
      files: { "./pages.ts": "export function pages(rows: readonly { page: string; n: bigint }[]): { page: string }[] {\n  return rows.map(({ page }) => ({ page }));\n}\n" },
    },
  },
  {
    code: "E3035",
    title: "window-of-batches",
    meaning: "A window over batches holds whole micro-batches, so its length and the time between two windows are multiples of the interval at which batches run. The interval is the one that the sink says with `trigger every`; with any other trigger batches run when they can.",
    mending: "Write `trigger every` with a duration of which both figures are multiples.",
    example: {
      given: clicks,
      bad: "sink out = clicks |> aggregate count() as n group by batches(25 seconds) into console() trigger every 10 seconds",
      good: "sink out = clicks |> aggregate count() as n group by batches(30 seconds) into console() trigger every 10 seconds",
    },
  },
  {
    code: "E3036",
    title: "per-batch-of-changes",
    meaning: "`aggregate … per batch` aggregates the rows of one micro-batch and keeps nothing, so its rows stay as they are. Rows below that may be taken back in a later batch, as those of an aggregate in update mode, would leave it wrong.",
    mending: "Write `mode append`, so that each row below comes once; or aggregate over all batches, without `per batch`.",
    example: {
      given: clicks,
      bad: "sink out = clicks |> aggregate count() as n group by page |> aggregate count() as pages group by n per batch into console() mode update",
      good: "sink out = clicks |> aggregate count() as n group by page |> aggregate count() as pages group by n into console() mode update",
    },
  },
  {
    code: "E4001",
    title: "not-in-this-version",
    meaning: "The language has this and its meaning is settled, but this version does not run it. The job is refused as a whole rather than run in part.",
    mending: "Do what the help says, or wait for a version that runs it.",
    example: {
      given: clicks,
      bad: "sink out = clicks |> select schema_of_json(page) as shape into console()",
      good: "sink out = clicks |> select page into console()",
    },
  },
];
