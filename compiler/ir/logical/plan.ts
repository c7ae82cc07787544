import { internalError } from "../../diagnostics/internal-error.ts";
import type { Span } from "../../source/span.ts";
import type { AggregateCall } from "../expr/aggregate-call.ts";
import { columnsOf } from "../expr/walk.ts";
import type { ColumnId, Expr } from "../expr/expr.ts";
import { timestampType } from "../types/data-type.ts";
import { TreeNode } from "../tree-node.ts";
import { exprText } from "../expr/print.ts";
import type { Column, EventTime } from "./column.ts";
import type { Input } from "./input.ts";

/**
 * Relational and streaming operators: what is computed, not how. Every node derives in its constructor its output columns,
 * whether it is streaming, the event-time columns still alive, and its key.
 */
export type LogicalPlan = Scan | Filter | Project | Watermark | Aggregate | Join | Sort | Limit;
export type LogicalKind = LogicalPlan["kind"];

type KeyCopies = readonly (readonly [ColumnId, ...ColumnId[]])[];

abstract class LogicalNode extends TreeNode<LogicalPlan> {
  abstract readonly output: readonly Column[];
  /** Whether any input is unbounded. */
  abstract readonly streaming: boolean;
  /** Event-time columns in the output. */
  abstract readonly eventTimes: readonly EventTime[];
  /** For each column of the key, those columns of the output that hold its value: a projection may copy it under other names. */
  abstract readonly keyCopies: KeyCopies | undefined;
  /** The step of the job that this node came from. */
  abstract readonly origin: Span | undefined;

  /** Columns that identify a row of the output among all others, where known: the first copy of each. */
  get key(): readonly ColumnId[] | undefined {
    return this.keyCopies?.map(([first]) => first);
  }
}

/**
 * Reads an input. `columns` are those that the reader fills (all of them until pruned); `needed` names the fields whose
 * decoding decides whether a record is malformed (settled by the analysis, kept by every rule); `filter` is evaluated in the
 * reader, after the record is accepted.
 */
export class Scan extends LogicalNode {
  readonly kind = "Scan";
  readonly children: readonly LogicalPlan[] = [];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[] = [];
  readonly keyCopies = undefined;

  constructor(
    readonly input: Input,
    readonly columns: readonly Column[],
    readonly needed: ReadonlySet<string>,
    readonly filter: Expr | undefined,
    readonly origin: Span | undefined,
  ) {
    super();
    this.output = columns;
    this.streaming = !input.bounded;
  }

  withChildren(): Scan {
    return this;
  }

  describe(): string {
    const where = this.filter === undefined ? "" : ` where ${exprText(this.filter)}`;
    const format = this.input.format === undefined ? "" : `, ${this.input.format}`;
    return `${this.input.bounded ? "Table" : "Source"} ${this.input.name}: ${this.input.connector}${format}, reads ${this.columns.map((column) => column.name).join(", ") || "nothing"}${where}`;
  }

  protected self(): Scan {
    return this;
  }
}

/** Keeps the rows for which the predicate is true. Its conjuncts are asked in order; the first that is not true ends the asking. */
export class Filter extends LogicalNode {
  readonly kind = "Filter";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies: KeyCopies | undefined;

  constructor(readonly input: LogicalPlan, readonly predicate: Expr, readonly origin: Span | undefined) {
    super();
    this.children = [input];
    this.output = input.output;
    this.streaming = input.streaming;
    this.eventTimes = input.eventTimes;
    this.keyCopies = input.keyCopies;
  }

  withChildren(children: readonly LogicalPlan[]): Filter {
    return new Filter(only(children), this.predicate, this.origin);
  }

  describe(): string {
    return `Filter ${exprText(this.predicate)}`;
  }

  protected self(): Filter {
    return this;
  }
}

/** One column of a projection. A column passed on unchanged keeps its id: `expr` is then a ColumnRef of `id`. */
export interface ProjectedColumn {
  readonly id: ColumnId;
  readonly name: string;
  readonly expr: Expr;
}

/** `select`, `extend`, `set`, `drop`, `rename`: the whole list of output columns. */
export class Project extends LogicalNode {
  readonly kind = "Project";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies: KeyCopies | undefined;

