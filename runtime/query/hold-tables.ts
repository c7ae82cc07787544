import type { OffsetsEntry } from "../checkpoint/log-entries.ts";
import type { SourceLog } from "../connectors/source.ts";
import { tablesChanged } from "../errors/checkpoint-error.ts";
import type { OpenedRead } from "./open-sources.ts";
import { tableOffset } from "./query-reads.ts";

interface HeldBatch {
  readonly entry: OffsetsEntry;
  readonly attempt: number;
  readonly reads: readonly OpenedRead[];
  /** The fingerprints of the tables that the batch ran beside, by read. */
  readonly tables: ReadonlyMap<string, string>;
  /** The sinks that have the batch already. */
  readonly ahead: readonly string[];
  /** Undefined where nothing is kept. */
  logOf(read: string): SourceLog | undefined;
}

/**
 * Keeps state that was made of tables and the sinks together. Call it when the rows are read and nothing is durable yet. A sink that has the batch drops what
 * its repetition gives, so the state must be made of the same tables again: R7417 where it is not. Beside which tables a batch ran is what `offsets/N` says,
 * and where they had changed by then an entry in the log of the table's read, written before a sink gets the batch.
 */
export function holdTables({ entry, attempt, reads, tables, ahead, logOf }: HeldBatch): void {
  const { batchId } = entry;
  for (const { name, definition, table } of reads) {
    const fingerprint = tables.get(name);
    if (table === undefined || fingerprint === undefined) continue;
    const now = tableOffset(fingerprint);
    const planned = entry.offsets[name] ?? undefined;
    if (attempt === 1 && planned === now) continue;
    const log = logOf(name);
    const kept = attempt === 1 ? undefined : log?.read(batchId);
    const before = kept === undefined ? planned : new TextDecoder().decode(kept);
    if (before === now) continue;
    const [sink] = ahead;
    if (sink !== undefined) throw tablesChanged({ batch: batchId, table: definition.input, description: table.description, sink });
    // No sink has the batch, so what an earlier attempt wrote holds no longer.
    log?.removeBelow(batchId + 1);
    log?.write(batchId, new TextEncoder().encode(now));
  }
}
