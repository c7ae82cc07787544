import type { CompiledQuery } from "../compile.ts";
import type { LogicalPlan } from "../ir/logical/index.ts";
import type { GroupTable } from "../ir/physical/physical.ts";
import { typeText } from "../ir/types/data-type.ts";
import type { SourceText } from "../source/source-text.ts";
import { triggerText } from "./job-text.ts";
import type { TracedRule } from "./trace-text.ts";

/** A node of a plan for tools: `text` is what `explain` prints of it, `line` where the job says it. */
export interface JsonNode {
  readonly kind: string;
  readonly text: string;
  readonly line: number | null;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly inputs: readonly JsonNode[];
}

/** A query as `explain --json` gives it. `physical` is null for the stages before. */
export interface JsonQuery {
  readonly name: string;
  readonly mode: string;
  readonly sink: { readonly connector: string; readonly format: string | null };
  readonly trigger: string;
  readonly plan: JsonNode;
  readonly physical: {
    /** The lines of the header of the emitted module. */
    readonly text: readonly string[];
    /** In the order in which they run within a batch. */
    readonly pipelines: readonly { readonly title: string; readonly isStatic: boolean; readonly reads: string | null; readonly into: string }[];
    readonly state: readonly { readonly id: string; readonly isKept: boolean; readonly bound: string }[];
  } | null;
  /** The optimizer's effective rules in their order, where they were asked for. */
  readonly rules: readonly { readonly batch: string; readonly iteration: number; readonly rule: string }[] | null;
}

/** A query at a stage as plain data. The tree of the physical stage is the optimized one, beside what runs it. */
export function queryToJson(query: CompiledQuery, stage: "analyzed" | "optimized" | "physical", source: SourceText, rules: readonly TracedRule[] | undefined): JsonQuery {
  const { name, mode, sink, trigger, plan } = stage === "analyzed" ? query.analyzed : query.optimized;
  return {
    name,
    mode,
    sink: { connector: sink.connector, format: sink.format ?? null },
    trigger: triggerText(trigger),
    plan: nodeToJson(plan, source),
    physical: stage === "physical" ? physicalToJson(query.physical) : null,
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

function physicalToJson({ text, pipelines, tables }: CompiledQuery["physical"]): JsonQuery["physical"] {
  return {
    text,
    pipelines: pipelines.map(({ title, isStatic, producer, consumer }) => ({ title, isStatic, reads: producer.kind === "read" ? producer.read.name : null, into: consumer.kind })),
    state: tables.map(({ id, kept, stateBound }: GroupTable) => ({ id, isKept: kept, bound: stateBound })),
  };
}
