import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { valueType } from "../formats/value-type.ts";
import { JsonWriter } from "../formats/json-writer.ts";
import { writeJsonValue } from "../formats/json-value.ts";
import type { GroupView, KeyedLanes } from "../operators/groups.ts";
import { KeyCodec } from "../operators/key-codec.ts";
import type { Columns } from "../operators/top.ts";
import type { UserVariable } from "../operators/user-state.ts";
import { OperatorRegistry } from "../query/operator-registry.ts";
import type { ProgramContext } from "../query/query-context.ts";
import { RowDecoder } from "../state/row-decoder.ts";
import { WatermarkTracker } from "../time/watermark-tracker.ts";
import type { UserType } from "../user/value-codec.ts";
import { fieldsOf } from "./state-fields.ts";
import { plainJson } from "./plain-json.ts";
import { stateOfKey, statesOfKey } from "./user-state-entries.ts";

/** An entry of an operator's state. */
export interface StateEntry {
  /** The key's columns by name, as JSON has them; a window's bounds are `window_start` and `window_end`. Of an operator without names, its fields in order. */
  readonly key: unknown;
  /** Of an aggregate its results by name; of a user's state the state, or its named states; of any other operator its stored fields in order. */
  readonly value: unknown;
}

/** What an operator was made with and what it gave. */
interface Made {
  readonly kind: string;
  readonly spec: unknown;
  readonly operator: unknown;
}

/** Looks into the operators that a query is built with. */
export class OperatorProbe {
  /** The watermark steps. */
  readonly watermarks: WatermarkTracker[] = [];
  readonly #made = new Map<string, Made>();
  #registry: OperatorRegistry | undefined;

  /** The context for the program that is built: it notes what is made. */
  watch(context: ProgramContext): ProgramContext {
    this.#made.clear();
    this.watermarks.length = 0;
    if (context instanceof OperatorRegistry) this.#registry = context;
    return new Proxy(context, {
      get: (target, name): unknown => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== "function") return member;
        return (...args: readonly unknown[]): unknown => {
          const made: unknown = Reflect.apply(member, target, args);
          if (made instanceof WatermarkTracker) this.watermarks.push(made);
          const [id, spec] = args;
          if (typeof id === "string") this.#made.set(id, { kind: String(name), spec, operator: made });
          return made;
        };
      },
    });
  }

  /** The ids of the operators that keep state. */
  get operators(): readonly string[] {
    return this.#registry?.stateful.map(({ descriptor }) => descriptor.operatorId) ?? [];
  }

  /** What an operator keeps; undefined where the query has none of that id. */
  entries(operatorId: string): readonly StateEntry[] | undefined {
    const kept = this.#registry?.stateful.find(({ descriptor }) => descriptor.operatorId === operatorId);
    const made = this.#made.get(operatorId);
    if (kept === undefined) return undefined;
    if (made !== undefined && (made.kind === "groups" || made.kind === "sessions") && hasSnapshot(made.operator)) {
      return groupEntries(made.operator.snapshot(), keyOf(made.spec), made.kind === "sessions" || hasWindow(made.spec));
    }
    const stored = [...kept.entries()].flatMap(({ key, value }) => (value === undefined ? [] : [{ key, value }]));
    if (made !== undefined && isUserState(made.spec)) return userEntries(stored, made.spec);
    return stored.map(({ key, value }) => ({ key: fieldsOf(key), value: fieldsOf(value) }));
  }
}

interface Stored {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

interface UserStateParts {
  readonly key: Columns;
  readonly state?: UserType;
  readonly states?: Readonly<Record<string, UserVariable>>;
}

function isUserState(spec: unknown): spec is UserStateParts {
  return isObject(spec) && "key" in spec && "call" in spec && ("state" in spec || "states" in spec);
}

function hasSnapshot(operator: unknown): operator is { snapshot(): GroupView<KeyedLanes> } {
  return isObject(operator) && "snapshot" in operator && typeof operator.snapshot === "function";
}

function hasWindow(spec: unknown): boolean {
  return isObject(spec) && "window" in spec;
}

function keyOf(spec: unknown): Readonly<Record<string, TypeDescriptor>> {
  // Emitted code gives every table its key.
  return (spec as KeyedLanes).key;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function groupEntries(view: GroupView<KeyedLanes>, key: Readonly<Record<string, TypeDescriptor>>, isWindowed: boolean): readonly StateEntry[] {
  return [...view.slots].map((slot) => {
    const window = isWindowed ? { window_start: jsonOf(view.windowStart(slot), "timestamp"), window_end: jsonOf(view.windowEnd(slot), "timestamp") } : {};
    const columns = Object.entries(key).map(([name, type]) => [name, jsonOf(view.keys[name]?.get(slot), type)] as const);
    const results = Object.entries(view.lanes).map(([name, lane]) => [name, resultOf(lane, slot)] as const);
    return { key: { ...Object.fromEntries(columns), ...window }, value: Object.fromEntries(results) };
  });
}

/** What a lane has come to; one over distinct values has its result in the lane within. */
function resultOf(lane: object, slot: number): unknown {
  const owner: object = "inner" in lane && isObject(lane.inner) ? lane.inner : lane;
  return "get" in owner && typeof owner.get === "function" ? (Reflect.apply(owner.get, owner, [slot]) as unknown) : undefined;
}

function userEntries(stored: readonly Stored[], spec: UserStateParts): readonly StateEntry[] {
  const types = Object.values(spec.key);
  const keys = new KeyCodec(types, "one zero");
  return stored.flatMap(({ key, value }) => {
    // The entry that says that the first batch has been has no key.
    if (value.length === 0) return [];
    const values = keys.read(new RowDecoder(key));
    const named = Object.keys(spec.key).map((name, at) => [name, jsonOf(values[at], types[at] ?? "string")] as const);
    return [{ key: Object.fromEntries(named), value: spec.states === undefined ? stateOfKey(value, spec.state ?? "string") : statesOfKey(value, spec.states) }];
  });
}

function jsonOf(value: unknown, type: TypeDescriptor): unknown {
  const out = new JsonWriter();
  writeJsonValue(value, valueType(type), out);
  return plainJson(new TextDecoder().decode(out.view()));
}
