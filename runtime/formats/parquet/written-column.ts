import { detachText } from "../columns/detach-text.ts";
import type { ValueType } from "../value-type.ts";

/** Values of one column that wait to be written, in the form that the library takes. */
export class WrittenColumn {
  /** In memory of their own. */
  values: unknown[] = [];
  /** Whether −0 is among them, which a dictionary would take for 0. */
  hasNegativeZero = false;
  readonly #type: ValueType;
  /** About how many have come. */
  #bytes = 0;

  constructor(type: ValueType) {
    this.#type = type;
  }

  /** Takes a value and says about how many bytes it has. */
  add(value: unknown): number {
    const before = this.#bytes;
    this.values.push(this.#written(value, this.#type));
    return this.#bytes - before;
  }

  clear(): void {
    this.values = [];
    this.hasNegativeZero = false;
  }

  #written(value: unknown, type: ValueType): unknown {
    this.#bytes += 8;
    if (value === null || value === undefined) return null;
    switch (type.kind) {
      case "long":
      case "timestamp":
      case "duration":
      case "decimal":
        return typeof value === "bigint" ? value : BigInt(Number(value));
      case "float":
      case "double":
        if (Object.is(value, -0)) this.hasNegativeZero = true;
        return value;
      case "string": {
        const text = String(value);
        this.#bytes += text.length;
        return detachText(text);
      }
      case "binary":
        if (!(value instanceof Uint8Array)) return value;
        this.#bytes += value.length;
        return value.slice();
      case "array":
        return Array.isArray(value) ? value.map((item) => this.#written(item, type.element)) : value;
      case "map":
        return value instanceof Map ? [...value].map(([key, item]) => ({ key: this.#written(key, type.key), value: this.#written(item, type.value) })) : value;
      case "record": {
        const record: Record<string, unknown> = { ...type.empty };
        const given: Readonly<Record<string, unknown>> = Object(value);
        for (const field of type.fields) record[field.name] = this.#written(given[field.name], field.type);
        return record;
      }
      default:
        return value;
    }
  }
}
