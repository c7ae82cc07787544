import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { StatefulOperator } from "../operators/stateful.ts";
import { createStateCodec } from "../state/codec.ts";
import type { ParamValues, QueryDefinition } from "./definition.ts";
import { operatorsOf } from "./operators-of.ts";

const compilerSays = "`sluice check --shards` says why; run it without --shard, or choose the queries of the shards with --query";

/** Refuses to run a query as a shard that cannot be divided. Nothing is opened for it. */
export function checkShard(definition: QueryDefinition<never>, params: ParamValues): void {
  checkShardInputs(definition, params);
  // Nothing is written by this codec: what a query keeps is the same whatever its hash.
  checkShardState(definition, operatorsOf(definition, params, createStateCodec({ partitions: 1, hash: { name: "murmur3-32", seed: 0 } })));
}

/** Refuses to run a query as a shard whose inputs cannot be shared between processes: all of them would read the same. */
export function checkShardInputs(definition: QueryDefinition<never>, params: ParamValues): void {
  const streams = Object.values(definition.reads).filter(({ bounded }) => !bounded);
  if (streams.length === 0) throw notSharded(`the query \`${definition.name}\` reads tables only, which every shard reads whole: each would give the whole result`);
  const unfit = definition.sharding?.unfit;
  if (unfit !== undefined) throw notSharded(`the query \`${definition.name}\` cannot be divided into shards: ${unfit}`);
  for (const { input, connector } of streams) {
    const { name, isShared } = connector(params);
    if (isShared !== true) throw notSharded(`the query \`${definition.name}\` reads \`${input}\`, and a ${name} source has no partitions that shards could share`);
  }
}

/** Refuses to run a query as a shard whose state goes by keys of which rows may be in any shard. */
export function checkShardState({ name, sharding }: Pick<QueryDefinition<never>, "name" | "sharding">, operators: readonly Pick<StatefulOperator, "descriptor">[]): void {
  const other = operators.find(({ descriptor }) => sharding === undefined || !Object.hasOwn(sharding.states, descriptor.operatorId));
  if (other === undefined) return;
  throw notSharded(`the query \`${name}\` cannot be divided into shards: rows of one key of \`${other.descriptor.operatorId}\` may be in several of them`);
}

function notSharded(what: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7803", what, how: compilerSays });
}
