import { internalError } from "../diagnostics/internal-error.ts";
import { columnRef } from "../ir/expr/build.ts";
import type { Expr } from "../ir/expr/expr.ts";
import type { LogicalQuery } from "../ir/logical/job.ts";
import type { JoinBounds } from "../ir/logical/join-bounds.ts";
import type { Aggregate, Apply, Dedup, Join, Limit, LogicalPlan, Scan, Sort, TopSpec, UserState } from "../ir/logical/plan.ts";
import { shardsOf, type QueryShards } from "../ir/logical/sharding.ts";
import { stateBound } from "../ir/logical/state-bound.ts";
import { deriveStreaming, type StreamingProperties } from "../ir/logical/streaming-properties.ts";
import type { BatchCall, Consumer, Emit, GroupTable, KeySet, LatestTable, LookupStep, LookupTable, PhysicalQuery, Pipeline, RowLimit, StreamJoinTable, TopTable, UserStateTable } from "../ir/physical/physical.ts";
import type { Top, WatermarkSpec } from "../ir/logical/plan.ts";
import { closingKeyOf, closingOf, isUnderWatermark, keptKeys, latenessOf, latenessOfKey, stateTimes } from "./event-time.ts";
import { callWords } from "./call-words.ts";
import { filtersFirst } from "./filters-first.ts";
import { isChanging, isOrdered, step, stepAll, type Flow } from "./flow.ts";
import { sameText } from "./same-plan.ts";
import { unionStep } from "./union-step.ts";
import { joinShape } from "./join-shape.ts";
import { markedPath } from "../ir/logical/marked-path.ts";
import { withSharedReads } from "./one-reader.ts";
import { physicalText } from "./physical-text.ts";
import { OperatorIds } from "./operator-ids.ts";
import { withReadColumns } from "./read-columns.ts";
import { unfitOf } from "./unfit-of.ts";
import { streamJoinTable } from "./stream-join.ts";

/**
 * Cuts an optimized plan into pipelines at its stateful operators: an aggregate ends the pipelines below it in a group table
 * and begins one that reads the table; a sort ends them in a buffer; one side of a join in a lookup table, or both sides in a join of two streams. A union puts the
 * pipelines of its inputs beside each other: each passes the steps above, and all end in the same place.
 */
export function planQuery(query: LogicalQuery): PhysicalQuery {
  const shards = shardsOf(query);
  const planner = new Planner(deriveStreaming(query.plan, query.mode), markedPath(query), shards.obstacles.length === 0 ? shards : { places: new Map(), scans: new Set() });
  planner.finish(planner.build(query.plan), query);
  const updating = query.mode === "update" && query.plan.streaming;
  const key = updating ? query.plan.key?.map((id) => query.plan.output.find((column) => column.id === id)?.name ?? "") : undefined;
  return {
    name: query.name,
    mode: query.mode,
    trigger: query.trigger,
    checkpoint: query.checkpoint,
    sink: query.sink,
    span: query.span,
    output: query.plan.output,
    key,
    tables: planner.tables,
    lookups: planner.lookups,
    joins: withReadColumns(planner),
    tops: planner.tops,
    latest: planner.latest,
    keySets: planner.keySets,
    limits: planner.limits,
    watermarks: planner.watermarks,
    calls: planner.calls,
    states: planner.states,
    pipelines: withSharedReads(inOrder(planner.pipelines, planner.readsFirst)),
    text: physicalText(query, planner),
    ...unfitOf(shards),
  };
}

/**
 * Pipelines of the bounded side of a streaming query run first; else the order of making is that of running: what fills a thing is made before what reads it.
 * Operators that read changes, or take rows in any order, want all reads before what stands above a stateful operator.
 */
function inOrder(pipelines: readonly Pipeline[], readsFirst: boolean): readonly Pipeline[] {
  const ordered = [...pipelines.filter((pipeline) => pipeline.isStatic), ...pipelines.filter((pipeline) => !pipeline.isStatic)];
  const isRead = ({ producer, isStatic }: Pipeline): boolean => isStatic || producer.kind === "read";
  return readsFirst ? [...ordered.filter(isRead), ...ordered.filter((pipeline) => !isRead(pipeline))] : ordered;
}

