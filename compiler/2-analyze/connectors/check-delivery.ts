import type { SinkDelivery } from "../../catalog/connectors/connector.ts";
import { deliveryOf, reasonsOf, saidDelivery, type Delivery } from "../../catalog/connectors/delivery.ts";
import { deliveryTooStrong } from "../../diagnostics/catalogue/streaming.ts";
import type { LogicalQuery } from "../../ir/logical/job.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";

/** What keeps each claim. */
const kept: Readonly<Record<SinkDelivery, readonly Delivery[]>> = {
  "exactly once": ["exactly once"],
  "at least once": ["exactly once", "at least once"],
};

/** Refuses a `delivery` that is said where what stands before the sink cannot keep it. */
export function checkDelivery(query: LogicalQuery, said: Span | undefined, job: JobContext): void {
  const claim = saidDelivery(query.sink);
  if (said === undefined || claim === undefined) return;
  // What `trigger continuous` cannot do is told of the trigger.
  if (query.trigger.kind === "continuous" && claim === "exactly once") return;
  const path = deliveryOf(query);
  if (kept[claim].includes(path.delivery)) return;
  const losing = [...path.sources, ...path.steps].find(({ loses }) => loses !== undefined);
  const reason = losing?.loses ?? reasonsOf(path)[0] ?? "";
  job.report(deliveryTooStrong({ query: query.name, claim, delivery: path.delivery, reason }).at(said).helped(losing?.mending ?? 'write `delivery: "at least once"`'));
}