  constructor(readonly input: LogicalPlan, readonly columns: readonly ProjectedColumn[], readonly origin: Span | undefined) {
    super();
    this.children = [input];
    this.output = columns.map(({ id, name, expr }) => ({ id, name, type: expr.type, nullable: expr.nullable }));
    this.streaming = input.streaming;
    // An alias or a plain rename of an event-time column carries the event time with it.
    this.eventTimes = columns.flatMap(({ id, expr }) =>
      expr.kind === "ColumnRef" ? input.eventTimes.filter((time) => time.column === expr.id).map((time) => ({ ...time, column: id })) : [],
    );
    const kept = input.keyCopies?.flatMap((copies): KeyCopies => {
      const [first, ...others] = columns.flatMap(({ id, expr }) => (expr.kind === "ColumnRef" && copies.includes(expr.id) ? [id] : []));
      return first === undefined ? [] : [[first, ...others]];
    });
    this.keyCopies = kept?.length === input.keyCopies?.length ? kept : undefined;
  }

  withChildren(children: readonly LogicalPlan[]): Project {
    return new Project(only(children), this.columns, this.origin);
  }

  describe(): string {
    return `Project ${this.columns.map(({ name, expr }) => (expr.kind === "ColumnRef" && expr.name === name ? name : `${exprText(expr)} as ${name}`)).join(", ") || "nothing"}`;
  }

  protected self(): Project {
    return this;
  }
}

/** Where rows go that a rule sets aside. */
export type RowRoute = { readonly kind: "drop" } | { readonly kind: "into"; readonly sideOutput: string };

export interface WatermarkSpec {
  readonly column: ColumnId;
  readonly columnName: string;
  /** Microseconds. */
  readonly delay: number;
  readonly late: RowRoute | undefined;
  readonly future: { readonly after: number; readonly route: RowRoute } | undefined;
  readonly idle: number | undefined;
  /** Stable identity in checkpoints: `STREAM/watermark[-n]`. */
  readonly operatorId: string;
}

export class Watermark extends LogicalNode {
  readonly kind = "Watermark";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies: KeyCopies | undefined;

  constructor(readonly input: LogicalPlan, readonly spec: WatermarkSpec, readonly origin: Span | undefined) {
    super();
    this.children = [input];
    this.output = input.output;
    this.streaming = input.streaming;
    this.eventTimes = [...input.eventTimes.filter((time) => time.column !== spec.column), { column: spec.column, delay: spec.delay, role: "raw" }];
    this.keyCopies = input.keyCopies;
  }

  withChildren(children: readonly LogicalPlan[]): Watermark {
    return new Watermark(only(children), this.spec, this.origin);
  }

  describe(): string {
    const { columnName, delay, late } = this.spec;
    const route = late === undefined ? "" : late.kind === "drop" ? ", late drop" : `, late into ${late.sideOutput}`;
    return `Watermark ${columnName} − ${durationText(delay)}${route}`;
  }

  protected self(): Watermark {
    return this;
  }
}

/** A window key. `time` is a timestamp expression; sizes in microseconds; a row falls into `ceil(size / slide)` windows. */
export interface WindowKey {
  readonly kind: "tumbling" | "sliding";
  readonly time: Expr;
  readonly size: number;
  readonly slide: number;
  readonly offset: number;
  readonly startId: ColumnId;
  readonly endId: ColumnId;
  readonly origin: Span | undefined;
}

export interface GroupColumn {
  readonly id: ColumnId;
  readonly name: string;
  readonly expr: Expr;
}

/** A key, or the window, in the order written (the order of the output). */
export type GroupItem = { readonly kind: "key"; readonly key: GroupColumn } | { readonly kind: "window"; readonly window: WindowKey };

export interface AggregateColumn {
  readonly id: ColumnId;
  readonly name: string;
  readonly call: AggregateCall;
}

/** Output: the group items in order (a window gives `window_start, window_end`), then the aggregates. Without items: one global group. */
export class Aggregate extends LogicalNode {
  readonly kind = "Aggregate";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies: KeyCopies;