class Planner {
  readonly tables: GroupTable[] = [];
  readonly lookups: LookupTable[] = [];
  readonly joins: StreamJoinTable[] = [];
  readonly tops: TopTable[] = [];
  readonly latest: LatestTable[] = [];
  readonly keySets: KeySet[] = [];
  readonly limits: RowLimit[] = [];
  readonly watermarks: WatermarkSpec[] = [];
  readonly calls: BatchCall[] = [];
  readonly states: UserStateTable[] = [];
  readonly pipelines: Pipeline[] = [];
  readonly #properties: StreamingProperties;
  /** The nodes above an aggregate whose groups are marked, and the aggregate. */
  readonly #marked: ReadonlySet<LogicalPlan>;
  /** Where the query can be divided into shards: the places of the columns that say it, by each step with a key, and what comes to such a step. */
  readonly #shards: Pick<QueryShards, "places" | "scans">;
  readonly #reads = new Map<string, number>();
  readonly #ids = new OperatorIds();
  /** The ids of joins of two streams. */
  readonly #joinIds = new Map<Join, string>();
  readonly #aggregates: { readonly plan: Aggregate; readonly table: string }[] = [];
  /** Joins, `top`s and states over rows that keep coming. */
  readonly #shared: { readonly plan: Join | Top | UserState; readonly flow: Flow }[] = [];
  #buffers = 0;

  constructor(properties: StreamingProperties, marked: ReadonlySet<LogicalPlan>, shards: Pick<QueryShards, "places" | "scans">) {
    this.#properties = properties;
    this.#marked = marked;
    this.#shards = shards;
  }

  /** Whether an operator wants all that is read before anything above a stateful operator runs. */
  get readsFirst(): boolean {
    return this.joins.length + this.tops.length + this.latest.length + this.states.length > 0 || this.tables.some(({ changes }) => changes !== undefined);
  }

