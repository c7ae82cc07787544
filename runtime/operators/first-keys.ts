import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { KeyTuple } from "./keys/key-tuple.ts";
import type { LookupSpec } from "./lookup.ts";

/** The keys that came so far, to let the first row of each pass (Spark's Deduplicate over bounded rows). Null equals null. */
export interface FirstKeys {
  clear(): void;
  /** Whether the key comes for the first time since `clear`; its values in the order of the spec. */
  isFirst(key: readonly unknown[]): boolean;
}

/** Makes an empty set of keys. `seed` starts its hashes: any number, best a random one. */
export function createFirstKeys(spec: LookupSpec, seed: number = 0x2545f491): FirstKeys {
  const keys = new KeyTuple(Object.values<TypeDescriptor>(spec.key), seed);
  let seen = 0;
  return {
    clear() {
      keys.clear();
      seen = 0;
    },
    isFirst(key) {
      if (keys.idOf(key) < seen) return false;
      seen++;
      return true;
    },
  };
}
