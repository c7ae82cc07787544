import { joinPath, pathSafeName } from "../checkpoint/paths.ts";
import type { ParamValues, QueryDefinition } from "../query/definition.ts";
import { shardFolder, type Shard } from "../query/shard.ts";

/** Where the checkpoint of a query is. */
export interface CheckpointPlace {
  /** The folder of the checkpoint in one process. The file that says in how many slices it stands is beside it. */
  readonly whole: string;
  /** The folder of a shard's slice; of no shard the whole. */
  slice(shard: Shard | undefined): string;
}

/** In the folder that `--checkpoint` names, which the queries of a job share: `DIR/shard-0-of-3/QUERY`. */
export function placeInFolder(directory: string, query: string): CheckpointPlace {
  const name = pathSafeName(query);
  return placeBetween(directory, [name]);
}

/** Where a run finds it: in the folder that it names, which goes before the query's clause; undefined where there is neither. */
export function placeOf(directory: string | undefined, { name, checkpoint }: Pick<QueryDefinition<never>, "name" | "checkpoint">, params: ParamValues): CheckpointPlace | undefined {
  if (directory !== undefined) return placeInFolder(directory, name);
  const clause = checkpoint?.(params);
  // A clause's folder is one query's, and its slices lie within it.
  return clause === undefined ? undefined : placeBetween(clause, []);
}

function placeBetween(directory: string, names: readonly string[]): CheckpointPlace {
  return {
    whole: joinPath(directory, ...names),
    slice: (shard) => joinPath(directory, ...(shard === undefined ? [] : [shardFolder(shard)]), ...names),
  };
}
