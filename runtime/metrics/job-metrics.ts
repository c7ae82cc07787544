import type { Host } from "../host/host.ts";
import type { QueryProgress } from "../query/progress.ts";
import type { StreamingQuery } from "../query/streaming-query.ts";
import type { Metric, Sample } from "./prometheus-text.ts";
import { QueryCounts } from "./query-counts.ts";

/** Counts of all queries of a run, and what they are as metrics. */
export class JobMetrics {
  readonly #counts = new Map<string, QueryCounts>();

  /** Adds a batch of a query. */
  add(progress: QueryProgress): void {
    this.#of(progress.name).add(progress);
  }

  /** The metrics at this moment; every query has its counters from the start, at 0. */
  metrics(queries: readonly StreamingQuery[], host: Host): readonly Metric[] {
    const now = host.clock.now();
    const all = queries.map((query) => ({ query, counts: this.#of(query.name) }));
    type Each = (typeof all)[number];
    const perQuery = (value: (each: Each) => number | undefined): readonly Sample[] =>
      all.flatMap((each) => {
        const number = value(each);
        return number === undefined ? [] : [{ labels: { query: each.query.name }, value: number }];
      });
    const perOperator = (value: (operator: QueryCounts["operators"][number]) => number): readonly Sample[] =>
      all.flatMap(({ query, counts }) => counts.operators.map((operator) => ({ labels: { query: query.name, operator: operator.operatorName }, value: value(operator) })));
    const seconds = (milliseconds: number | undefined): number | undefined => (milliseconds === undefined ? undefined : milliseconds / 1000);
    const { residentBytes, cpuMicroseconds } = host.process.usage();
    return [
      { name: "sluice_query_active", type: "gauge", help: "1 while the query runs.", samples: perQuery(({ query }) => (query.isActive ? 1 : 0)) },
      { name: "sluice_query_failed", type: "gauge", help: "1 once the query has failed.", samples: perQuery(({ query }) => (query.exception === undefined ? 0 : 1)) },
      { name: "sluice_input_rows_total", type: "counter", help: "Rows read from the sources.", samples: perQuery(({ counts }) => counts.inputRows) },
      { name: "sluice_output_rows_total", type: "counter", help: "Rows given to the sinks.", samples: perQuery(({ counts }) => counts.outputRows) },
      { name: "sluice_late_rows_total", type: "counter", help: "Rows dropped or set aside because the watermark had passed them.", samples: perQuery(({ counts }) => counts.lateRows) },
      { name: "sluice_partly_late_rows_total", type: "counter", help: "Rows that were late for some of their windows only.", samples: perQuery(({ counts }) => counts.partlyLateRows) },
      { name: "sluice_malformed_rows_total", type: "counter", help: "Records that could not be decoded, or lie too far in the future, and did not fail the query.", samples: perQuery(({ counts }) => counts.malformedRows) },
      { name: "sluice_batch_duration_seconds", type: "histogram", help: "How long batches took, from trigger to commit.", samples: all.flatMap(({ query, counts }) => durations(query.name, counts)) },
      { name: "sluice_last_batch_id", type: "gauge", help: "The id of the last batch.", samples: perQuery(({ counts }) => counts.lastBatchId) },
      { name: "sluice_last_batch_timestamp_seconds", type: "gauge", help: "When the last batch was triggered, seconds since the epoch.", samples: perQuery(({ counts }) => seconds(counts.lastBatchAt)) },
      { name: "sluice_watermark_timestamp_seconds", type: "gauge", help: "The watermark, seconds since the epoch.", samples: perQuery(({ counts }) => seconds(counts.watermark)) },
      { name: "sluice_watermark_lag_seconds", type: "gauge", help: "How far the watermark is behind the clock.", samples: perQuery(({ counts }) => (counts.watermark === undefined ? undefined : (now - counts.watermark) / 1000)) },
      { name: "sluice_state_rows", type: "gauge", help: "Rows that an operator keeps.", samples: perOperator((operator) => operator.numRowsTotal) },
      { name: "sluice_state_bytes", type: "gauge", help: "Memory of an operator's state, estimated.", samples: perOperator((operator) => operator.memoryUsedBytes) },
      { name: "process_resident_memory_bytes", type: "gauge", help: "Resident memory of the process.", samples: [{ labels: {}, value: residentBytes }] },
      { name: "process_cpu_seconds_total", type: "counter", help: "Processor time of the process.", samples: [{ labels: {}, value: cpuMicroseconds / 1e6 }] },
    ];
  }

  #of(name: string): QueryCounts {
    const counts = this.#counts.get(name) ?? new QueryCounts();
    this.#counts.set(name, counts);
    return counts;
  }
}

function durations(query: string, { durations }: QueryCounts): readonly Sample[] {
  return [
    ...durations.cumulative.map(({ bound, count }) => ({ suffix: "_bucket", labels: { query, le: bound }, value: count })),
    { suffix: "_sum", labels: { query }, value: durations.sum },
    { suffix: "_count", labels: { query }, value: durations.count },
  ];
}