  constructor(
    readonly input: LogicalPlan,
    readonly groups: readonly GroupItem[],
    readonly aggregates: readonly AggregateColumn[],
    /** Stable identity in checkpoints: `STREAM/aggregate[-n]` or `STREAM/NAME` from `named`. */
    readonly operatorId: string,
    readonly origin: Span | undefined,
  ) {
    super();
    this.children = [input];
    this.streaming = input.streaming;
    const output: Column[] = [];
    const eventTimes: EventTime[] = [];
    const key: ColumnId[] = [];
    for (const item of groups) {
      if (item.kind === "key") {
        const { id, name, expr } = item.key;
        output.push({ id, name, type: expr.type, nullable: expr.nullable });
        key.push(id);
        if (expr.kind === "ColumnRef") eventTimes.push(...input.eventTimes.filter((time) => time.column === expr.id).map((time) => ({ ...time, column: id })));
      } else {
        const { startId, endId, time } = item.window;
        output.push({ id: startId, name: "window_start", type: timestampType, nullable: false }, { id: endId, name: "window_end", type: timestampType, nullable: false });
        // The start alone tells windows of one size apart, so a projection may leave the end out.
        key.push(startId);
        const under = input.eventTimes.find((live) => columnsOf(time).has(live.column));
        if (under !== undefined) {
          eventTimes.push({ column: startId, delay: under.delay, role: "window start" }, { column: endId, delay: under.delay, role: "window end" });
        }
      }
    }
    for (const { id, name, call } of aggregates) output.push({ id, name, type: call.type, nullable: call.nullable });
    this.output = output;
    this.eventTimes = eventTimes;
    this.keyCopies = key.map((id) => [id]);
  }

  get window(): WindowKey | undefined {
    for (const item of this.groups) if (item.kind === "window") return item.window;
    return undefined;
  }

  get keys(): readonly GroupColumn[] {
    return this.groups.flatMap((item) => (item.kind === "key" ? [item.key] : []));
  }

  withChildren(children: readonly LogicalPlan[]): Aggregate {
    return new Aggregate(only(children), this.groups, this.aggregates, this.operatorId, this.origin);
  }

  describe(): string {
    const keys = this.groups.map((item) => {
      if (item.kind === "key") return item.key.expr.kind === "ColumnRef" && item.key.expr.name === item.key.name ? item.key.name : `${exprText(item.key.expr)} as ${item.key.name}`;
      const { kind, time, size, slide, offset } = item.window;
      return `${kind}(${exprText(time)}, ${durationText(size)}${kind === "sliding" ? `, every ${durationText(slide)}` : ""}${offset === 0 ? "" : `, offset ${durationText(offset)}`})`;
    });
    return `Aggregate key=[${keys.join(", ")}] ${this.aggregates.map(({ name, call }) => `${name}=${aggregateText(call)}`).join(" ")}`.trimEnd();
  }

  protected self(): Aggregate {
    return this;
  }
}

/**
 * A join. `equalities` are pairs of expressions, left over the left input and right over the right one, compared with `=`;
 * `residual` is what else the condition asks, over both. Output: the left columns, then the right ones (made nullable on the
 * optional side).
 */
export class Join extends LogicalNode {
  readonly kind = "Join";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies: KeyCopies | undefined;

  constructor(
    readonly left: LogicalPlan,
    readonly right: LogicalPlan,
    readonly joinKind: "inner" | "left" | "right" | "full" | "semi" | "anti" | "cross",
    readonly equalities: readonly { readonly left: Expr; readonly right: Expr }[],
    readonly residual: Expr | undefined,
    readonly operatorId: string,
    readonly origin: Span | undefined,
  ) {
    super();
    this.children = [left, right];
    const leftOptional = joinKind === "right" || joinKind === "full";
    const rightOptional = joinKind === "left" || joinKind === "full";
    const optional = (columns: readonly Column[], may: boolean): readonly Column[] => (may ? columns.map((column) => ({ ...column, nullable: true })) : columns);
    this.output =
      joinKind === "semi" || joinKind === "anti" ? left.output : [...optional(left.output, leftOptional), ...optional(right.output, rightOptional)];
    this.streaming = left.streaming || right.streaming;
    this.eventTimes = joinKind === "semi" || joinKind === "anti" ? left.eventTimes : [...left.eventTimes, ...right.eventTimes];
    // A key of both sides together identifies a pair.
    this.keyCopies =
      joinKind === "semi" || joinKind === "anti"
        ? left.keyCopies
        : left.keyCopies !== undefined && right.keyCopies !== undefined
          ? [...left.keyCopies, ...right.keyCopies]
          : undefined;
  }

