import { defineDiagnostic } from "../define.ts";

/** A join of two streams outside append, with the target Spark. */
export const sparkJoinMode = defineDiagnostic<{ mode: string }>({
  code: "E4100",
  slug: "spark-join-mode",
  message: ({ mode }) => `Spark joins two streams in append mode, not in ${mode} mode`,
  label: () => "both sides are streams",
});

/** `count(distinct …)` and its like over a stream, with the target Spark. */
export const sparkDistinctAggregate = defineDiagnostic<{ name: string }>({
  code: "E4101",
  slug: "spark-distinct-aggregate",
  message: ({ name }) => `Spark has no \`${name}(distinct …)\` over a stream`,
  label: () => "the different values would have to be kept",
});

/** A step that keeps state above groups that change, with the target Spark. */
export const sparkChainedSteps = defineDiagnostic<{ step: string; mode: string }>({
  code: "E4102",
  slug: "spark-chained-steps",
  message: ({ step, mode }) => `in ${mode} mode Spark has no \`${step}\` above an aggregate`,
  label: ({ step }) => (step === "dedup" ? "of a group that changes its first state alone would come through" : "would count a group at each of its changes"),
});

/** A kind of join that Spark has not for these inputs. */
export const sparkJoinKind = defineDiagnostic<{ kind: string; sides: string }>({
  code: "E4103",
  slug: "spark-join-kind",
  message: ({ kind, sides }) => `Spark has no ${kind} join of ${sides}`,
  label: () => "not among Spark's joins of streams",
});

/** A join that waits for matches for longer than Spark knows, or for ever. */
export const sparkJoinNeverDecides = defineDiagnostic<{ kind: string; side: string }>({
  code: "E4104",
  slug: "spark-join-never-decides",
  message: ({ kind, side }) => `Spark finds no bound by which this ${kind} join knows that a row of ${side} has no match`,
  label: () => "bounded by nothing that Spark reads",
});

/** A bound that Spark takes for one on another column: matches would be lost. */
export const sparkJoinColumn = defineDiagnostic<{ side: string; column: string }>({
  code: "E4105",
  slug: "spark-join-column",
  message: ({ side, column }) => `Spark would give rows of ${side} up by \`${column}\`, which this bound is not on, and lose their matches`,
  label: () => "a bound on another instant than the event time",
});

/** A join whose state nothing bounds that Spark finds. */
export const sparkUnboundedJoin = defineDiagnostic<{ side: string }>({
  code: "E4106",
  slug: "spark-unbounded-join",
  message: ({ side }) => `on Spark this join would keep rows of ${side} for ever, and nothing says so`,
  label: () => "bounded by nothing that Spark reads",
});

/** A result in update mode whose rows may go. */
export const sparkTakenBack = defineDiagnostic<{ why: string }>({
  code: "E4107",
  slug: "spark-taken-back",
  message: () => "in update mode rows of this result are taken back, and Spark sends new rows only",
  label: ({ why }) => why,
});

/** Several event times into a step of Spark that keeps state. */
export const sparkTwoEventTimes = defineDiagnostic<{ step: string; columns: string }>({
  code: "E4108",
  slug: "spark-two-event-times",
  message: ({ step, columns }) => `Spark takes one column under a watermark into ${step === "aggregate" ? "an" : "a"} \`${step}\`, and here are ${columns === "" ? "several" : columns}`,
  label: () => "which of them counts is not said",
});

/** A step under the trigger `continuous` that Spark's has not. */
export const sparkContinuous = defineDiagnostic<{ step: string }>({
  code: "E4109",
  slug: "spark-continuous",
  message: ({ step }) => `\`${step}\` does not run under Spark's continuous trigger`,
  label: () => "only `where`, `select` and their like do",
});

/** Watermarks of several inputs after a restart (semantics R6). */
export const sparkForgetsWatermarks = defineDiagnostic({
  code: "W4100",
  slug: "spark-forgets-watermarks",
  severity: "warning",
  message: () => "Spark remembers one watermark for all inputs: started again after a crash it takes rows that would have been late",
  label: () => "the second watermark of the query",
});

/** A batch without data that was due at a crash (semantics R7). */
export const sparkForgetsNoDataBatch = defineDiagnostic({
  code: "W4101",
  slug: "spark-forgets-no-data-batch",
  severity: "warning",
  message: () => "Spark forgets in a crash that results were due: started again it sends them when new data comes",
  label: () => "sends its rows when the watermark passes",
});

/** A sink that is called for a batch that it has (semantics R8). */
export const sparkSendsAgain = defineDiagnostic({
  code: "W4102",
  slug: "spark-sends-again",
  severity: "warning",
  message: () => "where entries of the checkpoint are lost Spark sends the rows of an old batch again before it stops with an error",
  label: () => "takes what it is sent",
});

/** `latest` before the first entry of a checkpoint (semantics KS1). */
export const sparkForgetsLatest = defineDiagnostic<{ source: string }>({
  code: "W4103",
  slug: "spark-forgets-latest",
  severity: "warning",
  message: ({ source }) => `if Spark crashes before its first batch, \`${source}\` begins at what is latest then, and skips what came in between`,
  label: () => "begins at the latest messages",
});
