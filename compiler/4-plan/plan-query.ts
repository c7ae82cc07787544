import type { Column } from "../ir/logical/column.ts";
import type { LogicalQuery } from "../ir/logical/job.ts";
import type { Aggregate, Join, Limit, LogicalPlan, Scan, Sort } from "../ir/logical/plan.ts";
import type { Consumer, Emit, GroupTable, LookupTable, PhysicalQuery, Pipeline, Producer, RowStep } from "../ir/physical/physical.ts";
import type { WatermarkSpec } from "../ir/logical/plan.ts";
import type { Span } from "../source/span.ts";
import { physicalText } from "./physical-text.ts";

/** Rows on their way: where they come from and the row-wise steps that they have passed. */
interface Flow {
  readonly producer: Producer;
  readonly steps: readonly RowStep[];
  readonly isStatic: boolean;
  readonly words: readonly string[];
  readonly origin: Span | undefined;
}

/**
 * Cuts an optimized plan into pipelines at its stateful operators: an aggregate ends the pipeline below it in a group table
 * and begins one that reads the table; a sort ends it in a buffer; the bounded side of a join in a lookup table.
 */
export function planQuery(query: LogicalQuery): PhysicalQuery {
  const planner = new Planner(emitOf(query));
  const flow = planner.build(query.plan);
  planner.finish(flow, query.plan.output);
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
    watermarks: planner.watermarks,
    pipelines: inOrder(planner.pipelines),
    text: physicalText(query, planner.tables),
  };
}

/** Over bounded inputs alone every mode gives the final result once, as complete does. */
function emitOf(query: LogicalQuery): Emit {
  if (!query.plan.streaming || query.mode === "complete") return "snapshot";
  return query.mode === "update" ? "onChange" : "onClose";
}

/** Pipelines of the bounded side of a streaming query run first; otherwise the order of making is the order of running. */
function inOrder(pipelines: readonly Pipeline[]): readonly Pipeline[] {
  return [...pipelines.filter((pipeline) => pipeline.isStatic), ...pipelines.filter((pipeline) => !pipeline.isStatic)];
}

