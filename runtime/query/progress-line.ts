import type { QueryProgress } from "./progress.ts";

/** What a query has done so far in this run. */
export interface ProgressTotals {
  readonly inputRows: number;
  readonly outputRows: number;
}

/**
 * A query's line of the progress bar, at most 79 characters so that no terminal breaks it:
 * `ranking  batch 7  20,000 rows  412 out  wm 2024-01-01 00:10:00  35,120/s`, cut from the right.
 */
export function progressLine(progress: QueryProgress, totals: ProgressTotals, nameWidth: number): string {
  const rate = progress.processedRowsPerSecond;
  const watermark = progress.eventTime["watermark"];
  const parts = [
    shortened(progress.name, 24).padEnd(Math.min(nameWidth, 24)),
    ...(progress.shard === undefined ? [] : [`shard ${progress.shard}`]),
    `batch ${progress.batchId}`,
    `${grouped(totals.inputRows)} rows`,
    `${grouped(totals.outputRows)} out`,
    ...(watermark === undefined ? [] : [`wm ${watermark.slice(0, 19).replace("T", " ")}`]),
    ...(rate === undefined || !Number.isFinite(rate) ? [] : [`${grouped(Math.round(rate))}/s`]),
  ];
  return shortened(parts.join("  "), 79);
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
