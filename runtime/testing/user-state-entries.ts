import { KeyEntryForm } from "../operators/key-entry-form.ts";
import type { KeyEntry } from "../operators/user-call-scope.ts";
import type { UserVariable } from "../operators/user-state.ts";
import type { StoredVariable } from "../operators/user-variable.ts";
import { RowDecoder } from "../state/row-decoder.ts";
import { userCodec, type UserType } from "../user/value-codec.ts";
import { fieldsOf } from "./state-fields.ts";

/** The one state of a key as a function wrote it (its timeouts stand before it where the step has one); null of a key that has a timeout alone. */
export function stateOfKey(value: Uint8Array, type: UserType): unknown {
  const state = fieldsOf(value).at(-1);
  return state instanceof Uint8Array ? userCodec<unknown>(type).read(new RowDecoder(state)) : null;
}

/** The named states of a key: a value, an array, a `Map`; undefined where nothing is there. Of timers their times as ISO texts. */
export function statesOfKey(value: Uint8Array, variables: Readonly<Record<string, UserVariable>>): Readonly<Record<string, unknown>> {
  const stored = Object.entries(variables).flatMap(([name, declared]) => (declared === "timers" ? [] : [[name, declared] as const]));
  const entry = new KeyEntryForm(stored).read(new RowDecoder(value));
  return Object.fromEntries(Object.entries(variables).map(([name, declared]) => [name, declared === "timers" ? timersOf(entry) : heldBy(declared, entry, stored.findIndex(([each]) => each === name))]));
}

function heldBy(declared: StoredVariable, { slots }: KeyEntry, at: number): unknown {
  const codec = userCodec<unknown>("value" in declared ? declared.value : "list" in declared ? declared.list : declared.map);
  const items = [...(slots[at]?.items ?? [])].map(([key, { bytes }]) => [key, codec.read(new RowDecoder(bytes))] as const);
  if ("map" in declared) return new Map(items);
  const values = items.map(([, item]) => item);
  return "list" in declared ? values : values[0];
}

function timersOf({ eventTimers, processingTimers }: KeyEntry): unknown {
  const texts = (times: readonly number[]): readonly string[] => times.map((time) => new Date(time).toISOString());
  return { eventTime: texts(eventTimers), processingTime: texts(processingTimers) };
}
