import type { TypeDescriptor } from "../../formats/type-descriptor.ts";
import { JsonWriter } from "../../formats/json-writer.ts";
import { partitionOfKey } from "./client/records/murmur2.ts";

const encoder = new TextEncoder();

/** A column whose values choose a partition. */
interface KeyColumn {
  readonly name: string;
  readonly type: TypeDescriptor;
}

/**
 * The partition of which the columns' values are the key, as Kafka's default partitioner chooses it: murmur2 over the key's bytes. Of one string column these are its UTF-8,
 * of one binary column its bytes; of another column its JSON text, of several a JSON object of them, in order, as a sink of Sluice writes a key. Undefined where there is no key: a null
 * as the only text or bytes lets a producer choose any partition.
 */
export function partitionOf(values: readonly unknown[], columns: readonly KeyColumn[], partitions: number): number | undefined {
  const bytes = keyBytes(values, columns);
  return bytes === undefined ? undefined : partitionOfKey(bytes, partitions);
}

const out = new JsonWriter();

function keyBytes(values: readonly unknown[], columns: readonly KeyColumn[]): Uint8Array | undefined {
  const [only, second] = columns;
  if (only !== undefined && second === undefined) {
    const [value] = values;
    const type = typeName(only.type);
    if (type === "string" || type === "binary") return typeof value === "string" ? encoder.encode(value) : value instanceof Uint8Array ? value : undefined;
    out.reset();
    writeValue(value, type);
    return out.view();
  }
  out.reset();
  for (const [at, { name, type }] of columns.entries()) {
    out.json(`${at === 0 ? "{" : ","}${JSON.stringify(name)}:`);
    writeValue(values[at], typeName(type));
  }
  out.raw("}");
  return out.view();
}

function typeName(type: TypeDescriptor): string {
  return typeof type === "string" ? type.replace(/\?$/, "") : "";
}

function writeValue(value: unknown, type: string): void {
  if (value === null || value === undefined) return out.raw("null");
  const scale = /^decimal\(\d+,(\d+)\)$/.exec(type)?.[1];
  if (scale !== undefined) return out.decimal(wholeOf(value), Number(scale));
  switch (type) {
    case "string":
      return out.text(String(value));
    case "binary":
      return out.binary(value instanceof Uint8Array ? value : null);
    case "boolean":
      return out.boolean(value === true || value === 1);
    case "date":
      return out.date(Number(value));
    case "int":
      return out.int(Number(value));
    case "long":
      return out.long(wholeOf(value));
    default:
      throw new TypeError(`a ${type} chooses no partition`);
  }
}

function wholeOf(value: unknown): number | bigint {
  return typeof value === "bigint" ? value : Number(value);
}
