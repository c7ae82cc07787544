import { defineDiagnostic } from "../define.ts";

/** Late rows that go into a side output, with the target Spark. */
export const sparkLateInto = defineDiagnostic({
  code: "E4110",
  slug: "spark-late-into",
  message: () => "Spark drops late rows and puts them nowhere",
  label: () => "no `late into` on Spark",
});

/** The clause `future` of a watermark, with the target Spark. */
export const sparkFuture = defineDiagnostic({
  code: "E4111",
  slug: "spark-future",
  message: () => "Spark takes any event time, however far in the future",
  label: () => "no `future after` on Spark",
});

/** The clause `idle` of a watermark, with the target Spark. */
export const sparkIdle = defineDiagnostic({
  code: "E4112",
  slug: "spark-idle",
  message: () => "a watermark of Spark waits for every source, idle or not",
  label: () => "no `idle after` on Spark",
});

/** What goes by batches or by the clock, with the target Spark. */
export const sparkBatchTime = defineDiagnostic<{ what: string }>({
  code: "E4113",
  slug: "spark-batch-time",
  message: ({ what }) => `Spark has no ${what}`,
  label: () => "goes by the clock of batches",
});

/** The first rows of each key of a stream, with the target Spark. */
export const sparkTop = defineDiagnostic({
  code: "E4114",
  slug: "spark-top",
  message: () => "Spark keeps no `top` over a stream",
  label: () => "over rows that keep coming",
});

/** A step that is a function of the user's, with the target Spark. */
export const sparkUserStep = defineDiagnostic<{ name: string; step: string }>({
  code: "E4115",
  slug: "spark-user-step",
  message: ({ name, step }) => `the step \`${step}\` with \`${name}\` does not run on Spark`,
  label: () => "a TypeScript function",
});

/** A dedup that Spark has no word for. */
export const sparkDedup = defineDiagnostic<{ reason: string }>({
  code: "E4116",
  slug: "spark-dedup",
  message: ({ reason }) => `Spark has no such \`dedup\`: ${reason}`,
  label: () => "keeps other rows on Spark",
});

/** `join latest`, with the target Spark. */
export const sparkJoinLatest = defineDiagnostic({
  code: "E4117",
  slug: "spark-join-latest",
  message: () => "Spark has no `join latest`",
  label: () => "one row of the other side, the newest",
});

/** A key over a part of a window that does not tell the window. */
export const sparkWindowPart = defineDiagnostic({
  code: "E4118",
  slug: "spark-window-part",
  message: () => "Spark knows the event time of a whole window, and this goes by a part of one",
  label: () => "would never close on Spark",
});

/** Rows that are taken first, where Spark does not say which are: as they are read, or behind steps through which it does not promise to keep the order. */
export const sparkFirstRows = defineDiagnostic<{ step: string; orderIsLost?: boolean }>({
  code: "W4110",
  slug: "spark-first-rows",
  severity: "warning",
  message: ({ step, orderIsLost }) => `which rows \`${step}\` keeps is not determined on Spark, which ${orderIsLost === true ? "need not keep the order of the rows through the steps before it" : "reads several files and partitions at once"}`,
  label: ({ orderIsLost }) => (orderIsLost === true ? "the first ones in the order that was asked for" : "the first ones of a batch as they are read"),
});

/** The right rows of a semi join of two streams that the watermark of their own batch gives up. */
export const sparkSemiJoin = defineDiagnostic<{ side: string }>({
  code: "W4112",
  slug: "spark-semi-join",
  severity: "warning",
  message: ({ side }) => `a row of ${side} that the watermark of its own batch gives up at once meets no row in a \`join semi\` on Spark`,
  label: () => "a row that it alone matches does not come out",
});

/** Keys of a dedup that are floating-point numbers: 0.0 and -0.0. */
export const sparkZeroKeys = defineDiagnostic({
  code: "W4111",
  slug: "spark-zero-keys",
  severity: "warning",
  message: () => "to `dedup` 0.0 and -0.0 are two keys, and on Spark they may be one",
  label: () => "by a floating-point number",
});
