import { deliveryOf, reasonsOf, type DeliveryPath } from "../catalog/connectors/delivery.ts";
import type { LogicalQuery } from "../ir/logical/job.ts";

/** What a query delivers and by which way, then what makes it less than exactly once: `Delivery: exactly once: kafka orders (replayable) → …`. */
export function deliveryLines(query: Pick<LogicalQuery, "plan" | "mode" | "sink" | "trigger">, sink?: string): readonly string[] {
  const path = deliveryOf(query);
  // Of the sink the way says it already.
  const reasons = reasonsOf(path).filter((reason) => reason !== path.sink.repeats);
  return [`Delivery${sink === undefined ? "" : ` of ${sink}`}: ${path.delivery}: ${wayText(path)}`, ...reasons.map((reason) => `  ${reason.replaceAll("`", "")}`)];
}

function wayText({ sources, steps, sink }: DeliveryPath): string {
  return [sources.map(({ text }) => text).join(" + "), ...steps.map(({ text }) => text), sink.text].filter((text) => text !== "").join(" → ");
}
