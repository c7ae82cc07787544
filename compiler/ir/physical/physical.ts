import type { Span } from "../../source/span.ts";
import type { Expr } from "../expr/expr.ts";
import type { ColumnId, UserFunctionRef } from "../expr/expr.ts";
import type { AggregateColumn, ExpandedColumn, GroupItem, LateRoute, SortItem, TopSpec, UserStateSpec, WatermarkSpec } from "../logical/plan.ts";
import type { Column } from "../logical/column.ts";
import type { Input } from "../logical/input.ts";
import type { OutputMode, SinkTarget, Trigger } from "../logical/job.ts";

/** How an operator's result leaves it (architecture: emit strategy), pushed down from the sink's mode. */
export type Emit = "onClose" | "onChange" | "snapshot";

/**
 * What a query runs: pipelines, cut at its stateful operators. Pipelines stand in the order in which they run within a batch:
 * those of the bounded side first; each after all that fill what it reads. Several may end in one place, one after the other. Of a
 * query of several sinks, pipelines that stand together and read under one name take the same records, which are read once.
 */
export interface PhysicalProgram {
  readonly tables: readonly GroupTable[];
  readonly lookups: readonly LookupTable[];
  readonly joins: readonly StreamJoinTable[];
  readonly tops: readonly TopTable[];
  readonly latest: readonly LatestTable[];
  readonly keySets: readonly KeySet[];
  readonly limits: readonly RowLimit[];
  readonly watermarks: readonly WatermarkSpec[];
  readonly calls: readonly BatchCall[];
  readonly states: readonly UserStateTable[];
  readonly pipelines: readonly Pipeline[];
}

/** One sink of a query. */
export interface PhysicalSink {
  readonly name: string;
  readonly mode: OutputMode;
  readonly sink: SinkTarget;
  readonly span: Span;
  readonly output: readonly Column[];
  /** Columns that identify a row of the result in update mode. */
  readonly key: readonly string[] | undefined;
}

/** What every query has, however many sinks. */
interface PhysicalHead {
  readonly name: string;
  readonly trigger: Trigger;
  readonly checkpoint: Expr | undefined;
  /** The plan as text, for the header of the emitted module and for `explain`. */
  readonly text: readonly string[];
  /** Why the query cannot be divided into shards although all that it reads can. */
  readonly unfit?: string;
}

/** A query of one sink, named after it. */
export interface PhysicalQuery extends PhysicalHead, PhysicalSink, PhysicalProgram {
  readonly name: string;
}

/** A query of several sinks (`option sinks = "together"`), named after the job; its pipelines say which sink they belong to. */
export interface PhysicalTogether extends PhysicalHead, PhysicalProgram {
  readonly sinks: readonly PhysicalSink[];
}

/** Rows from one place through row-wise steps into another. */
export interface Pipeline {
  readonly producer: Producer;
  readonly steps: readonly RowStep[];
  readonly consumer: Consumer;
  /** Whether it belongs to the bounded side of a streaming query: it runs again only when its tables changed. */
  readonly isStatic: boolean;
  /** The sink that it belongs to, where the query has several. */
  readonly sink?: string;
  /** What it is, for a comment: `weblogs |> extend |> where |> aggregate`. */
  readonly title: string;
  readonly origin: Span | undefined;
}

export type Producer =
  | { readonly kind: "read"; readonly read: Read }
  | { readonly kind: "groups"; readonly table: string; readonly emit: Emit; readonly columns: readonly Column[] }
  /** The changes of a table's groups, as rows that enter and leave (decision 0025). */
  | { readonly kind: "group changes"; readonly table: string; readonly columns: readonly Column[] }
  /** The first rows of each key; in `onChange` their changes. The rank, if there is one, is the last column. */
  | { readonly kind: "ranked"; readonly top: string; readonly emit: Emit; readonly columns: readonly Column[] }
  /** What a buffer holds, in its order; with a `top`, the rank is the last column. */
  | { readonly kind: "rows"; readonly buffer: string; readonly columns: readonly Column[] }
  /** Rows of a lookup table after all that is looked up: those that were found, or those that nothing found. */
  | { readonly kind: "lookup"; readonly lookup: string; readonly matched: boolean; readonly columns: readonly Column[] }
  /** What a function gives for the rows of a batch. */
  | { readonly kind: "called"; readonly call: string; readonly columns: readonly Column[] }
  /** What a user's function with state gives in a batch: rows, or of a table by key its rows or its changes. */
  | { readonly kind: "state"; readonly state: string; readonly emit: Emit; readonly columns: readonly Column[] }
  /** What a join of two streams gives in a batch; changes, if the join changes. */
  | { readonly kind: "joined"; readonly join: string; readonly columns: readonly Column[] };

