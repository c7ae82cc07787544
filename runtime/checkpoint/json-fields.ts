import { isJsonObject, jsonObject, type ExactJson, type ExactJsonObject } from "./exact-json.ts";

/** Reads the fields of a JSON object by name; a wrong or missing one is a `SyntaxError` that names it. What was not read is `rest`. */
export class JsonFields {
  readonly #object: ExactJsonObject;
  readonly #read = new Set<string>();

  constructor(value: ExactJson) {
    if (!isJsonObject(value)) throw new SyntaxError("expected a JSON object");
    this.#object = value;
  }

  has(name: string): boolean {
    return this.#object[name] !== undefined;
  }

  value(name: string): ExactJson {
    this.#read.add(name);
    const value = this.#object[name];
    if (value === undefined) throw new SyntaxError(`the field "${name}" is missing`);
    return value;
  }

  text(name: string): string {
    return asText(this.value(name), name);
  }

  number(name: string): number {
    return asNumber(this.value(name), name);
  }

  /** A number where `"Infinity"` stands for the end of time. */
  time(name: string): number {
    return asTime(this.value(name), name);
  }

  object(name: string): JsonFields {
    return new JsonFields(this.value(name));
  }

  list(name: string): readonly ExactJson[] {
    return asList(this.value(name), name);
  }

  /** Every field, converted. */
  record<T>(convert: (value: ExactJson, name: string) => T): Readonly<Record<string, T>> {
    const record: Record<string, T> = Object.create(null);
    for (const [name, value] of Object.entries(this.#object)) record[name] = convert(value, name);
    return record;
  }

  /** The fields that nobody read; undefined where there are none. */
  rest(): ExactJsonObject | undefined {
    const unread = Object.entries(this.#object).filter(([name]) => !this.#read.has(name));
    return unread.length === 0 ? undefined : jsonObject(unread);
  }
}

export function asText(value: ExactJson, name: string): string {
  if (typeof value !== "string") throw new SyntaxError(`"${name}" must be a text`);
  return value;
}

export function asNumber(value: ExactJson, name: string): number {
  if (typeof value !== "number") throw new SyntaxError(`"${name}" must be a number`);
  return value;
}

export function asTime(value: ExactJson, name: string): number {
  return value === "Infinity" ? Infinity : asNumber(value, name);
}

export function asList(value: ExactJson, name: string): readonly ExactJson[] {
  if (!Array.isArray(value)) throw new SyntaxError(`"${name}" must be a list`);
  return value;
}

/** The form that `asTime` reads. */
export function timeJson(milliseconds: number): ExactJson {
  return milliseconds === Infinity ? "Infinity" : milliseconds;
}
