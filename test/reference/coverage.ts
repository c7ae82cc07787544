import { readFileSync } from "node:fs";
import { laterFunctions } from "../../compiler/2-analyze/expressions/later-functions.ts";
import { aggregateNames, scalarNames } from "../../compiler/catalog/functions/registry.ts";

/** How the functions of Spark 4.0 (`test/facts/spark-functions.json`, its operators left out) stand in this version. */
export interface Coverage {
  readonly all: readonly string[];
  /** Called by the same name. */
  readonly there: readonly string[];
  /** By name, how a job says it. */
  readonly saidOtherwise: ReadonlyMap<string, string>;
  /** The checker knows the name and says that it is not in this version. */
  readonly later: readonly string[];
  /** Unknown to the checker. */
  readonly missing: readonly string[];
}

/** Counts by the catalogue as it is. */
export function coverage(): Coverage {
  const spark = JSON.parse(readFileSync(new URL("../facts/spark-functions.json", import.meta.url), "utf8")) as { readonly functions: readonly string[]; readonly "said otherwise": Readonly<Record<string, string>> };
  const called = new Set([...scalarNames(), ...aggregateNames()]);
  const there = spark.functions.filter((name) => called.has(name));
  const saidOtherwise = new Map(Object.entries(spark["said otherwise"]).filter(([name]) => !called.has(name)));
  const left = spark.functions.filter((name) => !called.has(name) && !saidOtherwise.has(name));
  return { all: spark.functions, there, saidOtherwise, later: left.filter((name) => laterFunctions.has(name)), missing: left.filter((name) => !laterFunctions.has(name)) };
}

/** The coverage in a line: `350 of 458 of Spark's functions, …`. */
export function coverageLine({ all, there, saidOtherwise }: Coverage): string {
  return `${there.length} of ${all.length} of Spark's functions by the same name, ${saidOtherwise.size} more said in another way`;
}
