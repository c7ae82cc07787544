import { stateValueError } from "../errors/user-state-error.ts";
import type { RowBuffer } from "../state/row-codec.ts";
import { userCodec, type UserCodec, type UserType } from "../user/value-codec.ts";
import type { StateCodec } from "./stateful.ts";
import type { Item, ItemKey, Slot, UserCallScope } from "./user-call-scope.ts";
import type { UserVariable } from "./user-state.ts";

/** A variable's declaration, without timers. */
export type StoredVariable = Exclude<UserVariable, "timers">;

/** The values of one named state of a function, for the key of the call that runs. What has expired is not seen. */
export class UserVariableValues<Value> {
  readonly #scope: UserCallScope;
  /** Its place among the key's slots. */
  readonly #at: number;
  readonly #type: UserCodec<Value>;
  readonly #ttl: number;
  readonly #codec: StateCodec;
  readonly #row: RowBuffer;

  constructor(scope: UserCallScope, at: number, name: string, type: UserType, ttl: number | undefined, codec: StateCodec) {
    this.#scope = scope;
    this.#at = at;
    this.#type = userCodec(type, name);
    this.#ttl = ttl ?? Infinity;
    this.#codec = codec;
    this.#row = codec.writer();
  }

  /** The keys of the values that are there. */
  *keys(): Iterable<ItemKey> {
    for (const [key, item] of this.#slot.items) if (this.#isLive(item)) yield key;
  }

  get size(): number {
    let count = 0;
    for (const item of this.#slot.items.values()) if (this.#isLive(item)) count++;
    return count;
  }

  has(key: ItemKey): boolean {
    const item = this.#slot.items.get(key);
    return item !== undefined && this.#isLive(item);
  }

  get(key: ItemKey): Value | undefined {
    const item = this.#slot.items.get(key);
    return item === undefined || !this.#isLive(item) ? undefined : this.#type.read(this.#codec.reader(item.bytes));
  }

  set(key: ItemKey, value: Value): void {
    const { items } = this.#slot;
    this.#row.drop();
    this.#type.write(value, this.#row);
    const there = items.get(key);
    // What has expired leaves no trace: the value comes behind the others.
    if (there !== undefined && !this.#isLive(there)) items.delete(key);
    const expiresAt = this.#scope.timestamp + this.#ttl;
    items.set(key, { bytes: this.#row.take(), expiresAt });
    const { entry } = this.#scope;
    if (expiresAt < entry.expiry) entry.expiry = expiresAt;
    this.#scope.touch();
  }

  /** Adds a value under the next place. */
  push(value: Value): void {
    this.set(this.#slot.next++, value);
  }

  delete(key: ItemKey): void {
    if (this.#slot.items.delete(key)) this.#scope.touch();
  }

  clear(): void {
    const { items } = this.#slot;
    if (items.size > 0) this.#scope.touch();
    items.clear();
  }

  get #slot(): Slot {
    return this.#scope.entry.slots[this.#at]!;
  }

  #isLive(item: Item): boolean {
    return item.expiresAt > this.#scope.timestamp;
  }
}

/** What a function is given for a variable: a ValueState, ListState or MapState. */
export function variableHandle(declared: StoredVariable, name: string, scope: UserCallScope, at: number, codec: StateCodec): object {
  if ("value" in declared) {
    const values = new UserVariableValues<unknown>(scope, at, name, declared.value, declared.ttl, codec);
    return {
      get exists() {
        return values.has(null);
      },
      get: () => values.get(null),
      set: (value: unknown) => values.set(null, value),
      clear: () => values.clear(),
    };
  }
  if ("list" in declared) return listHandle(new UserVariableValues<unknown>(scope, at, name, declared.list, declared.ttl, codec));
  const values = new UserVariableValues<unknown>(scope, at, name, declared.map, declared.ttl, codec);
  const keyed = <Given>(key: ItemKey, use: () => Given): Given => {
    if (typeof key !== declared.key) throw stateValueError(`a key of ${name}`, `a ${declared.key}`, key === null ? "null" : `a ${typeof key}`);
    return use();
  };
  return {
    get size() {
      return values.size;
    },
    get: (key: ItemKey) => keyed(key, () => values.get(key)),
    has: (key: ItemKey) => keyed(key, () => values.has(key)),
    set: (key: ItemKey, value: unknown) => keyed(key, () => values.set(key, value)),
    delete: (key: ItemKey) => keyed(key, () => values.delete(key)),
    entries: () => Array.from(values.keys(), (key) => [key, values.get(key)] as const),
    clear: () => values.clear(),
  };
}

function listHandle(values: UserVariableValues<unknown>): object {
  const addAll = (added: readonly unknown[]): void => added.forEach((value) => values.push(value));
  return {
    get length() {
      return values.size;
    },
    get: () => Array.from(values.keys(), (key) => values.get(key)),
    add: (...added: readonly unknown[]) => addAll(added),
    set: (given: readonly unknown[]) => {
      values.clear();
      addAll(given);
    },
    clear: () => values.clear(),
  };
}
