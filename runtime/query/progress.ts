import { formatIsoMilliseconds } from "../time/iso-milliseconds.ts";

/** What one trigger did, in Spark's fields (StreamingQueryProgress, semantics 1.11). */
export interface QueryProgress {
  readonly id: string;
  readonly runId: string;
  readonly name: string;
  /** `0/3`, where the query is one of several shards. */
  readonly shard?: string;
  /** The trigger's start, UTC, `2024-01-01T00:00:00.000Z`. */
  readonly timestamp: string;
  readonly batchId: number;
  /** Milliseconds. */
  readonly batchDuration: number;
  readonly numInputRows: number;
  readonly inputRowsPerSecond: number | undefined;
  readonly processedRowsPerSecond: number | undefined;
  readonly durationMs: Readonly<Record<string, number>>;
  /** Absent where the query has no watermark. */
  readonly eventTime: Readonly<Record<string, string>>;
  readonly stateOperators: readonly StateOperatorProgress[];
  readonly sources: readonly SourceProgress[];
  /** `numOutputRows` is −1 where it is not known. Of several sinks: all descriptions, and the sum. */
  readonly sink: { readonly description: string; readonly numOutputRows: number };
  /** Each sink by its name, where the query has several. */
  readonly sinks?: readonly SinkProgress[];
  /** Records that could not be decoded, or lie too far in the future, and did not fail the query. */
  readonly malformedRows: number;
}

/** One of the sinks of a query. */
export interface SinkProgress {
  readonly name: string;
  readonly description: string;
  readonly numOutputRows: number;
}

/** What an operator keeps and did in a trigger (Spark: StateOperatorProgress). Times in milliseconds. */
export interface StateOperatorProgress {
  readonly operatorName: string;
  readonly numRowsTotal: number;
  readonly numRowsUpdated: number;
  readonly allUpdatesTimeMs: number;
  readonly numRowsRemoved: number;
  readonly allRemovalsTimeMs: number;
  readonly commitTimeMs: number;
  /** An estimate. */
  readonly memoryUsedBytes: number;
  /** Late rows. */
  readonly numRowsDroppedByWatermark: number;
  readonly numShufflePartitions: number;
  readonly numStateStoreInstances: number;
  /** `partlyLateRows`: rows that were late for some of their windows only. Left out where there is nothing to tell. */
  readonly customMetrics?: Readonly<Record<string, number>>;
}

export interface SourceProgress {
  readonly description: string;
  readonly startOffset: string | undefined;
  readonly endOffset: string | undefined;
  /** The newest position that the trigger knew of. */
  readonly latestOffset: string | undefined;
  readonly numInputRows: number;
  readonly inputRowsPerSecond: number | undefined;
  readonly processedRowsPerSecond: number | undefined;
  /** What else the source counts; left out where it is nothing. */
  readonly metrics?: Readonly<Record<string, string>>;
}

/** The progress as one line of JSON: map keys sorted, rates as doubles, offsets as the JSON that they are, absent fields left out. */
export function progressJson(progress: QueryProgress): string {
  const fields: (readonly [string, string | undefined])[] = [
    ["id", JSON.stringify(progress.id)],
    ["runId", JSON.stringify(progress.runId)],
    ["name", JSON.stringify(progress.name)],
    ["shard", progress.shard === undefined ? undefined : JSON.stringify(progress.shard)],
    ["timestamp", JSON.stringify(progress.timestamp)],
    ["batchId", String(progress.batchId)],
    ["batchDuration", String(progress.batchDuration)],
    ["numInputRows", String(progress.numInputRows)],
    ["inputRowsPerSecond", rate(progress.inputRowsPerSecond)],
    ["processedRowsPerSecond", rate(progress.processedRowsPerSecond)],
    ["durationMs", sortedMap(progress.durationMs, String)],
    ["eventTime", Object.keys(progress.eventTime).length === 0 ? undefined : sortedMap(progress.eventTime, (text) => JSON.stringify(text))],
    ["stateOperators", JSON.stringify(progress.stateOperators)],
    ["sources", `[${progress.sources.map(sourceJson).join(",")}]`],
    ["sink", JSON.stringify(progress.sink)],
    ["sinks", progress.sinks === undefined ? undefined : JSON.stringify(progress.sinks)],
    ["malformedRows", String(progress.malformedRows)],
  ];
  return object(fields);
}

function sourceJson(source: SourceProgress): string {
  return object([
    ["description", JSON.stringify(source.description)],
    ["startOffset", offsetJson(source.startOffset)],
    ["endOffset", offsetJson(source.endOffset)],
    ["latestOffset", offsetJson(source.latestOffset)],
    ["numInputRows", String(source.numInputRows)],
    ["inputRowsPerSecond", rate(source.inputRowsPerSecond)],
    ["processedRowsPerSecond", rate(source.processedRowsPerSecond)],
    ["metrics", source.metrics === undefined ? undefined : sortedMap(source.metrics, (text) => JSON.stringify(text))],
  ]);
}

function object(fields: readonly (readonly [string, string | undefined])[]): string {
  return `{${fields.flatMap(([name, value]) => (value === undefined ? [] : [`${JSON.stringify(name)}:${value}`])).join(",")}}`;
}

function sortedMap<T>(map: Readonly<Record<string, T>>, print: (value: T) => string): string {
  return object(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [name, print(value)]));
}

/** Infinite and undefined rates (two triggers in one millisecond) are left out. */
function rate(value: number | undefined): string | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined;
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** An offset stands as the JSON that it is; a text that is none is quoted. */
function offsetJson(offset: string | undefined): string {
  if (offset === undefined) return "null";
  try {
    JSON.parse(offset);
    return offset;
  } catch {
    return JSON.stringify(offset);
  }
}

/** A watermark in progress and capture: `Infinity` at the end of input. */
export function watermarkText(milliseconds: number): string {
  return milliseconds === Infinity ? "Infinity" : formatIsoMilliseconds(milliseconds);
}
