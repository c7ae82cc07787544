import { defineDiagnostic } from "../define.ts";

/** Complete mode over rows that no state holds. */
export const completeWithoutAggregate = defineDiagnostic<{ query: string }>({
  code: "E3001",
  slug: "complete-without-aggregate",
  message: ({ query }) => `\`${query}\` cannot be complete: every row it ever saw would have to be kept`,
  label: () => "`complete` sends the whole result, and only an `aggregate` or a `top` keeps one",
});

/** Append mode over groups that nothing ever closes. */
export const appendNeverCloses = defineDiagnostic<{ reason: string }>({
  code: "E3002",
  slug: "append-never-closes",
  message: ({ reason }) => `in append mode this aggregate would never send a row: ${reason}`,
  label: () => "no group of it is ever finished",
});

/** `order by` over rows that keep coming. */
export const sortOfStream = defineDiagnostic<{ where: string }>({
  code: "E3003",
  slug: "sort-of-stream",
  message: ({ where }) => `\`order by\` cannot order ${where}`,
  label: () => "the last row is never known",
});

/** `limit` over rows that change. */
export const limitInUpdate = defineDiagnostic<{ where: string }>({
  code: "E3004",
  slug: "limit-in-update",
  message: ({ where }) => `\`limit\` cannot stand ${where}: a row once sent could not be taken back`,
  label: () => "which rows are the first changes with every batch",
});

/** A join that would have to know that no match ever comes from the stream. */
export const joinKeepsTableRows = defineDiagnostic<{ kind: string }>({
  code: "E3005",
  slug: "join-keeps-table-rows",
  message: ({ kind }) => `${kind === "anti" ? "an" : "a"} ${kind} join would have to know that a row of the table never finds a match in the stream`,
  label: () => "the stream has no end, so that is never known",
});

/** A second watermark on one branch. */
export const secondWatermark = defineDiagnostic({
  code: "E3006",
  slug: "second-watermark",
  message: () => "a watermark is already defined on these rows",
  label: () => "the second watermark of the branch",
});

/** A watermark without `late` whose later step discards rows by it. */
export const lateNotSaid = defineDiagnostic<{ column: string }>({
  code: "E3007",
  slug: "late-not-said",
  message: ({ column }) => `rows later than this watermark on \`${column}\` would be lost, and nothing says so`,
  label: () => "say where a late row goes",
});

/** A sink that cannot take the changes of a mode. */
export const modeOfSink = defineDiagnostic<{ sink: string; mode: string; consequence: string }>({
  code: "E3008",
  slug: "mode-of-sink",
  message: ({ sink, mode, consequence }) => `\`${sink}\` cannot take ${mode} mode: ${consequence}`,
  label: ({ mode }) => `${mode} mode changes what was sent before`,
});

/** Sinks that are one query, some of which never end. */
export const togetherWithTables = defineDiagnostic<{ sink: string; other: string }>({
  code: "E3020",
  slug: "together-with-tables",
  message: ({ sink, other }) => `the sinks are one query, and \`${sink}\` reads tables alone while \`${other}\` reads a stream`,
  label: () => "its result is final at once, and comes again in no batch",
});

/** A union of rows that keep coming with rows that are there once. */
export const unionWithTable = defineDiagnostic({
  code: "E3009",
  slug: "union-with-table",
  message: () => "a stream and a table cannot be one: nothing says in which batch the table's rows would come",
  label: () => "one side has an end, the other has none",
});

/** Session windows where rows are taken back: theirs, or those that they are made of. */
export const sessionInUpdate = defineDiagnostic<{ what: string; reason: string }>({
  code: "E3011",
  slug: "session-in-update",
  message: ({ what, reason }) => `sessions cannot be ${what}: ${reason}`,
  label: () => "whether a session is one is only known when it ends",
});

/** A session window of a stream as the only key. */
export const sessionWithoutKey = defineDiagnostic({
  code: "E3012",
  slug: "session-without-key",
  message: () => "sessions need a key beside the window: over a whole stream there is hardly ever a gap",
  label: () => "whose sessions is not said",
});

/** Several event times by which rows of one step could be late. */
export const twoEventTimes = defineDiagnostic<{ step: string; columns: string }>({
  code: "E3013",
  slug: "two-event-times",
  message: ({ step, columns }) => `more than one event time reaches this \`${step}\`: ${columns}`,
  label: () => "which of them makes a row late is not said",
});

/** `dedup within …` over rows without an event time. */
export const dedupWithoutTime = defineDiagnostic({
  code: "E3016",
  slug: "dedup-without-event-time",
  message: () => "`dedup … within` counts from the event time of a row, and these rows have none",
  label: () => "nothing says when a key is forgotten",
});

