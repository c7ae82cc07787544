import { avro } from "./avro.ts";
import { csv } from "./csv.ts";
import type { Format } from "./format.ts";
import { json } from "./json.ts";
import { parquet } from "./parquet.ts";
import { text } from "./text.ts";

const formats: readonly Format[] = [avro, csv, json, parquet, text];

export function findFormat(name: string | undefined): Format | undefined {
  return formats.find((format) => format.name === name);
}

/** The formats that have an option of this name. */
export function formatsWith(option: string, use: "reading" | "writing"): readonly string[] {
  return formats.filter((format) => format[use].some(({ name }) => name === option)).map(({ name }) => name);
}
