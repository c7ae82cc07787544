import type { SinkCapabilities } from "../../catalog/connectors/connector.ts";
import type { OutputMode } from "../../ir/logical/job.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import type { StreamingProperties } from "../../ir/logical/streaming-properties.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";

/** A streaming query that the laws of streaming are held against. */
export interface CheckedQuery {
  readonly name: string;
  readonly plan: LogicalPlan;
  readonly mode: OutputMode;
  /** Where the mode is said; the sink's name where it is the default. */
  readonly modeSpan: Span;
  readonly sinkName: string;
  readonly sinkSpan: Span;
  readonly sink: SinkCapabilities;
  readonly properties: StreamingProperties;
  readonly job: JobContext;
}
