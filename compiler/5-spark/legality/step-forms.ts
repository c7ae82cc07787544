import type { Step } from "../../ir/ast/step.ts";
import type { JobOptions, OutputMode, Trigger } from "../../ir/logical/job.ts";
import type { Join } from "../../ir/logical/plan.ts";
import type { Limit } from "../limit.ts";

/** What becomes of a part of the language on Spark. */
export type LanguageForm =
  | { readonly kind: "carried"; readonly as: string }
  /** Carried over, and told of by a warning where it differs; or refused where `where` says. */
  | ({ readonly kind: "partly"; readonly as: string } & Limit)
  | { readonly kind: "refused"; readonly code: string; readonly reason: string; readonly nearest: string };

function as(text: string): LanguageForm {
  return { kind: "carried", as: text };
}

function partly(text: string, codes: readonly string[], where: string, nearest: string): LanguageForm {
  return { kind: "partly", as: text, codes, where, nearest };
}

function no(code: string, reason: string, nearest: string): LanguageForm {
  return { kind: "refused", code, reason, nearest };
}

const callsWhile = "a call of an imported function under the trigger `continuous`";
const otherTrigger = "another trigger";
const keepKeys = "keep the keys";
const noKeys = "in update mode without the keys of the groups";

const userCode = no("E4115", "a function is called row by row, not with a whole batch", "built-in functions and steps");

/** The steps of a pipeline by their kinds; the last one is only a mistake. */
export const stepForms: Readonly<Record<Exclude<Step["kind"], "MissingStep">, { readonly name: string; readonly form: LanguageForm }>> = {
  Where: { name: "where", form: partly("`where`", ["E4107", "E4109"], `in update mode over what changes in a group; ${callsWhile}`, `\`mode complete\`; ${otherTrigger}`) },
  Select: { name: "select", form: partly("`select`", ["E4107", "E4109"], `${noKeys}; ${callsWhile}`, `${keepKeys}; ${otherTrigger}`) },
  Extend: { name: "extend", form: partly("`withColumns`", ["E4109"], callsWhile, otherTrigger) },
  Set: { name: "set", form: partly("`withColumns`", ["E4107", "E4109"], `${noKeys}; ${callsWhile}`, `${keepKeys}; ${otherTrigger}`) },
  Drop: { name: "drop", form: partly("`drop`", ["E4107"], noKeys, keepKeys) },
  Rename: { name: "rename", form: as("`withColumnsRenamed`") },
  As: { name: "as", form: as("a name of the program") },
  Watermark: { name: "watermark", form: partly("`withWatermark`", ["E4110", "E4111", "E4112", "W4100"], "`late into`, `future after`, `idle after`; several of a query after a crash", "`late drop`") },
  Aggregate: { name: "aggregate", form: partly("`groupBy` and `agg`", ["E4101", "E4102", "E4107", "E4108", "E4113", "E4118", "E4120", "E4121", "E4122", "W4101"], "`distinct` over a stream, and of expressions; imported aggregates; above another one outside append; grouping sets in update mode; two event times among its keys; over one bound of a session; `per batch`; after a crash without new data", "`mode append` with windows") },
  Join: { name: "join", form: partly("`join`", ["E4100", "E4103", "E4104", "E4105", "E4106", "E4107", "E4108", "E4109", "E4117", "E4118", "E4170", "W4101", "W4112", "W4140"], "two streams outside append, without a bound that Spark finds, with two event times on a side, or over one bound of a window alone; a table by what changes in a group of update mode; a call of an imported function in its condition; under the trigger `continuous`; `join latest`", "bounds on the columns of the watermarks; `mode append`") },
  Union: { name: "union", form: partly("`union`", ["E4107", "E4109"], "of groups in update mode; under the trigger `continuous`", `\`mode complete\`; ${otherTrigger}`) },
  Distinct: { name: "distinct", form: partly("`groupBy` of all columns", ["E4102", "E4108", "E4118", "W4101"], "over groups outside append; two event times among the columns; one bound of a session; after a crash without new data", "`mode append` with windows") },
  Dedup: { name: "dedup", form: partly("`dropDuplicates`, `dropDuplicatesWithinWatermark`", ["E4102", "E4108", "E4116", "W4110", "W4111"], "over groups; `within` another span than the delay; two event times; 0.0 and -0.0 apart", "`within watermark`") },
  Top: { name: "top", form: partly("`row_number` or `rank` over a `Window`", ["E4114"], "over a stream", "`max_by(…)` of an aggregate; `order by` and `limit` of a complete result") },
  OrderBy: { name: "order by", form: as("`orderBy`, ties by the other columns") },
  Limit: { name: "limit", form: partly("`limit`", ["W4110"], "of rows as they are read or behind steps that need not keep an order: which are the first is not determined", "`order by` right before it") },
  Explode: { name: "explode", form: partly("`explode`, `posexplode` and their outer forms", ["E4107", "E4109"], "over groups in update mode; under the trigger `continuous`", `\`mode complete\`; ${otherTrigger}`) },
  Unpivot: { name: "unpivot", form: partly("an exploded array of structs", ["E4107", "E4109"], "over groups in update mode; under the trigger `continuous`", `\`mode complete\`; ${otherTrigger}`) },
  Parse: { name: "parse", form: partly("`from_json`, `from_csv`", ["E4121"], "where a function of it is refused", "another format") },
  Map: { name: "map", form: partly("a call in Node, and its fields", ["E4107", "E4109", "E4115"], "`map async`; over groups in update mode; under the trigger `continuous`", `\`map\`; ${otherTrigger}`) },
  FilterWith: { name: "filter with", form: partly("`where` of a call in Node", ["E4107", "E4109"], "in update mode over what changes in a group; under the trigger `continuous`", `\`mode complete\`; ${otherTrigger}`) },
  FlatMap: { name: "flat map", form: partly("`explode` of a call in Node", ["E4107", "E4109"], "over groups in update mode; under the trigger `continuous`", `\`mode complete\`; ${otherTrigger}`) },
  Transform: { name: "transform", form: userCode },
  State: { name: "state", form: no("E4115", "TypeScript functions run in Node", "`aggregate`, `dedup` or a session window") },
};