class Planner {
  readonly tables: GroupTable[] = [];
  readonly lookups: LookupTable[] = [];
  readonly watermarks: WatermarkSpec[] = [];
  readonly pipelines: Pipeline[] = [];
  readonly #emit: Emit;
  readonly #reads = new Map<string, number>();
  #buffers = 0;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  build(plan: LogicalPlan, isStatic = false): Flow {
    switch (plan.kind) {
      case "Scan":
        return this.#scan(plan, isStatic);
      case "Filter":
        return step(this.build(plan.input, isStatic), { kind: "filter", predicate: plan.predicate }, "where");
      case "Project": {
        const made = plan.columns.filter(({ id, expr }) => !(expr.kind === "ColumnRef" && expr.id === id));
        const flow = this.build(plan.input, isStatic);
        return made.length === 0 ? flow : step(flow, { kind: "project", columns: made }, "select");
      }
      case "Watermark": {
        const flow = this.build(plan.input, isStatic);
        const column = plan.output.find(({ id }) => id === plan.spec.column);
        // Over bounded rows nothing is late and nothing waits.
        if (!plan.streaming || column === undefined) return flow;
        this.watermarks.push(plan.spec);
        return step(flow, { kind: "watermark", spec: plan.spec, column }, "watermark");
      }
      case "Aggregate":
        return this.#aggregate(plan, isStatic);
      case "Join":
        return this.#join(plan, isStatic);
      case "Sort":
        return this.#rows(plan.input, plan, plan.items, undefined, isStatic, "order by");
      case "Limit":
        return this.#limit(plan, isStatic);
    }
  }

  /** Ends the last flow in the query's output. */
  finish(flow: Flow, output: readonly Column[]): void {
    this.#end(flow, { kind: "output", columns: output }, "into");
  }

  #scan(plan: Scan, isStatic: boolean): Flow {
    const seen = this.#reads.get(plan.input.name) ?? 0;
    this.#reads.set(plan.input.name, seen + 1);
    const name = seen === 0 ? plan.input.name : `${plan.input.name}-${seen + 1}`;
    const read = { name, input: plan.input, columns: plan.columns, needed: plan.needed, filter: plan.filter };
    return { producer: { kind: "read", read }, steps: [], isStatic, words: [plan.input.name], origin: plan.origin };
  }

  #aggregate(plan: Aggregate, isStatic: boolean): Flow {
    const below = this.build(plan.input, isStatic);
    // Only the lowest aggregate on a streaming path keeps its groups from batch to batch; what stands above it is computed anew.
    const kept = plan.streaming && !isStatic && below.producer.kind === "read";
    const emit: Emit = kept ? this.#emit : "snapshot";
    const stateBound = kept ? boundText(plan) : "";
    this.tables.push({ id: plan.operatorId, kept, emit, groups: plan.groups, aggregates: plan.aggregates, stateBound });
    this.#end({ ...below, origin: plan.origin ?? below.origin }, { kind: "groups", table: plan.operatorId }, "aggregate");
    return { producer: { kind: "groups", table: plan.operatorId, emit, columns: plan.output }, steps: [], isStatic, words: [plan.operatorId], origin: plan.origin };
  }

  #join(plan: Join, isStatic: boolean): Flow {
    // The bounded side is loaded, the other one looks up; an inner join may have it on either side.
    const swap = plan.joinKind === "inner" && plan.right.streaming && !plan.left.streaming;
    const [probe, loaded] = swap ? [plan.right, plan.left] : [plan.left, plan.right];
    const side = this.build(loaded, isStatic || plan.streaming);
    const loadedKeys = plan.equalities.map((pair) => (swap ? pair.left : pair.right));
    const probeKeys = plan.equalities.map((pair) => (swap ? pair.right : pair.left));
    this.lookups.push({ id: plan.operatorId, relation: side.words[0] ?? "side", keys: loadedKeys, columns: loaded.output });
    this.#end(side, { kind: "lookup", lookup: plan.operatorId, keys: loadedKeys, columns: loaded.output }, "join");
    return step(
      this.build(probe, isStatic),
      { kind: "lookup", lookup: plan.operatorId, outer: plan.joinKind === "left", keys: probeKeys, residual: plan.residual, columns: loaded.output },
      `join ${side.words[0] ?? ""}`,
    );
  }

  #limit(plan: Limit, isStatic: boolean): Flow {
    if (plan.input.kind === "Sort") return this.#rows(plan.input.input, plan, plan.input.items, plan, isStatic, "order by, limit");
    const below = this.build(plan.input, isStatic);
    // Groups have no order of their own: the content decides which rows are the first, so that a restart cannot.
    const order = below.producer.kind === "groups" ? [] : undefined;
    return this.#buffer(below, plan, order, plan, "limit");
  }

  #rows(input: LogicalPlan, plan: Sort | Limit, order: Sort["items"], limit: Limit | undefined, isStatic: boolean, word: string): Flow {
    return this.#buffer(this.build(input, isStatic), plan, order, limit, word);
  }

  #buffer(below: Flow, plan: LogicalPlan, order: Sort["items"] | undefined, limit: Limit | undefined, word: string): Flow {
    this.#buffers++;
    const buffer = this.#buffers === 1 ? "rows" : `rows${this.#buffers}`;
    this.#end(below, { kind: "rows", buffer, columns: plan.output, order, limit: limit?.count }, word);
    return { producer: { kind: "rows", buffer, columns: plan.output }, steps: [], isStatic: below.isStatic, words: [word], origin: plan.origin };
  }

  #end(flow: Flow, consumer: Consumer, word: string): void {
    const title = [...flow.words, word].join(" |> ");
    this.pipelines.push({ producer: flow.producer, steps: flow.steps, consumer, isStatic: flow.isStatic, title, origin: flow.origin });
  }
}

function step(flow: Flow, rowStep: RowStep, word: string): Flow {
  return { ...flow, steps: [...flow.steps, rowStep], words: [...flow.words, word] };
}

function boundText(plan: Aggregate): string {
  const keys = plan.keys.length === 0 ? "1 group" : "keys";
  return plan.window === undefined ? keys : plan.keys.length === 0 ? "windows" : "keys × windows";
}
