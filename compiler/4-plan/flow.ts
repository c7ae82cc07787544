import type { Producer, RowStep, StreamJoinTable } from "../ir/physical/physical.ts";
import { takesBack } from "../ir/physical/takes-back.ts";
import type { Span } from "../source/span.ts";

/** Rows on their way: where they come from and the row-wise steps that they have passed. */
export interface Flow {
  readonly producer: Producer;
  readonly steps: readonly RowStep[];
  readonly isStatic: boolean;
  /** Whether the rows come in an order that a restart keeps: that of reading, or one that was asked for. Groups have none. */
  readonly isOrdered: boolean;
  readonly words: readonly string[];
  readonly origin: Span | undefined;
}

/** The flow with one more step, under the step's word in titles. */
export function step(flow: Flow, rowStep: RowStep, word: string): Flow {
  return { ...flow, steps: [...flow.steps, rowStep], words: [...flow.words, word] };
}

/** Every flow with one more step. */
export function stepAll(flows: readonly Flow[], rowStep: RowStep, word: string): readonly Flow[] {
  return flows.map((flow) => step(flow, rowStep, word));
}

/** Whether all rows come in such an order. */
export function isOrdered(flows: readonly Flow[]): boolean {
  return flows.every((flow) => flow.isOrdered);
}

/** Whether its rows may be taken back: it comes from an operator whose result changes. */
export function isChanging({ producer }: Flow, joins: readonly StreamJoinTable[]): boolean {
  return (producer.kind === "groups" && producer.emit === "onChange") || takesBack(producer, joins);
}