const byClock = "over the time of the batch";

/** The windows of `group by` and `per`. */
export const windowForms: Readonly<Record<"tumbling" | "sliding" | "session" | "batches", LanguageForm>> = {
  tumbling: partly("`F.window`", ["E4113"], byClock, "a time of the rows"),
  sliding: partly("`F.window` with a slide", ["E4113"], byClock, "a time of the rows"),
  session: as("`F.session_window`"),
  batches: no("E4113", "on Spark others are the batches", "`tumbling` over a time of the rows"),
};

/** The kinds of join, of two streams; beside tables see `join`. */
export const joinForms: Readonly<Record<Join["joinKind"], LanguageForm>> = {
  inner: partly("`inner`", ["E4100", "E4105", "E4106"], "outside append; without a bound that Spark finds", "`unbounded`"),
  left: partly("`left`", ["E4100", "E4104", "E4105", "W4101"], "outside append; without a bound that Spark finds; after a crash without new data", "a bound on the watermarks' columns"),
  right: partly("`right`", ["E4100", "E4104", "E4105", "W4101"], "outside append; without a bound that Spark finds; after a crash without new data", "a bound on the watermarks' columns"),
  full: partly("`full`", ["E4100", "E4104", "E4105", "W4101"], "outside append; without bounds on both sides that Spark finds; after a crash without new data", "bounds on the watermarks' columns"),
  semi: partly("`left_semi`", ["E4100", "E4104", "E4105", "W4112"], "outside append; without a bound that Spark finds; rows of the right side that come as the watermark passes them", "a bound on the watermarks' columns"),
  anti: partly("`left_anti`, beside a table", ["E4103"], "of two streams", "`join left` and `where … is null`"),
  cross: partly("`crossJoin`, beside a table", ["E4100"], "of two streams", "an equality"),
};

/** Output modes. */
export const modeForms: Readonly<Record<OutputMode, LanguageForm>> = {
  append: as("`append`"),
  update: partly("`update`", ["E4100", "E4102", "E4107"], "joins of streams, steps above groups, rows that are taken back", "`mode append`, `mode complete`"),
  complete: partly("`complete`", ["E4100", "E4102"], "joins of streams, a second aggregate, `distinct` or `dedup` over groups", "`mode append`"),
};

/** Triggers. */
export const triggerForms: Readonly<Record<Trigger["kind"], LanguageForm>> = {
  asap: as("none: batches follow each other"),
  every: as("`processingTime`"),
  once: as("one batch, then the end"),
  "available now": as("`availableNow`"),
  continuous: partly("`continuous`", ["E4109", "E4140"], "steps beside `where`, `select` and their like; calls of imported functions; into `memory`", otherTrigger),
};

/** Settings of the job, and its params. */
export const settingForms: Readonly<Record<keyof JobOptions | "inferSchema" | "param", LanguageForm>> = {
  timezone: as("`spark.sql.session.timeZone`"),
  statePartitions: as("`spark.sql.shuffle.partitions`, unless the cluster's `spark-defaults.conf` or the line of `spark-submit` sets that: their number wins, and results are the same with any"),
  watermarkPolicy: as("`spark.sql.streaming.multipleWatermarkPolicy`"),
  noDataBatches: as("`spark.sql.streaming.noDataMicroBatches.enabled`"),
  compatibility: as("`\"spark\"` silences W4100 to W4103"),
  sinks: partly("each sink a query", ["E4147"], "`\"together\"`", "leave it out"),
  inferSchema: as("the schema is in the program"),
  param: partly("`--param NAME=VALUE`", ["E4145"], "a default that computes with a variable", "`env(\"NAME\", \"…\")` as it is"),
};
