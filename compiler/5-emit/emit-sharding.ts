import { arrayCode, objectCode } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { numberCode, stringCode } from "../code/literal.ts";
import { declaredOf, sameKey } from "../ir/logical/spread.ts";
import type { PhysicalProgram } from "../ir/physical/physical.ts";
import { readsOf } from "../ir/physical/reads-of.ts";
import { block } from "./emit-definition.ts";
import { descriptorText } from "./value-type.ts";

/**
 * How a query is divided into shards with its state: the columns that each read is partitioned by, and their places among the keys of each operator. Undefined where
 * it puts nothing together, and where it cannot be divided: a shard of it is then refused if it has state; where it has none, the reason stands there.
 */
export function emitSharding(query: PhysicalProgram & { readonly unfit?: string }): Code | undefined {
  const { tables, joins, tops, latest, keySets, states, limits } = query;
  const kept = [
    ...[...tables, ...states].filter((table) => table.kept),
    ...joins, ...tops, ...latest,
    ...keySets.flatMap(({ id, kept: set }) => (set === undefined ? [] : [{ id, places: set.places }])),
  ];
  const places = kept.flatMap(({ id, places: found }) => (found === undefined ? [] : [[id, arrayCode(found.map(numberCode))] as const]));
  const isFit = places.length === kept.length && limits.length === 0;
  // Of sinks that are together one may keep nothing and stand in the way, and the others have state that could be divided.
  if (isFit && query.unfit !== undefined) return block([["reads", objectCode([])], ["states", objectCode([])], ["unfit", stringCode(query.unfit)]]);
  // Groups of a batch are no state, and each must be in one shard all the same.
  const isByKey = kept.length > 0 || tables.some((table) => table.places !== undefined);
  if (!isByKey || !isFit) return undefined;
  const declaredReads = readsOf(query).flatMap(({ name, input, isSpread }) => {
    const declared = isSpread === true ? declaredOf(input) : undefined;
    return declared === undefined ? [] : [{ name, declared }];
  });
  const [first] = declaredReads;
  // Sinks that are together may go by different keys, and their state is one.
  if (first === undefined || !declaredReads.every(({ declared }) => sameKey(first.declared, declared))) return undefined;
  const reads = declaredReads.map(({ name, declared }) => {
    const items = declared.fields.map((field) => objectCode([["name", stringCode(field.name)], ["type", new Code(descriptorText(field.type, field.nullable), Precedence.primary, [])]]));
    return [name, arrayCode(items)] as const;
  });
  return block([["reads", objectCode(reads)], ["states", objectCode(places)]]);
}