  build(plan: LogicalPlan, isStatic = false): readonly Flow[] {
    switch (plan.kind) {
      case "Scan":
        return [this.#scan(plan, isStatic)];
      case "Filter":
        return stepAll(this.build(plan.input, isStatic), { kind: "filter", predicate: plan.predicate }, callWords("filter", plan.predicate) ?? "where");
      case "Project": {
        const made = plan.columns.filter(({ id, expr }) => !(expr.kind === "ColumnRef" && expr.id === id));
        const flows = this.build(plan.input, isStatic);
        return made.length === 0 ? flows : stepAll(flows, { kind: "project", columns: made }, callWords("map", made[0]?.expr) ?? "select");
      }
      case "Watermark": {
        const flows = this.build(plan.input, isStatic);
        const column = plan.output.find(({ id }) => id === plan.spec.column);
        // Over bounded rows nothing is late and nothing waits.
        if (!plan.streaming || column === undefined) return flows;
        // A stream that is used twice has one watermark.
        if (!this.watermarks.some(({ operatorId }) => operatorId === plan.spec.operatorId)) this.watermarks.push(plan.spec);
        return stepAll(flows, { kind: "watermark", spec: plan.spec, column }, "watermark");
      }
      case "Explode":
        return stepAll(this.build(plan.input, isStatic), { kind: "explode", value: plan.value, outer: plan.outer, columns: plan.columns }, callWords("flatMap", plan.value) ?? "explode");
      case "Expand":
        return stepAll(this.build(plan.input, isStatic), { kind: "expand", copies: plan.copies, columns: plan.columns }, "expand");
      case "Apply":
        return [this.#apply(plan, isStatic)];
      case "UserState":
        return [this.#again(plan) ?? this.#userState(plan, isStatic)];
      case "Aggregate":
        return [this.#aggregate(plan, isStatic)];
      case "Join":
        return this.#join(plan, isStatic);
      case "Union":
        return plan.inputs.flatMap((input, at) => stepAll(this.build(input, isStatic), unionStep(plan, input, at), "union"));
      case "Top":
        return [this.#again(plan) ?? this.#top(plan, isStatic)];
      case "Dedup":
        return this.#dedup(plan, isStatic);
      case "Sort":
        return [this.#buffer(this.build(plan.input, isStatic), plan, { order: plan.items, limit: undefined, top: undefined }, "order by")];
      case "Limit":
        return this.#limit(plan, isStatic);
    }
  }

  /** Ends the last flows in the query's output. */
  finish(flows: readonly Flow[], { plan, sink }: LogicalQuery): void {
    const { output } = plan;
    // A user's code is given the rows in the same order when a batch is run again.
    if (sink.writer !== undefined && !isOrdered(flows) && flows.every(({ producer }) => !("emit" in producer) || producer.emit !== "onChange") && !this.#changes(flows)) {
      return this.#end(this.#inOneOrder(flows, plan), { kind: "output", columns: output }, "into");
    }
    const marked = this.#marked.size > 0 ? flows.map((flow) => (flow.producer.kind === "groups" ? { ...flow, steps: filtersFirst(flow.steps) } : flow)) : this.#asChanges(flows);
    this.#end(marked, { kind: "output", columns: output }, "into");
  }

  #scan(plan: Scan, isStatic: boolean): Flow {
    const seen = this.#reads.get(plan.input.name) ?? 0;
    this.#reads.set(plan.input.name, seen + 1);
    const name = seen === 0 ? plan.input.name : `${plan.input.name}-${seen + 1}`;
    const read = { name, input: plan.input, columns: plan.columns, needed: plan.needed, filter: plan.filter, uses: 1, ...(this.#shards.scans.has(plan) ? { isSpread: true } : {}) };
    return { producer: { kind: "read", read }, steps: [], isStatic, isOrdered: true, words: [plan.input.name], origin: plan.origin };
  }

  #aggregate(plan: Aggregate, isStatic: boolean): Flow {
    const first = this.#aggregates.find((other) => other.plan.operatorId === plan.operatorId && sameText(other.plan, plan));
    if (first !== undefined) return this.#readAgain(plan, first.table, isStatic);
    const table = this.#ids.unique(plan.operatorId);
    this.#aggregates.push({ plan, table });
    const below = this.#asChanges(this.build(plan.input, isStatic));
    const properties = this.#properties.of(plan);
    // What stands above a whole result, or over tables, is computed anew.
    const kept = !isStatic && properties.state !== undefined;
    const emit: Emit = kept ? properties.emit : "snapshot";
    const size = kept ? stateBound(plan, properties)?.formula : undefined;
    const closing = kept ? closingOf(plan, properties) : undefined;
    const underWatermark = kept && closing === undefined && emit !== "snapshot" && isUnderWatermark(plan.input);
    const late = kept ? latenessOf(plan, properties) : undefined;
    this.tables.push({ id: table, kept, emit, groups: plan.groups, aggregates: plan.aggregates, ...(plan.perBatch && plan.groups.length === 0 ? { mayBeEmpty: true } : {}), counted: this.#changes(below), changes: undefined, closing, underWatermark, late, above: this.#joinsBelow(plan.input), stateBound: size ?? "", ...this.#placesOf(plan) });
    this.#end(below.map((flow) => ({ ...flow, origin: plan.origin ?? flow.origin })), { kind: "groups", table }, "aggregate");
    return { producer: { kind: "groups", table, emit, columns: plan.output }, steps: [], isStatic, isOrdered: false, words: [plan.operatorId], origin: plan.origin };
  }

  /** An aggregate of a stream that is used twice is one operator with one state: its groups are read once more, under the columns of this use. */
  #readAgain(plan: Aggregate, table: string, isStatic: boolean): Flow {
    // One use may ask for the whole, and another for the changes.
    const emit = this.tables.find(({ id }) => id === table)?.kept === true ? this.#properties.of(plan).emit : "snapshot";
    return { producer: { kind: "groups", table, emit, columns: plan.output }, steps: [], isStatic, isOrdered: false, words: [plan.operatorId], origin: plan.origin };
  }

  /** Whether rows of some flows may be taken back. */
  #changes(flows: readonly Flow[]): boolean {
    return flows.some((flow) => isChanging(flow, this.joins));
  }

  /** Flows for what takes rows back: groups that change give their changes. */
  #asChanges(flows: readonly Flow[]): readonly Flow[] {
    return flows.map((flow) => {
      const { producer } = flow;
      if (producer.kind !== "groups" || producer.emit !== "onChange") return flow;
      const at = this.tables.findIndex(({ id }) => id === producer.table);
      const table = this.tables[at] ?? internalError("E9007", `there is no group table ${producer.table}`);
      // Uses of one stream read the same changes, each under its own columns.
      if (table.changes === undefined) this.tables[at] = { ...table, changes: producer.columns };
      return { ...flow, producer: { kind: "group changes", table: producer.table, columns: producer.columns } };
    });
  }

  #placesOf(plan: LogicalPlan): { readonly places?: readonly number[] } {
    const places = this.#shards.places.get(plan);
    return places === undefined ? {} : { places };
  }

  #join(plan: Join, isStatic: boolean): readonly Flow[] {
    if (plan.sides.latest === true && plan.right.streaming && this.#properties.of(plan.right).emit === "onChange") return this.#joinLatest(plan);
    const { joins } = this.#properties.of(plan);
    if (joins !== undefined && !this.#marked.has(plan)) return [this.#again(plan) ?? this.#streamJoin(plan, joins)];
    const { loaded, probe, loadedKeys, probeKeys, match, rest, emitsProbe } = joinShape(plan);
    const side = this.build(loaded, isStatic || (plan.streaming && !loaded.streaming));
    // `averages/aggregate` is known by its stream.
    const relation = side[0]?.words[0]?.split("/")[0] ?? "side";
    const lookup = this.#ids.unique(plan.operatorId);
    this.lookups.push({ id: lookup, relation, keys: loadedKeys, nullSafe: plan.equalities.map(({ nullSafe }) => nullSafe), columns: loaded.output });
    this.#end(side, { kind: "lookup", lookup, keys: loadedKeys, keepsAll: rest === "unmatched", columns: loaded.output }, "join");
    const lookUp: LookupStep = { kind: "lookup", lookup, match, marks: rest !== "none", keys: probeKeys, residual: plan.residual, columns: loaded.output };
    const probing = this.build(probe, isStatic);
    if (!emitsProbe) this.#end(probing, { kind: "marks", step: lookUp }, `join ${relation}`);
    const found = emitsProbe ? stepAll(probing, lookUp, `join ${relation}`) : [];
    if (rest === "none") return found;
    const producer = { kind: "lookup", lookup, matched: rest === "matched", columns: loaded.output } as const;
    const left: Flow = { producer, steps: [], isStatic, isOrdered: false, words: [`${relation} ${rest}`], origin: plan.origin };
    return [...found, emitsProbe ? step(left, { kind: "absent", columns: probe.output }, "join") : left];
  }

  /** A join, a `top` or a state of a stream that is used twice is one operator with one state, whose rows are read once more under the columns of this use. */
  #again(plan: Join | Top | UserState): Flow | undefined {
    const { emit } = this.#properties.of(plan);
    // A join that is asked for its changes is another one than a join that sends each row once; the others give both.
    const fits = (other: Join | Top | UserState): boolean => other.operatorId === plan.operatorId && sameText(other, plan) && (plan.kind !== "Join" || this.#properties.of(other).emit === emit);
    const first = this.#shared.find((other) => fits(other.plan));
    if (first === undefined) return undefined;
    const columns = plan.output.flatMap(({ id, name }, at) => {
      const column = first.plan.output[at];
      return column === undefined || column.id === id ? [] : [{ id, name, expr: columnRef(column.id, column.name, column.type, column.nullable) }];
    });
    const { producer } = first.flow;
    return { ...first.flow, producer: producer.kind === "ranked" || (producer.kind === "state" && plan.kind === "UserState" && plan.spec.kind === "update") ? { ...producer, emit } : producer, steps: columns.length === 0 ? [] : [{ kind: "project", columns }] };
  }

  /** Lets other uses of a stream read the same operator. */
  #share(plan: Join | Top | UserState, flow: Flow): Flow {
    this.#shared.push({ plan, flow });
    return flow;
  }

  #streamJoin(plan: Join, bounds: JoinBounds): Flow {
    const left = this.#asChanges(this.build(plan.left, !plan.left.streaming));
    const right = this.#asChanges(this.build(plan.right, !plan.right.streaming));
    const join = this.#ids.unique(plan.operatorId);
    this.#joinIds.set(plan, join);
    const changes = this.#properties.of(plan).changelogMode !== "append" || this.#changes([...left, ...right]);
    this.joins.push({ ...streamJoinTable(plan, join, bounds, this.#joinsBelow(plan.left, plan.right)), changes, ...this.#placesOf(plan) });
    this.#end(left, { kind: "join side", join, side: "left" }, "join");
    this.#end(right, { kind: "join side", join, side: "right" }, "join");
    return this.#share(plan, { producer: { kind: "joined", join, columns: plan.output }, steps: [], isStatic: false, isOrdered: isOrdered(left) && isOrdered(right), words: [join], origin: plan.origin });
  }

  /** Each row of the left side once, with the row of the right side as of its batch: the left waits until the changes of the right are in. */
  #joinLatest(plan: Join): readonly Flow[] {
    const right = this.#asChanges(this.build(plan.right));
    const id = this.#ids.unique(plan.operatorId);
    const relation = plan.sides.names?.right ?? "latest";
    const keys = plan.equalities.map((pair) => pair.right);
    this.latest.push({ id, relation, keys, columns: plan.right.output, closing: closingKeyOf(keys, this.#properties.of(plan).closesBy, plan.right.eventTimes), above: this.#joinsBelow(plan.right), ...this.#placesOf(plan) });
    this.#end(right, { kind: "latest", latest: id }, "join latest");
    const waiting = this.#buffer(this.build(plan.left), plan.left, { order: undefined, limit: undefined, top: undefined }, "wait");
    const match = plan.joinKind === "left" ? "outer" : "inner";
    return [step(waiting, { kind: "lookup", lookup: id, match, marks: false, keys: plan.equalities.map((pair) => pair.left), residual: plan.residual, columns: plan.right.output }, `join latest ${relation}`)];
  }

  /** The next joins of two streams at or below some nodes. */
  #joinsBelow(...nodes: readonly LogicalPlan[]): readonly string[] {
    const found = nodes.flatMap((node): readonly string[] => {
      if (node.kind !== "Join" || this.#properties.of(node).joins === undefined) return this.#joinsBelow(...node.children);
      // One that only another use of its stream has run has its name.
      return [this.#joinIds.get(node) ?? node.operatorId];
    });
    return [...new Set(found)];
  }

  #dedup(plan: Dedup, isStatic: boolean): readonly Flow[] {
    const below = this.#asChanges(this.build(plan.input, isStatic));
    const properties = this.#properties.of(plan);
    // Over rows that may be taken back the first is that of their content, as over tables.
    if (this.#changes(below)) return [this.#keptTop(plan, { count: 1, ties: false, rank: undefined, order: [], per: plan.keys }, below, "dedup")];
    const kept = isStatic || properties.state === undefined ? undefined : { ...keptKeys(plan, properties), above: this.#joinsBelow(plan.input), ...this.#placesOf(plan) };
    if (kept !== undefined || below.every(({ producer }) => producer.kind === "read")) {
      const set = this.#ids.unique(plan.operatorId);
      this.keySets.push({ id: set, keys: plan.keys, kept });
      return stepAll(this.#inOneOrder(below, plan.input), { kind: "first", set, keys: plan.keys }, "dedup");
    }
    const top: TopSpec = { count: 1, ties: false, rank: undefined, order: [], per: plan.keys };
    return [this.#buffer(below, plan, { order: undefined, limit: undefined, top }, "dedup")];
  }

  #top(plan: Top, isStatic: boolean): Flow {
    const below = this.#asChanges(this.build(plan.input, isStatic));
    if (!isStatic && this.#properties.of(plan).state !== undefined) return this.#keptTop(plan, plan.spec, below, "top");
    return this.#buffer(below, plan, { order: undefined, limit: undefined, top: plan.spec }, "top");
  }

  /** The first rows of each key, over all batches. */
  #keptTop(plan: Top | Dedup, spec: TopSpec, below: readonly Flow[], word: string): Flow {
    const properties = this.#properties.of(plan);
    const id = this.#ids.unique(plan.operatorId);
    const closing = closingKeyOf(spec.per, properties.closesBy, plan.input.eventTimes);
    const underWatermark = closing === undefined && properties.emit !== "snapshot" && isUnderWatermark(plan.input);
    const late = closing === undefined ? undefined : latenessOfKey(spec.per[closing], plan.late);
    this.tops.push({ id, emit: properties.emit, spec, columns: plan.input.output, takesBack: this.#changes(below), closing, underWatermark, late, above: this.#joinsBelow(plan.input), ...this.#placesOf(plan) });
    this.#end(below, { kind: "top", top: id }, word);
    const flow: Flow = { producer: { kind: "ranked", top: id, emit: properties.emit, columns: plan.output }, steps: [], isStatic: false, isOrdered: true, words: [id], origin: plan.origin };
    return plan.kind === "Top" ? this.#share(plan, flow) : flow;
  }

  #limit(plan: Limit, isStatic: boolean): readonly Flow[] {
    const limit = plan.count;
    if (!isStatic && this.#properties.of(plan).state !== undefined) {
      const below = this.#inOneOrder(this.build(plan.input, isStatic), plan.input);
      const id = this.#ids.unique(plan.operatorId);
      this.limits.push({ id, count: limit });
      return stepAll(below, { kind: "limit", limit: id }, "limit");
    }
    if (plan.input.kind === "Sort") return [this.#buffer(this.build(plan.input.input, isStatic), plan, { order: plan.input.items, limit, top: undefined }, "order by, limit")];
    const below = this.build(plan.input, isStatic);
    // Where the rows have no order of their own the content decides which are the first, so that a restart cannot.
    return [this.#buffer(below, plan, { order: isOrdered(below) ? undefined : [], limit, top: undefined }, "limit")];
  }

  /** Rows of which the first ones count: those without an order of their own are put into that of their content, which a restart keeps. */
  #inOneOrder(below: readonly Flow[], plan: LogicalPlan): readonly Flow[] {
    return isOrdered(below) ? below : [this.#buffer(below, plan, { order: [], limit: undefined, top: undefined }, "order")];
  }

  /** A user's state takes the rows of a batch by key; what it gives is read when all are there. */
  #userState(plan: UserState, isStatic: boolean): Flow {
    const properties = this.#properties.of(plan);
    const first = plan.initial === undefined ? [] : this.build(plan.initial, isStatic || plan.streaming);
    const below = this.#inOneOrder(this.build(plan.input, isStatic), plan.input);
    const id = this.#ids.unique(plan.operatorId);
    const kept = !isStatic && properties.state !== undefined;
    const emit: Emit = kept && plan.spec.kind === "update" ? properties.emit : "snapshot";
    this.states.push({ id, kept, emit, spec: plan.spec, ...stateTimes(plan, properties), underWatermark: isUnderWatermark(plan.input), above: this.#joinsBelow(plan.input), ...this.#placesOf(plan) });
    this.#end(first, { kind: "first states", state: id }, "initial");
    this.#end(below, { kind: "state", state: id }, `state ${plan.spec.fn.name}`);
    const flow: Flow = { producer: { kind: "state", state: id, emit, columns: plan.output }, steps: [], isStatic, isOrdered: true, words: [id], origin: plan.origin };
    return isStatic ? flow : this.#share(plan, flow);
  }

  /** A function over all rows of a batch: they are collected first. */
  #apply(plan: Apply, isStatic: boolean): Flow {
    const below = this.#inOneOrder(this.build(plan.input, isStatic), plan.input);
    const call = this.#ids.unique(plan.fn.name);
    this.calls.push({ id: call, how: plan.how, fn: plan.fn });
    this.#end(below, { kind: "call", call, argument: plan.argument }, plan.how);
    return { producer: { kind: "called", call, columns: plan.output }, steps: [], isStatic: below[0]?.isStatic ?? isStatic, isOrdered: true, words: [plan.fn.name], origin: plan.origin };
  }

  #buffer(below: readonly Flow[], plan: LogicalPlan, cut: { readonly order: Sort["items"] | undefined; readonly limit: Expr | undefined; readonly top: TopSpec | undefined }, word: string): Flow {
    if (this.#changes(below)) return internalError("E9001", `\`${plan.describe()}\` stands over rows that may be taken back`);
    this.#buffers++;
    const buffer = this.#buffers === 1 ? "rows" : `rows${this.#buffers}`;
    const columns = cut.top?.rank === undefined ? plan.output : plan.output.slice(0, -1);
    this.#end(below, { kind: "rows", buffer, columns, ...cut }, word);
    return { producer: { kind: "rows", buffer, columns: plan.output }, steps: [], isStatic: below[0]?.isStatic ?? false, isOrdered: true, words: [word], origin: plan.origin };
  }

  #end(flows: readonly Flow[], consumer: Consumer, word: string): void {
    for (const flow of flows) {
      const title = [...flow.words, word].join(" |> ");
      this.pipelines.push({ producer: flow.producer, steps: flow.steps, consumer, isStatic: flow.isStatic, title, origin: flow.origin });
    }
  }
}