/** `future after` over rows that are not of one record each. */
export const futureWithoutRecord = defineDiagnostic({
  code: "E3017",
  slug: "future-without-record",
  message: () => "`future after` sets aside records, and these rows are no longer those of a record each",
  label: () => "there is no record to set aside",
});

/** One step under several watermarks whose late rows go different ways. */
export const lateRoutesDiffer = defineDiagnostic<{ routes: string }>({
  code: "E3018",
  slug: "late-routes-differ",
  message: ({ routes }) => `the late rows of this step would go different ways: ${routes}`,
  label: () => "several watermarks stand before it, and it does not know a row's own",
});

/** A join of two streams by inequalities alone, or by nothing. */
export const joinWithoutEquality = defineDiagnostic({
  code: "E3010",
  slug: "join-without-equality",
  message: () => "a join of two streams needs an equality: each row would be held against every row of the other side",
  label: () => "no column of one side is equal to one of the other",
});

/** A join that sends rows without a match, and never knows which these are. */
export const joinNeverDecides = defineDiagnostic<{ kind: string; side: string; other: string }>({
  code: "E3014",
  slug: "join-never-decides",
  message: ({ kind, side }) => `${kind === "anti" ? "an" : "a"} ${kind} join has to know when a row of ${side} can find no match any more`,
  label: ({ side, other }) => `nothing says how long ${side} waits for rows of ${other}`,
});

/** A join of two streams whose state nothing bounds, which is not said. */
export const unboundedJoin = defineDiagnostic<{ side: string }>({
  code: "E3015",
  slug: "unbounded-join",
  message: () => "this join would keep rows for ever, and nothing says so",
  label: ({ side }) => `nothing bounds how long rows of ${side} are kept`,
});

/** `top` in append mode over keys that nothing ever closes. */
export const topNeverCloses = defineDiagnostic<{ reason: string }>({
  code: "E3019",
  slug: "top-never-closes",
  message: ({ reason }) => `in append mode this \`top\` would never send a row: ${reason}`,
  label: () => "every row of it may still be overtaken",
});

/** `join latest` with rows of which nothing says which is the newest. */
export const latestWithoutKey = defineDiagnostic<{ side: string; reason: string }>({
  code: "E3021",
  slug: "latest-without-key",
  message: ({ side, reason }) => `\`join latest\` reads the newest row of each key, and ${side} ${reason}`,
  label: () => "more than one row could be met",
});

/** `join latest` whose left side is no stream of rows that stay. */
export const latestOfChanges = defineDiagnostic<{ reason: string }>({
  code: "E3022",
  slug: "latest-of-changes",
  message: ({ reason }) => `\`join latest\` sends each row of its left side once, when it comes, and ${reason}`,
  label: () => "the left side is no stream of rows that stay",
});

/** A step over changing rows that reads the clock of the batch. */
export const changesByClock = defineDiagnostic<{ what: string }>({
  code: "E3023",
  slug: "changes-by-clock",
  message: ({ what }) => `\`${what}\` cannot be used over rows that change: a row that is taken back must come out as it did before`,
  label: () => "has another value in another batch",
});

/** `dedup … within` over rows that may be taken back. */
export const withinOverChanges = defineDiagnostic({
  code: "E3024",
  slug: "within-over-changes",
  message: () => "`within` counts from the first row of a key, and these rows may be taken back again",
  label: () => "another row would become the first, when its time may be over",
});

/** `transform` or `map async` over rows that may be taken back. */
export const applyOverChanges = defineDiagnostic<{ step: string }>({
  code: "E3040",
  slug: "apply-over-changes",
  message: ({ step }) => `\`${step}\` is called with the rows of each batch once, and these rows may be taken back again`,
  label: () => "what it gave for them would stay",
});

/** A window over batches whose figures are no multiples of the trigger's interval, or a trigger that has none. */
export const windowOfBatches = defineDiagnostic<{ message: string }>({
  code: "E3035",
  slug: "window-of-batches",
  message: ({ message }) => message,
  label: () => "counts in intervals of the trigger",
});

/** `per batch` over rows that may be taken back. */
export const perBatchOfChanges = defineDiagnostic({
  code: "E3036",
  slug: "per-batch-of-changes",
  message: () => "`per batch` aggregates the rows of one batch, and these rows may be taken back in another",
  label: () => "its rows stay, and could not be put right",
});

/** A sink that is asked for more than its query can keep. */
export const deliveryTooStrong = defineDiagnostic<{ query: string; claim: string; delivery: string; reason: string }>({
  code: "E3041",
  slug: "delivery-too-strong",
  message: ({ query, claim, delivery }) => `\`${query}\` cannot deliver ${claim}: ${delivery === "no guarantee" ? "it gives no guarantee" : `it is ${delivery}`}`,
  label: ({ reason }) => reason,
});
