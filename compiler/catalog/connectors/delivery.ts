import type { Expr } from "../../ir/expr/expr.ts";
import { exprText } from "../../ir/expr/print.ts";
import type { Input, OptionValue } from "../../ir/logical/input.ts";
import type { LogicalQuery, SinkTarget, Trigger } from "../../ir/logical/job.ts";
import type { LogicalPlan, Scan } from "../../ir/logical/plan.ts";
import { deriveStreaming } from "../../ir/logical/streaming-properties.ts";
import type { SinkDelivery } from "./connector.ts";
import { findSink, findSource } from "./registry.ts";

/** How often the effect of a record is in what a sink shows, whatever dies when. */
export type Delivery = "exactly once" | "at least once" | "at most once" | "no guarantee";

/** A part of the way from a source to the sink, and what it does to a record when the job dies in the middle of a batch. */
export interface DeliveryPart {
  /** `kafka orders (replayable)`. */
  readonly text: string;
  /** Why records of it may be missing. */
  readonly loses?: string;
  /** The edit after which none is. */
  readonly mending?: string;
  /** Why records of it may come again. */
  readonly repeats?: string;
}

/** What a query delivers: its sources, its steps, its sink, and what follows of them. */
export interface DeliveryPath {
  readonly delivery: Delivery;
  readonly sources: readonly DeliveryPart[];
  readonly steps: readonly DeliveryPart[];
  readonly sink: DeliveryPart;
}

type Query = Pick<LogicalQuery, "plan" | "mode" | "sink"> & { readonly trigger: Pick<Trigger, "kind"> };

/**
 * Derives how often a record has its effect. The log and the state of the checkpoint make a batch run again be the same batch, from sources that can give
 * it again; then it depends on the sink whether what was sent before is seen twice. A source that cannot give again loses what was not yet recorded.
 */
export function deliveryOf({ plan, mode, sink, trigger }: Query): DeliveryPath {
  const sources = inputsOf(plan).map(sourcePart);
  const steps = [...stateParts(plan, mode), ...answeredParts(plan), ...triggerParts(trigger)];
  const end = sinkPart(sink);
  const parts = [...sources, ...steps, end];
  return { delivery: sumOf(parts.some(({ loses }) => loses !== undefined), parts.some(({ repeats }) => repeats !== undefined)), sources, steps, sink: end };
}

/** What makes a delivery less than exactly once: the reasons, in the order of the path. */
export function reasonsOf({ sources, steps, sink }: DeliveryPath): readonly string[] {
  return [...sources, ...steps, sink].flatMap(({ loses, repeats }) => [loses, repeats].filter((reason) => reason !== undefined));
}

function sumOf(loses: boolean, repeats: boolean): Delivery {
  if (loses) return repeats ? "no guarantee" : "at most once";
  return repeats ? "at least once" : "exactly once";
}

/** The inputs that a plan reads, streams first. */
function inputsOf(plan: LogicalPlan): readonly Input[] {
  const scans: Scan[] = [];
  plan.visit((node) => void (node.kind === "Scan" && !scans.some(({ input }) => input.name === node.input.name) && scans.push(node)));
  const inputs = scans.map(({ input }) => input);
  return [...inputs.filter(({ bounded }) => !bounded), ...inputs.filter(({ bounded }) => bounded)];
}

function sourcePart(input: Input): DeliveryPart {
  const { connector, name } = input;
  if (input.bounded) return { text: `${connector} ${name} (a table)` };
  const source = findSource(connector);
  const isReplayable = source !== undefined && source !== "later" && (source.replayable || input.replays === true);
  if (isReplayable) {
    const lenient = writtenUnless(input.options, "failOnDataLoss", true) ?? writtenUnless(input.options, "ignoreMissingFiles", false);
    return lenient === undefined ? { text: `${connector} ${name} (replayable)` } : { text: `${connector} ${name} (replayable, ${lenient})`, loses: `\`${name}\` goes on when records are gone: ${lenient}`, mending: `leave \`${lenient}\` out of \`${name}\`` };
  }
  if (source !== undefined && source !== "later" && source.recordedFirst === true) return { text: `${connector} ${name} (recorded before a batch is planned)` };
  return { text: `${connector} ${name} (cannot be read again)`, loses: `\`${name}\` cannot be read again: what was received and not yet recorded is lost when the job dies`, mending: `leave \`delivery\` out, or read \`${name}\` from a source that can be read again, such as \`kafka\` or \`file\`` };
}

/** The option as written, where it is not `usual` or may be another. */
function writtenUnless(options: readonly OptionValue[], name: string, usual: boolean): string | undefined {
  const value: Expr | undefined = options.find((option) => option.name === name)?.value;
  return value === undefined || (value.kind === "Literal" && value.value === usual) ? undefined : `${name}: ${exprText(value)}`;
}

function stateParts(plan: LogicalPlan, mode: LogicalQuery["mode"]): readonly DeliveryPart[] {
  const properties = deriveStreaming(plan, mode);
  let isKept = false;
  plan.visit((node) => {
    isKept ||= node.streaming && properties.of(node).state !== undefined;
  });
  return isKept ? [{ text: "state in the checkpoint" }] : [];
}

/** Functions that are asked again when a batch is run again; what they answer then is the batch's, and nothing comes twice by it. */
function answeredParts(plan: LogicalPlan): readonly DeliveryPart[] {
  const names: string[] = [];
  plan.visit((node) => void (node.kind === "Apply" && node.how === "map async" && names.push(node.fn.name)));
  return [...new Set(names)].map((name) => ({ text: `map async ${name} (asked again when a batch is run again)` }));
}

function triggerParts({ kind }: Query["trigger"]): readonly DeliveryPart[] {
  return kind === "continuous" ? [{ text: "trigger continuous", repeats: "under `trigger continuous` the records since the last entry of the checkpoint are sent again" }] : [];
}

/** How often a row may come, as the job says of a sink that lets it choose; undefined where it does not say. */
export function saidDelivery({ connector, options }: Pick<SinkTarget, "connector" | "options">): SinkDelivery | undefined {
  const sink = findSink(connector);
  if (sink === undefined || sink === "later" || sink.deliveryOption === undefined) return undefined;
  const said = options.find(({ name }) => name === sink.deliveryOption)?.value;
  return said?.kind === "Literal" && (said.value === "exactly once" || said.value === "at least once") ? said.value : undefined;
}

function sinkPart(target: SinkTarget): DeliveryPart {
  const { connector } = target;
  const sink = findSink(connector);
  if (sink === undefined || sink === "later") return { text: connector };
  if ((saidDelivery(target) ?? sink.delivery) === "exactly once") return { text: `${connector} ${sink.exactlyOnceBy ?? "(exactly once)"}` };
  return { text: `${connector} (a batch run again is sent again)`, repeats: `\`${connector}\` is sent a batch again that is run again` };
}
