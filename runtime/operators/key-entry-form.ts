import type { RowReader, RowWriter } from "../state/row-codec.ts";
import { userCodec } from "../user/value-codec.ts";
import type { ItemKey, KeyEntry, Slot } from "./user-call-scope.ts";
import type { UserMapKey } from "./user-state.ts";
import type { StoredVariable } from "./user-variable.ts";

/** How a key with named states is written: its timers, then what each variable holds. */
export class KeyEntryForm {
  /** The variables in words, for a state's descriptor. */
  readonly text: readonly string[];
  readonly #keys: readonly (UserMapKey | "place" | "none")[];

  constructor(variables: readonly (readonly [name: string, declared: StoredVariable])[]) {
    this.text = variables.map(([name, declared]) => `${name}: ${textOf(declared)}`);
    this.#keys = variables.map(([, declared]) => ("map" in declared ? declared.key : "list" in declared ? "place" : "none"));
  }

  empty(): KeyEntry {
    return { slots: this.#keys.map(() => ({ items: new Map(), next: 0 })), eventTimers: [], processingTimers: [], expiry: Infinity };
  }

  isEmpty({ slots, eventTimers, processingTimers }: KeyEntry): boolean {
    return eventTimers.length === 0 && processingTimers.length === 0 && slots.every(({ items }) => items.size === 0);
  }

  write({ slots, eventTimers, processingTimers }: KeyEntry, out: RowWriter): void {
    writeTimers(eventTimers, out);
    writeTimers(processingTimers, out);
    slots.forEach(({ items }, at) => {
      out.writeNumber(items.size);
      for (const [key, { bytes, expiresAt }] of items) {
        writeKey(key, this.#keys[at]!, out);
        if (expiresAt === Infinity) out.writeNull();
        else out.writeNumber(expiresAt);
        out.writeBytes(bytes);
      }
    });
  }

  read(row: RowReader): KeyEntry {
    const [eventTimers, processingTimers] = [readTimers(row), readTimers(row)];
    let expiry = Infinity;
    const slots = this.#keys.map((form): Slot => {
      const items: Slot["items"] = new Map();
      const size = row.readNumber();
      for (let at = 0; at < size; at++) {
        const key = readKey(form, at, row);
        const expiresAt = row.readNull() ? Infinity : row.readNumber();
        expiry = Math.min(expiry, expiresAt);
        items.set(key, { bytes: row.readBytes(), expiresAt });
      }
      return { items, next: size };
    });
    return { slots, eventTimers, processingTimers, expiry };
  }

  /** Gives up what has expired at a time (µs), and finds when more does; whether there was any. */
  purge(entry: KeyEntry, now: number): boolean {
    let found = false;
    entry.expiry = Infinity;
    for (const { items } of entry.slots) {
      for (const [key, { expiresAt }] of items) {
        if (expiresAt <= now) {
          items.delete(key);
          found = true;
        } else if (expiresAt < entry.expiry) {
          entry.expiry = expiresAt;
        }
      }
    }
    return found;
  }
}

function textOf(declared: StoredVariable): string {
  if ("value" in declared) return userCodec(declared.value).text;
  if ("list" in declared) return `list of ${userCodec(declared.list).text}`;
  return `map of ${declared.key} to ${userCodec(declared.map).text}`;
}

function writeTimers(timers: readonly number[], out: RowWriter): void {
  out.writeNumber(timers.length);
  for (const time of timers) out.writeNumber(time);
}

function readTimers(row: RowReader): number[] {
  return Array.from({ length: row.readNumber() }, () => row.readNumber());
}

function writeKey(key: ItemKey, form: UserMapKey | "place" | "none", out: RowWriter): void {
  if (form === "string") out.writeText(String(key));
  else if (form === "number") out.writeNumber(Number(key));
  else if (form === "bigint" && typeof key === "bigint") out.writeLong(key);
}

function readKey(form: UserMapKey | "place" | "none", at: number, row: RowReader): ItemKey {
  switch (form) {
    case "string":
      return row.readText();
    case "number":
      return row.readNumber();
    case "bigint":
      return BigInt(row.readLong());
    case "place":
      return at;
    case "none":
      return null;
  }
}
