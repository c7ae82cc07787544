import { stateValueError } from "../errors/user-state-error.ts";
import { ownField } from "../functions/user/own-field.ts";
import type { RowReader, RowWriter } from "../state/row-codec.ts";

type UserScalar = "string" | "number" | "bigint" | "boolean" | "Date" | "Uint8Array";

/**
 * A type of a user's own values as emitted modules write it: `"number"`, `"Date?"` where null or undefined may stand for it, `{ array: "string" }`,
 * `{ map: "number" }` (a `Map` from strings), `{ fields: { count: "number" } }`. What is no scalar says `nullable: true`.
 */
export type UserType = UserScalar | `${UserScalar}?` | UserArray | UserMap | UserRecord;

interface UserArray {
  /** The element. */
  readonly array: UserType;
  readonly nullable?: true;
}

interface UserMap {
  /** The value. */
  readonly map: UserType;
  readonly nullable?: true;
}

interface UserRecord {
  readonly fields: Readonly<Record<string, UserType>>;
  readonly nullable?: true;
}

/** How a user's values are written to a row and read back. */
export interface UserCodec<Value> {
  /** The type in one text: a state that was written as another is not read. */
  readonly text: string;
  /** A value of another type is R7510, with where it lies; the row then holds a part of it. */
  write(value: Value, out: RowWriter): void;
  /** Always a new value. Null, undefined and fields that are absent come back as they were, bigints as bigints, records as plain objects of their declared fields. */
  read(row: RowReader): Value;
}

/** The codec of a type, of which `Value` is the TypeScript form. `name`: what errors call a value that is a part of the state. */
export function userCodec<Value>(type: UserType, name: string = ""): UserCodec<Value> {
  const form = formOf(type);
  return {
    text: form.text,
    write(value, out) {
      try {
        form.write(value, out);
      } catch (error) {
        throw error instanceof WrongValue ? stateValueError(name + error.path, error.expected, error.found) : error;
      }
    },
    // What was written as a value of the type is read.
    read: (row) => form.read(row) as Value,
  };
}

interface Form {
  readonly text: string;
  write(value: unknown, out: RowWriter): void;
  read(row: RowReader): unknown;
}

/** A value that its declared type does not have; each container that it lies in adds its place. */
class WrongValue extends Error {
  readonly expected: string;
  readonly found: string;
  path = "";

  constructor(expected: string, value: unknown) {
    super(expected);
    this.expected = expected;
    this.found = kindOf(value);
  }
}

function formOf(type: UserType): Form {
  if (typeof type === "string") {
    const nullable = type.endsWith("?");
    const name = nullable ? type.slice(0, -1) : type;
    const form = scalarForms[name];
    if (form === undefined) throw new TypeError(`not a type of a user's value: ${JSON.stringify(type)}`);
    return nullable ? orNothing(form) : form;
  }
  const form = "array" in type ? arrayForm(formOf(type.array)) : "map" in type ? mapForm(formOf(type.map)) : recordForm(Object.entries(type.fields).map(([name, field]) => [name, formOf(field)]));
  return type.nullable === true ? orNothing(form) : form;
}

const [leastLong, greatestLong] = [-(2n ** 63n), 2n ** 63n - 1n];

const scalarForms: Readonly<Record<string, Form>> = {
  string: scalarForm("string", (value) => typeof value === "string", (value, out) => out.writeText(value), (row) => row.readText()),
  boolean: scalarForm("boolean", (value) => typeof value === "boolean", (value, out) => out.writeBoolean(value), (row) => row.readBoolean()),
  number: scalarForm("number", (value) => typeof value === "number", (value, out) => out.writeNumber(value), (row) => row.readNumber()),
  bigint: scalarForm("bigint", isLong, (value, out) => out.writeLong(value), (row) => BigInt(row.readLong()), "a bigint of 64 bits"),
  Date: scalarForm("Date", isDate, (value, out) => out.writeNumber(value.getTime()), (row) => new Date(row.readNumber()), "a valid Date"),
  Uint8Array: scalarForm("Uint8Array", (value) => value instanceof Uint8Array, (value, out) => out.writeBytes(value), (row) => row.readBytes()),
};

function isLong(value: unknown): value is bigint {
  return typeof value === "bigint" && value >= leastLong && value <= greatestLong;
}

function isDate(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

function scalarForm<Value>(text: string, is: (value: unknown) => value is Value, write: (value: Value, out: RowWriter) => void, read: (row: RowReader) => Value, expected = `a ${text}`): Form {
  return {
    text,
    write(value, out) {
      if (!is(value)) throw new WrongValue(expected, value);
      write(value, out);
    },
    read,
  };
}

/** A null before the value stands for none: behind it true where it is null, false where it is undefined. */
function orNothing(form: Form): Form {
  return {
    text: `${form.text}?`,
    write(value, out) {
      if (value !== null && value !== undefined) return form.write(value, out);
      out.writeNull();
      out.writeBoolean(value === null);
    },
    read(row) {
      if (!row.readNull()) return form.read(row);
      return row.readBoolean() ? null : undefined;
    },
  };
}

function arrayForm(element: Form): Form {
  return {
    text: `${element.text}[]`,
    write(value, out) {
      if (!Array.isArray(value)) throw new WrongValue("an array", value);
      const items: readonly unknown[] = value;
      out.writeNumber(items.length);
      for (let at = 0; at < items.length; at++) {
        try {
          element.write(items[at], out);
        } catch (error) {
          throw within(error, `[${at}]`);
        }
      }
    },
    read: (row) => Array.from({ length: row.readNumber() }, () => element.read(row)),
  };
}

function mapForm(item: Form): Form {
  return {
    text: `Map<string, ${item.text}>`,
    write(value, out) {
      if (!(value instanceof Map)) throw new WrongValue("a Map", value);
      const entries: ReadonlyMap<unknown, unknown> = value;
      out.writeNumber(entries.size);
      for (const [key, each] of entries) {
        if (typeof key !== "string") throw within(new WrongValue("a string", key), " key");
        out.writeText(key);
        try {
          item.write(each, out);
        } catch (error) {
          throw within(error, `[${JSON.stringify(key)}]`);
        }
      }
    },
    read: (row) => new Map(Array.from({ length: row.readNumber() }, () => [row.readText(), item.read(row)])),
  };
}

function recordForm(fields: readonly (readonly [name: string, form: Form])[]): Form {
  return {
    text: `{ ${fields.map(([name, form]) => `${JSON.stringify(name)}: ${form.text}`).join(", ")} }`,
    write(value, out) {
      if (typeof value !== "object" || value === null || Array.isArray(value)) throw new WrongValue("an object", value);
      for (const [name, form] of fields) {
        try {
          form.write(ownField(value as Readonly<Record<string, unknown>>, name), out);
        } catch (error) {
          throw within(error, `.${name}`);
        }
      }
    },
    read(row) {
      const record: Record<string, unknown> = {};
      for (const [name, form] of fields) {
        const value = form.read(row);
        if (value === undefined) continue;
        // Defined, not assigned: a field may be called `__proto__`.
        if (name === "__proto__") Object.defineProperty(record, name, { value, writable: true, enumerable: true, configurable: true });
        else record[name] = value;
      }
      return record;
    },
  };
}

function within(error: unknown, place: string): unknown {
  if (error instanceof WrongValue) error.path = place + error.path;
  return error;
}

/** What a value is, in the words of a message. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "bigint") return "a bigint beyond it";
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : "a Date";
  if (value instanceof Map) return "a Map";
  if (value instanceof Uint8Array) return "a Uint8Array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
