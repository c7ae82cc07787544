import { writeJsonValue } from "../../formats/json-value.ts";
import { JsonWriter } from "../../formats/json-writer.ts";
import type { TypeDescriptor } from "../../formats/type-descriptor.ts";
import { valueType } from "../../formats/value-type.ts";
import { partitionOfKey } from "./client/records/murmur2.ts";

/** A column whose values choose a partition. */
interface KeyColumn {
  readonly name: string;
  readonly type: TypeDescriptor;
}

/** The partition, of so many, of the columns' values in their order; undefined where these are no key. */
export type Partitioner = (values: readonly unknown[], partitions: number) => number | undefined;

/**
 * How rows are placed of which these columns are the key, as Kafka's default partitioner does it: murmur2 over the key's bytes. Of one string column these are its UTF-8,
 * of one binary column its bytes; of another column its JSON text, of several a JSON object of them, in order. So a sink of Sluice writes a key too, but for the key of a changing result that is one
 * string or binary column that may be null, of which it writes the JSON text. A null as the only text or bytes is no key: a producer then chooses any partition.
 */
export function partitioner(columns: readonly KeyColumn[]): Partitioner {
  const fields = columns.map(({ name, type }, at) => ({ at, type: valueType(type), before: `${at === 0 ? "{" : ","}${JSON.stringify(name)}:` }));
  const [only, second] = fields;
  const isAlone = only !== undefined && second === undefined;
  if (isAlone && only.type.kind === "string") return ([value], partitions) => (typeof value === "string" ? partitionOfText(value, partitions) : undefined);
  if (isAlone && only.type.kind === "binary") return ([value], partitions) => (value instanceof Uint8Array ? partitionOfKey(value, partitions) : undefined);
  const out = new JsonWriter();
  // Names are mostly ASCII, which has a faster way.
  const isAscii = fields.every(({ before }) => Buffer.byteLength(before) === before.length);
  return (values, partitions) => {
    out.reset();
    for (const { at, type, before } of fields) {
      if (!isAlone && isAscii) out.raw(before);
      else if (!isAlone) out.json(before);
      writeJsonValue(values[at], type, out);
    }
    if (!isAlone) out.raw("}");
    return partitionOfKey(out.view(), partitions);
  };
}

/** For texts of a usual length, so that no buffer is made for each. */
const scratch = Buffer.alloc(1024);

function partitionOfText(text: string, partitions: number): number {
  return text.length * 3 <= scratch.length ? partitionOfKey(scratch, partitions, 0, scratch.write(text)) : partitionOfKey(Buffer.from(text), partitions);
}
