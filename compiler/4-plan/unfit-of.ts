import type { QueryShards } from "../ir/logical/sharding.ts";

/** Why a query cannot be divided into shards; what it reads that cannot be shared the runtime sees by itself. */
export function unfitOf({ obstacles }: QueryShards): { readonly unfit?: string } {
  const [first] = obstacles;
  return first === undefined || obstacles.some(({ kind }) => kind === "source") ? {} : { unfit: `${first.what}: ${first.reason}` };
}
