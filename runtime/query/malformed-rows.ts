import type { SinkColumn } from "../connectors/sink.ts";
import type { JsonWriter } from "../formats/json-writer.ts";
import type { TimeZone } from "../time/time-zone.ts";

/** A row of a side output for malformed records (language: Statements). */
export interface MalformedOutputRow {
  readonly raw: Uint8Array;
  readonly error: string;
  readonly source: string;
  readonly position: string;
  /** Microseconds since the epoch: the batch's timestamp. */
  readonly time: number;
}

export const malformedColumns: readonly SinkColumn[] = [
  { name: "raw", type: "binary", nullable: false },
  { name: "error", type: "string", nullable: false },
  { name: "source", type: "string", nullable: false },
  { name: "position", type: "string", nullable: false },
  { name: "time", type: "timestamp", nullable: false },
];

/** Bytes are written as base64, the time in the job's time zone. */
export function malformedEncoder(zone: TimeZone): (row: MalformedOutputRow, out: JsonWriter) => void {
  return (row, out) => encodeMalformed(row, out, zone);
}

function encodeMalformed(row: MalformedOutputRow, out: JsonWriter, zone: TimeZone): void {
  out.raw('{"raw":');
  out.text(Buffer.from(row.raw).toString("base64"));
  out.raw(',"error":');
  out.text(row.error);
  out.raw(',"source":');
  out.text(row.source);
  out.raw(',"position":');
  out.text(row.position);
  out.raw(',"time":');
  out.timestamp(row.time, zone);
  out.raw("}");
}
