import { deliveryOf, reasonsOf } from "../catalog/connectors/delivery.ts";
import type { CompiledQuery } from "../compile.ts";
import type { LogicalPlan } from "../ir/logical/index.ts";
import { typeText } from "../ir/types/data-type.ts";
import type { SourceText } from "../source/source-text.ts";
import { triggerText } from "./job-text.ts";
import { changelogOf, statefulSteps, type StatefulStep } from "./state-text.ts";
import type { TracedRule } from "./trace-text.ts";

/** A node of a plan for tools: `text` is what `explain` prints of it, `line` where the job says it. */
export interface JsonNode {
  readonly kind: string;
  readonly text: string;
  readonly line: number | null;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly inputs: readonly JsonNode[];
}

/** The state of an operator. `boundedBy` is `result` where nothing is kept; `watermarks` are those that give it back. */
export interface JsonState {
  readonly id: string;
  readonly kind: string;
  readonly isKept: boolean;
  readonly bound: string;
  readonly boundedBy: StatefulStep["boundedBy"] | "result";
  readonly watermarks: readonly string[];
}

/** A query as `explain --json` gives it. `physical` is null for the stages before. */
export interface JsonQuery {
  readonly name: string;
  readonly mode: string;
  readonly sink: { readonly connector: string; readonly format: string | null };
  readonly trigger: string;
  /** What the rows of a batch mean to those before: `append`, they stay; `upsert`, each replaces the one of its key; `retract`, whole rows enter and leave. */
  readonly changelog: { readonly mode: string; readonly key: readonly string[] | null };
  /** How often a record has its effect, and why no more than that. */
  readonly delivery: { readonly guarantee: string; readonly reasons: readonly string[] };
  readonly plan: JsonNode;
  readonly physical: {
    /** The lines of the header of the emitted module. */
    readonly text: readonly string[];
    /** In the order in which they run within a batch. */
    readonly pipelines: readonly { readonly title: string; readonly isStatic: boolean; readonly reads: string | null; readonly into: string }[];
    /** What is kept between batches, then the tables that each result makes anew (`isKept` false). */
    readonly state: readonly JsonState[];
  } | null;
  /** The optimizer's effective rules in their order, where they were asked for. */
  readonly rules: readonly { readonly batch: string; readonly iteration: number; readonly rule: string }[] | null;
}

/** A query at a stage as plain data. The tree of the physical stage is the optimized one, beside what runs it. */
export function queryToJson(query: CompiledQuery, stage: "analyzed" | "optimized" | "physical", source: SourceText, rules: readonly TracedRule[] | undefined): JsonQuery {
  const { name, mode, sink, trigger, plan } = stage === "analyzed" ? query.analyzed : query.optimized;
  const changelog = changelogOf({ plan, mode });
  const delivery = deliveryOf({ plan, mode, sink, trigger });
  return {
    name,
    mode,
    sink: { connector: sink.connector, format: sink.format ?? null },
    trigger: triggerText(trigger),
    changelog: { mode: changelog.mode, key: changelog.key ?? null },
    delivery: { guarantee: delivery.delivery, reasons: reasonsOf(delivery).map((reason) => reason.replaceAll("`", "")) },
    plan: nodeToJson(plan, source),
    physical: stage === "physical" ? physicalToJson(query) : null,
    rules: rules?.map(({ batch, iteration, rule }) => ({ batch, iteration, rule })) ?? null,
  };
}

function nodeToJson(plan: LogicalPlan, source: SourceText): JsonNode {
  return {
    kind: plan.kind,
    text: plan.describe(),
    line: plan.origin === undefined ? null : source.locate(plan.origin.start).line,
    columns: plan.output.map(({ name, type, nullable }) => ({ name, type: `${typeText(type)}${nullable ? "?" : ""}` })),
    inputs: plan.children.map((child) => nodeToJson(child, source)),
  };
}

function physicalToJson({ physical, optimized }: CompiledQuery): JsonQuery["physical"] {
  const { text, pipelines, tables } = physical;
  return {
    text,
    pipelines: pipelines.map(({ title, isStatic, producer, consumer }) => ({ title, isStatic, reads: producer.kind === "read" ? producer.read.name : null, into: consumer.kind })),
    state: [
      ...statefulSteps(optimized).map(({ id, kind, formula, boundedBy, watermarks }): JsonState => ({ id, kind, isKept: true, bound: formula, boundedBy, watermarks })),
      ...tables.filter(({ kept }) => !kept).map(({ id }): JsonState => ({ id, kind: "aggregate", isKept: false, bound: "", boundedBy: "result", watermarks: [] })),
    ],
  };
}
