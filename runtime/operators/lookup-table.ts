import { GroupRows } from "./groups/group-rows.ts";
import type { Lookup, LookupSpec } from "./lookup.ts";

/** Rows by key in memory; rows of a key keep the order in which they were added. */
export function createLookup<Spec extends LookupSpec, Row>(spec: Spec): Lookup<Spec, Row> {
  const keys = new GroupRows(Object.values(spec.key), []);
  const none: readonly Row[] = [];
  let buckets: Row[][] = [];
  let rows: Row[] = [];
  return {
    spec,
    clear() {
      keys.clear();
      buckets = [];
      rows = [];
    },
    add(key, row) {
      rows.push(row);
      (buckets[keys.slot(key)] ??= []).push(row);
    },
    find(key) {
      return key.includes(null) ? none : (buckets[keys.slot(key)] ?? none);
    },
    all: () => rows,
  };
}
