import { shardCode, shardJoin, shardKey, shardSource, shardTable, shardWhole } from "../diagnostics/catalogue/shards.ts";
import type { PlacedDiagnostic } from "../diagnostics/diagnostic.ts";
import type { LogicalQuery } from "../ir/logical/job.ts";
import { shardsOf, type ShardObstacle } from "../ir/logical/sharding.ts";

/** A query as the job says it, and as it runs. */
interface TwoForms {
  readonly analyzed: LogicalQuery;
  readonly optimized: LogicalQuery;
}

const kinds = { source: shardSource, key: shardKey, join: shardJoin, whole: shardWhole, table: shardTable, code: shardCode } satisfies Record<ShardObstacle["kind"], unknown>;

/**
 * Why queries cannot be divided into shards; nothing where they can. What runs decides it. The reasons are told of what the job says, in which no column that a
 * step does not need has left the rows.
 */
export function checkShards(queries: readonly TwoForms[]): readonly PlacedDiagnostic[] {
  return queries.flatMap(({ analyzed, optimized }) => {
    const { obstacles } = shardsOf(optimized);
    if (obstacles.length === 0) return [];
    const written = shardsOf(analyzed).obstacles;
    const told = new Set<string>();
    return (written.length === 0 ? obstacles : written).flatMap(({ kind, what, reason, help, at }) => {
      // A stream that is used twice is met twice.
      const text = `${kind} ${at.start} ${what} ${reason}`;
      if (told.has(text)) return [];
      told.add(text);
      return [kinds[kind]({ query: analyzed.name, what, reason }).at(at).helped(help)];
    });
  });
}
