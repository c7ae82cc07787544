import { typeText } from "../types/data-type.ts";
import type { InferredSchema } from "./job.ts";

/** An inferred schema as the job would write it, one field a line: in `explain`, and at the head of the emitted module. */
export function inferredSchemaLines({ name, format, path, fields }: InferredSchema): readonly string[] {
  const field = (text: string): string => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text) ? text : JSON.stringify(text));
  return [
    `schema ${name} { // ${format === "avro" ? "declared by" : "inferred from"} ${format}(${JSON.stringify(path)})`,
    ...fields.map((one) => `  ${field(one.name)}: ${typeText(one.type)}${one.nullable ? "?" : ""}`),
    "}",
  ];
}
