import { modeOfSink } from "../../diagnostics/catalogue/streaming.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** A changing result without a visible key goes out as whole rows that enter and leave, which a sink that replaces rows by their key cannot take. */
export function checkVisibleKey({ plan, mode, modeSpan, sink, sinkName, sinkSpan, properties, job }: CheckedQuery): void {
  if (sink.upsertsOnly !== true || mode !== "update" || properties.of(plan).changelogMode !== "retract") return;
  const consequence = "it replaces rows by their key, and this result does not show one";
  job.report(modeOfSink({ sink: sinkName, mode, consequence }).at(modeSpan).also(sinkSpan, "takes a row for each key").helped("keep the keys of the result among its columns"));
}
