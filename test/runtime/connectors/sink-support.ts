import type { Host } from "../../../runtime/host/host.ts";
import type { BatchContext } from "../../../runtime/query/batch-context.ts";
import type { RowKind, Sink, SinkContext } from "../../../runtime/connectors/sink.ts";

/** The row of these tests: a long and a text. */
export interface TestRow {
  readonly id: number | bigint;
  readonly name: string | null;
}

export function sinkContext(host: Host, options: Partial<SinkContext<TestRow>> = {}): SinkContext<TestRow> {
  return {
    host,
    queryName: "q",
    mode: "append",
    columns: [
      { name: "id", type: "long", nullable: false },
      { name: "name", type: "string", nullable: true },
    ],
    key: undefined,
    encodeJson: (row, out) => {
      out.raw('{"id":');
      out.long(row.id);
      out.raw(',"name":');
      out.text(row.name);
      out.raw("}");
    },
    durable: true,
    bounded: false,
    checkpointId: "11111111-1111-1111-1111-111111111111",
    warn: () => undefined,
    ...options,
  };
}

export function batchOf(id: number, attempt = 1): BatchContext {
  return { id, attempt, incarnation: attempt, lateWatermark: 0, evictWatermark: 0, timestamp: 0 };
}

/** Runs a batch through a sink; whether the sink took it. */
export async function runBatch(sink: Sink<TestRow>, batch: BatchContext, rows: readonly (readonly [RowKind, number | bigint, (string | null)?])[]): Promise<boolean> {
  const taken = sink.begin(batch);
  if (taken) for (const [kind, id, name] of rows) sink.write(kind, { id, name: name === undefined ? `n${id}` : name });
  await sink.prepare(batch);
  await sink.commit(batch);
  return taken;
}
