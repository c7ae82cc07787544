import { aggregateFunctions } from "./aggregate/list.ts";
import type { AggregateFunction } from "./aggregate-function.ts";
import { collectionFunctions } from "./scalar/list-collections.ts";
import { datetimeFunctions } from "./scalar/list-datetime.ts";
import { mathsFunctions } from "./scalar/list-maths.ts";
import { operatorsAndMath } from "./scalar/list-operators.ts";
import { stringFunctions } from "./scalar/list-strings.ts";
import { textAndTimeFunctions } from "./scalar/list-text-time.ts";
import type { ScalarFunction } from "./scalar-function.ts";

const scalars = byName([...operatorsAndMath, ...collectionFunctions, ...datetimeFunctions, ...mathsFunctions, ...stringFunctions, ...textAndTimeFunctions]);
const aggregates = byName(aggregateFunctions);

/** The scalar function or operator of a name or alias, as written in the job (`lower`, `char_length`) or as a symbol (`+`, `is null`). */
export function findScalar(name: string): ScalarFunction | undefined {
  return scalars.get(name);
}

/** The aggregate of a name or alias. */
export function findAggregate(name: string): AggregateFunction | undefined {
  return aggregates.get(name);
}

/** Every name by which a job can call a scalar function, sorted; operators are not among them. For did-you-mean. */
export function scalarNames(): readonly string[] {
  return namesOf(scalars);
}

/** Every name by which a job can call an aggregate, sorted. */
export function aggregateNames(): readonly string[] {
  return namesOf(aggregates);
}

function byName<F extends { readonly name: string; readonly aliases?: readonly string[] }>(functions: readonly F[]): ReadonlyMap<string, F> {
  return new Map(functions.flatMap((fn) => [fn.name, ...(fn.aliases ?? [])].map((name): [string, F] => [name, fn])));
}

function namesOf(functions: ReadonlyMap<string, unknown>): readonly string[] {
  return [...functions.keys()].filter((name) => /^[a-z_0-9]+$/.test(name) && !operatorWords.has(name)).sort();
}

/** Operators that are words: reserved, so no call can be meant by them. */
const operatorWords: ReadonlySet<string> = new Set(["and", "or", "not", "in", "like", "rlike", "negate"]);