/** One read of an input: what its reader fills, checks and filters. */
export interface Read {
  /** The input's name, with a number where a query reads it twice. */
  readonly name: string;
  readonly input: Input;
  readonly columns: readonly Column[];
  readonly needed: ReadonlySet<string>;
  readonly filter: Expr | undefined;
  /** How many uses of the stream take what is read; its rows count as often (semantics U1). */
  readonly uses: number;
  /** Whether its rows come to a step that puts the rows of a key together, by the columns that its input is partitioned by: a shard holds them against that. */
  readonly isSpread?: boolean;
}

export type RowStep =
  | { readonly kind: "filter"; readonly predicate: Expr }
  /** Columns that are new; those passed on keep their ids. `output` is what is alive after it. */
  | { readonly kind: "project"; readonly columns: readonly { readonly id: ColumnId; readonly name: string; readonly expr: Expr }[] }
  | { readonly kind: "watermark"; readonly spec: WatermarkSpec; readonly column: Column }
  /** The rest for each element of an array or entry of a map; `outer`: once with nulls where there is none. */
  | { readonly kind: "explode"; readonly value: Expr; readonly outer: boolean; readonly columns: readonly Column[] }
  /** The rest several times over, with other values of the new columns. */
  | { readonly kind: "expand"; readonly copies: number; readonly columns: readonly ExpandedColumn[] }
  | LookupStep
  /** Columns of the other side of a join for rows without a partner there: each is null. */
  | { readonly kind: "absent"; readonly columns: readonly Column[] }
  /** Passes the first row of each key; where the set is kept, rows that come late for it are set aside before. */
  | { readonly kind: "first"; readonly set: string; readonly keys: readonly Expr[] }
  /** Passes rows until the limit's count is used up, over all batches. */
  | { readonly kind: "limit"; readonly limit: string };

/** Meets a row with the rows of a lookup table that have its key and pass `residual`. */
export interface LookupStep {
  readonly kind: "lookup";
  readonly lookup: string;
  /** `inner`: a row for each; `outer`: or one with nulls; `semi`, `anti`: the row itself, if there is one, or none. */
  readonly match: "inner" | "outer" | "semi" | "anti";
  /** Whether the rows found are marked, because those that nothing found come out in the end. */
  readonly marks: boolean;
  readonly keys: readonly Expr[];
  readonly residual: Expr | undefined;
  readonly columns: readonly Column[];
}

export type Consumer =
  | { readonly kind: "groups"; readonly table: string }
  /** `keepsAll`: a row that no key can find stays too, to come out unmatched. */
  | { readonly kind: "lookup"; readonly lookup: string; readonly keys: readonly Expr[]; readonly keepsAll: boolean; readonly columns: readonly Column[] }
  | { readonly kind: "join side"; readonly join: string; readonly side: "left" | "right" }
  | { readonly kind: "top"; readonly top: string }
  | { readonly kind: "latest"; readonly latest: string }
  /** Collects what a function with state is given of each row, by key; or takes the first states of keys. */
  | { readonly kind: "state"; readonly state: string }
  | { readonly kind: "first states"; readonly state: string }
  /** Collects what a function is given of each row. */
  | { readonly kind: "call"; readonly call: string; readonly argument: Expr }
  /** Marks the rows of a lookup table that it finds. */
  | { readonly kind: "marks"; readonly step: LookupStep }
  /** Rows kept until the producers end, then ordered and cut. */
  | {
      readonly kind: "rows";
      readonly buffer: string;
      readonly columns: readonly Column[];
      readonly order: readonly SortItem[] | undefined;
      readonly limit: Expr | undefined;
      readonly top: TopSpec | undefined;
    }
  | { readonly kind: "output"; readonly columns: readonly Column[] };

/** A user's function over the rows of a whole batch, which are collected for it. */
export interface BatchCall {
  /** Unique in the query. */
  readonly id: string;
  readonly how: "transform" | "map async";
  readonly fn: UserFunctionRef;
}

/** A user's function with a state for each key. */
export interface UserStateTable extends Placed {
  readonly id: string;
  /** Whether its state is kept in the checkpoint, or made anew for each result (over tables). */
  readonly kept: boolean;
  readonly emit: Emit;
  readonly spec: UserStateSpec;
  /** The event time of a row (a timestamp), where the step goes by it. */
  readonly time: Expr | undefined;
  readonly underWatermark: boolean;
  readonly late: Lateness | undefined;
}

/** Where an operator stands that goes by a watermark. */
interface Placed {
  /** The next joins of two streams below it, which hold its watermark back (semantics P2). */
  readonly above: readonly string[];
  /** Of each column that the source is partitioned by, the place among its keys; undefined where the query cannot be divided into shards. */
  readonly places?: readonly number[];
}

