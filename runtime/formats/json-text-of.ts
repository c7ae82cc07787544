import type { TimeZone } from "../time/time-zone.ts";
import { writeJsonValue } from "./json-value.ts";
import { JsonWriter } from "./json-writer.ts";
import type { TypeDescriptor } from "./type-descriptor.ts";
import { valueType } from "./value-type.ts";

/** Makes the function that writes a value of a type as JSON, in the forms of the output page: the key or value of a message. Null stays null, and is no text. */
export function jsonTextOf(descriptor: TypeDescriptor, zone?: TimeZone): (value: unknown) => string | null {
  const type = valueType(descriptor);
  const out = new JsonWriter(zone);
  return (value) => {
    if (value === null || value === undefined) return null;
    out.reset();
    writeJsonValue(value, type, out);
    return Buffer.from(out.view()).toString("utf8");
  };
}