  withChildren(children: readonly LogicalPlan[]): Join {
    const [left, right] = children;
    if (left === undefined || right === undefined) return internalError("E9001", "a join was rebuilt without two inputs");
    return new Join(left, right, this.joinKind, this.equalities, this.residual, this.operatorId, this.origin);
  }

  describe(): string {
    const parts = [...this.equalities.map(({ left, right }) => `${exprText(left)} = ${exprText(right)}`), ...(this.residual === undefined ? [] : [exprText(this.residual)])];
    return `Join ${this.joinKind}${parts.length === 0 ? "" : ` on ${parts.join(" and ")}`}`;
  }

  protected self(): Join {
    return this;
  }
}

export interface SortItem {
  readonly expr: Expr;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** Orders the rows; rows equal in every item are ordered by the other columns, so that the order never depends on arrival. */
export class Sort extends LogicalNode {
  readonly kind = "Sort";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies: KeyCopies | undefined;

  constructor(readonly input: LogicalPlan, readonly items: readonly SortItem[], readonly origin: Span | undefined) {
    super();
    this.children = [input];
    this.output = input.output;
    this.streaming = input.streaming;
    this.eventTimes = input.eventTimes;
    this.keyCopies = input.keyCopies;
  }

  withChildren(children: readonly LogicalPlan[]): Sort {
    return new Sort(only(children), this.items, this.origin);
  }

  describe(): string {
    const text = ({ expr, descending, nullsFirst }: SortItem): string =>
      `${exprText(expr)}${descending ? " desc" : ""}${nullsFirst === !descending ? "" : nullsFirst ? " nulls first" : " nulls last"}`;
    return `Sort ${this.items.map(text).join(", ")}`;
  }

  protected self(): Sort {
    return this;
  }
}

export class Limit extends LogicalNode {
  readonly kind = "Limit";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies: KeyCopies | undefined;

  /** `count`: an int literal, or a param. */
  constructor(readonly input: LogicalPlan, readonly count: Expr, readonly operatorId: string, readonly origin: Span | undefined) {
    super();
    this.children = [input];
    this.output = input.output;
    this.streaming = input.streaming;
    this.eventTimes = input.eventTimes;
    this.keyCopies = input.keyCopies;
  }

  withChildren(children: readonly LogicalPlan[]): Limit {
    return new Limit(only(children), this.count, this.operatorId, this.origin);
  }

  describe(): string {
    return `Limit ${exprText(this.count)}`;
  }

  protected self(): Limit {
    return this;
  }
}

function only(children: readonly LogicalPlan[]): LogicalPlan {
  const [child] = children;
  return child ?? internalError("E9001", "a plan node was rebuilt without its input");
}

function aggregateText(call: AggregateCall): string {
  const args = call.args.map(exprText).join(", ");
  const where = call.where === undefined ? "" : `${args === "" ? "" : " "}where ${exprText(call.where)}`;
  return `${call.name}(${call.distinct ? "distinct " : ""}${args}${where})`;
}

/** A duration in words: `5m`, `1h30m`, `250ms`. */
export function durationText(microseconds: number): string {
  if (microseconds === 0) return "0s";
  const units: readonly (readonly [name: string, size: number])[] = [["d", 86_400_000_000], ["h", 3_600_000_000], ["m", 60_000_000], ["s", 1_000_000], ["ms", 1000], ["µs", 1]];
  let rest = Math.abs(microseconds);
  let text = microseconds < 0 ? "-" : "";
  for (const [name, size] of units) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${name}`;
    rest -= count * size;
  }
  return text;
}