/** The state of an aggregate. `kept` in the checkpoint, or made anew for every batch (above a snapshot, over tables). */
export interface GroupTable extends Placed {
  /** The operator's id, unique in the query: `ranking/aggregate`. */
  readonly id: string;
  readonly kept: boolean;
  readonly emit: Emit;
  readonly groups: readonly GroupItem[];
  readonly aggregates: readonly AggregateColumn[];
  /** What closes a group; `late only`: nothing does, and rows come late all the same (sessions in complete). Undefined where nothing is late. */
  readonly closing: "window end" | "clock" | "late only" | { readonly key: string } | undefined;
  /** Its one group is there only in a batch that has rows (`per batch` without keys). */
  readonly mayBeEmpty?: true;
  /** Rows of its input may be taken back. */
  readonly counted: boolean;
  /** The columns of its groups' changes, where an operator (or an output without their key) reads them. */
  readonly changes: readonly Column[] | undefined;
  /** Whether batches without data run for it although nothing closes: a watermark moves below. */
  readonly underWatermark: boolean;
  /** By what a row is late, and where it goes; undefined where none is. */
  readonly late: Lateness | undefined;
  /** `keys × open panes`, for explain. */
  readonly stateBound: string;
}

/** By what a row is late for an operator. */
export interface Lateness {
  /** An event time (a timestamp), over the rows that reach the operator. */
  readonly time: Expr;
  /** Undefined where late rows are dropped. */
  readonly route: LateRoute | undefined;
}

/** The keys that a `dedup` has seen. */
export interface KeySet {
  readonly id: string;
  readonly keys: readonly Expr[];
  /** How they live from batch to batch; undefined where each batch begins anew. */
  readonly kept: KeptKeys | undefined;
}

/** A set of keys over rows that keep coming. */
export interface KeptKeys extends Placed {
  /** The place of the key that closes an entry; or how long it lives after its first row's time. Undefined: for ever. */
  readonly closing: { readonly key: number } | { readonly within: number; readonly time: Expr } | undefined;
  readonly underWatermark: boolean;
  readonly late: Lateness | undefined;
}

/** A `limit` over rows that keep coming. */
export interface RowLimit {
  readonly id: string;
  /** An int, or a param. */
  readonly count: Expr;
}

/** The rows of one side of a join, by key: the bounded side of a stream's. */
export interface LookupTable {
  readonly id: string;
  /** The relation that it holds, for a name in emitted code. */
  readonly relation: string;
  readonly keys: readonly Expr[];
  /** By key: null equals null. */
  readonly nullSafe: readonly boolean[];
  readonly columns: readonly Column[];
}

/** A `top` over rows that keep coming. */
export interface TopTable extends Placed {
  readonly id: string;
  readonly emit: Emit;
  readonly spec: TopSpec;
  /** The columns of its input: a row as it is kept. */
  readonly columns: readonly Column[];
  /** Rows of its input may be taken back. */
  readonly takesBack: boolean;
  /** The place in `spec.per` of the key that closes its rows. */
  readonly closing: number | undefined;
  readonly underWatermark: boolean;
  readonly late: Lateness | undefined;
}

/** The newest row of each key of a changing stream, read by `join latest`. A lookup step reads it under its id. */
export interface LatestTable extends Placed {
  readonly id: string;
  readonly relation: string;
  readonly keys: readonly Expr[];
  readonly columns: readonly Column[];
  /** The place in `keys` of the one that closes a row. */
  readonly closing: number | undefined;
}

/** A join of two streams: the rows of both sides, each until nothing can meet it any more (semantics J1–J9). */
export interface StreamJoinTable extends Placed {
  readonly id: string;
  readonly kind: "inner" | "left" | "right" | "full" | "semi" | "anti";
  /** By key: null equals null. */
  readonly nullSafe: readonly boolean[];
  readonly left: StreamJoinSide;
  readonly right: StreamJoinSide;
  /** What a pair must pass besides, over the columns of both sides. */
  readonly residual: Expr | undefined;
  /** Whether rows may be taken back, of a side or of the result. */
  readonly changes: boolean;
}

export interface StreamJoinSide {
  /** A bounded side, whose rows are given anew as a whole. */
  readonly isTable: boolean;
  readonly keys: readonly Expr[];
  /** What is kept of a row: the columns that are read above the join, or by what it asks of a pair, or that say how long the row is kept. */
  readonly columns: readonly Column[];
  /** A row is given up when its `time` is at or before the watermark plus the offset (µs). Undefined: at the end of input only. */
  readonly keeps: { readonly time: Expr; readonly offset: number } | undefined;
  /** A condition on this side alone: a row for which it is not true meets nothing (semantics J7). */
  readonly meets: Expr | undefined;
  readonly late: Lateness | undefined;
}
