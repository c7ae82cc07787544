/** A field of an object that a user's code made: its own or its class's. Under a name that every object has (`constructor`) only its own, else undefined. */
export function ownField<T extends object, K extends keyof T>(record: T, name: K): T[K] {
  const value: unknown = name in Object.prototype && !Object.hasOwn(record, name) ? undefined : Reflect.get(record, name);
  // Where there is none, the declaration lets it be left out, or whoever asks refuses undefined.
  return value as T[K];
}
