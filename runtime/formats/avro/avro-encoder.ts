import type { ValueField } from "../value-type.ts";
import { cannotWrite, decodingProblem } from "./avro-errors.ts";
import { libraryType, type LibraryType } from "./avro-library.ts";
import { UnfitSchema, UnfitValue } from "./avro-value.ts";
import { readAvroSchema } from "./read-avro-schema.ts";
import { schemaOfColumns } from "./schema-of-columns.ts";
import { shieldedSchema } from "./shielded-names.ts";
import { writtenRecord } from "./written-value.ts";

/** Writes rows as records of one schema: the one given, or that of the columns. */
export class AvroEncoder {
  readonly schema: string;
  readonly #place: string;
  readonly #type: LibraryType;
  readonly #values: (row: unknown) => Readonly<Record<string, unknown>>;

  /** `place` names the sink in errors (R7760). */
  constructor(fields: readonly ValueField[], schema: string | undefined, place: string) {
    this.schema = schema ?? schemaOfColumns(fields);
    this.#place = place;
    try {
      const read = readAvroSchema(this.schema);
      if (!read.ok) throw new UnfitSchema("", `the schema is none: ${read.problem}`);
      if (read.type.kind !== "record") throw new UnfitSchema("", "the schema is no record");
      this.#values = writtenRecord(fields, read.type);
      this.#type = libraryType(shieldedSchema(read.json));
    } catch (error) {
      throw cannotWrite(place, decodingProblem(error));
    }
  }

  /** The record of a row; R7760 where a value does not fit the schema. */
  encode(row: unknown): Buffer {
    try {
      return this.#type.toBuffer(this.#values(row));
    } catch (error) {
      throw cannotWrite(this.#place, error instanceof UnfitValue ? error.message : `a row does not fit its schema: ${decodingProblem(error)}`);
    }
  }
}
