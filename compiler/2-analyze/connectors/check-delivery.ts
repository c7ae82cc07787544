import { deliveryOf, reasonsOf } from "../../catalog/connectors/delivery.ts";
import { deliveryTooStrong } from "../../diagnostics/catalogue/streaming.ts";
import type { LogicalQuery } from "../../ir/logical/job.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";

/** Refuses `delivery: "exactly once"` where what stands before the sink cannot keep it. */
export function checkDelivery(query: LogicalQuery, claimed: Span | undefined, job: JobContext): void {
  const says = query.sink.options.find(({ name }) => name === "delivery")?.value;
  // What `trigger continuous` cannot do is told of the trigger.
  if (query.trigger.kind === "continuous") return;
  if (claimed === undefined || says?.kind !== "Literal" || says.value !== "exactly once") return;
  const path = deliveryOf(query);
  const [reason] = reasonsOf(path);
  if (path.delivery === "exactly once" || reason === undefined) return;
  job.report(deliveryTooStrong({ query: query.name, delivery: path.delivery, reason }).at(claimed).helped('write `delivery: "at least once"`, or mend what the label says'));
}
