/**
 * Shapes that Spark runs and Sluice takes, and that are refused for Spark all the same, because the two mean another thing by them: by shape the modes and the reason.
 */
export const meansAnotherThing: Readonly<Record<string, { readonly modes: readonly ("append" | "update" | "complete")[]; readonly codes: readonly string[]; readonly reason: string }>> = {
  "stream-stream left outer, range, watermark only on the right (nullable) side": { modes: ["append"], codes: ["E4104"], reason: "without a watermark of its own Spark never gives a left row up, so that none comes out without a match" },
  "agg -> dropDuplicates without event time": { modes: ["append", "update", "complete"], codes: ["E4102", "E4116"], reason: "of groups Spark keeps any row of a key, and in the other modes the first state of a group" },
  "agg -> dropDuplicates with window key": { modes: ["append"], codes: ["E4116"], reason: "of groups Spark keeps any row of a key" },
  "dedup after aggregate, no watermark": { modes: ["update", "complete"], codes: ["E4102", "E4116"], reason: "of groups Spark keeps the first state" },
  "window over the clock": { modes: ["update", "complete"], codes: ["E4113"], reason: "the clock of a batch is no event time on Spark" },
  "rollup over a key that may be null": { modes: ["update"], codes: ["E4107"], reason: "a null of the rollup and one of the key are told apart by what the result does not show" },
  "explode after aggregate": { modes: ["update"], codes: ["E4107"], reason: "rows of the old state are not taken back" },
  "union of two aggregates": { modes: ["update"], codes: ["E4107"], reason: "rows of the old state are not taken back" },
  "union of an aggregate and a stream": { modes: ["update"], codes: ["E4107"], reason: "rows of the old state are not taken back" },
  "static join above an aggregate": { modes: ["update"], codes: ["E4107"], reason: "rows of the old state are not taken back" },
  "static join above a window aggregate, watermark": { modes: ["update"], codes: ["E4107"], reason: "rows of the old state are not taken back" },
  "stream-stream full outer, range that bounds one side only": { modes: ["append"], codes: ["E4104"], reason: "rows of the other side never come out without a match" },
  "stream-stream inner, window records equal": { modes: ["append"], codes: ["E4108"], reason: "beside the window stands the time under it, by which Spark drops rows" },
  "filter above an aggregate": { modes: ["update"], codes: ["E4107"], reason: "a group that passes no more is not taken back" },
  "filter above a window aggregate, watermark": { modes: ["update"], codes: ["E4107"], reason: "a group that passes no more is not taken back" },
  "key projected away above an aggregate": { modes: ["update"], codes: ["E4107"], reason: "rows of the old state are not taken back" },
  "key projected away above a window aggregate, watermark": { modes: ["update"], codes: ["E4107"], reason: "rows of the old state are not taken back" },
  "window aggregate joined with a stream in a range": { modes: ["append"], codes: ["E4106"], reason: "Spark finds no bound on rows of the stream in an end of a window, and keeps them for ever" },
};

/** Shapes that Spark refuses as they were asked and that run in the form that is emitted. */
export const carriedOtherwise: Readonly<Record<string, string>> = {
  "no streaming source": "runs as a batch query",
  "no streaming source, ordered and aggregated": "runs as a batch query",
  "aggregate keyed by the end of a window": "is grouped by the whole window",
};
