import { DamagedFile } from "../../errors/damaged-file.ts";
import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import { thrownMessage } from "../../errors/thrown-message.ts";
import { passOver } from "../pass-over.ts";

/** The schema of a file cannot be read as the declared columns. */
export function schemaDoesNotFit(place: string, problem: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7757", what: problem, where: place, how: "declare the columns as the file has them; where a field has a default in a schema file, name that: `schemaFile: \"….avsc\"` (`schema … from avro(…)` takes the types alone)" });
}

/** A container file that is not one, or is cut off or changed. */
export function damagedFile(path: string, byte: number, problem: string, cause?: unknown): SluiceRuntimeError {
  return new DamagedFile({ code: "R7758", what: `the Avro file is damaged: ${problem}`, where: `${path}, byte ${byte}`, how: `${passOver}; what it was to hold can be written again under another name`, ...(cause === undefined ? {} : { cause }) });
}

/** A block that says it has more rows than its bytes, and than anybody writes of rows that take none. */
export function tooManyRows(path: string, byte: number, rows: number, bytes: number): SluiceRuntimeError {
  return new DamagedFile({ code: "R7769", what: `a block of the Avro file says that it has ${rows} rows in ${bytes} bytes`, where: `${path}, byte ${byte}`, how: `${passOver}; what it was to hold can be written again under another name, with a field that has a value or with smaller blocks` });
}

/** A container file packed with what nothing here unpacks. */
export function unknownCodec(path: string, codec: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7759", what: `the Avro file is compressed with ${JSON.stringify(codec)}, which is not supported`, where: path, how: "write it with null, deflate, snappy or zstandard" });
}

/** Rows that cannot be written with a schema. */
export function cannotWrite(place: string, problem: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7760", what: `the rows cannot be written as Avro: ${problem}`, where: place, how: "change the columns with a `select`, or the schema" });
}

/** Why bytes are no value of a schema, as the library says it. */
export function decodingProblem(error: unknown): string {
  const message = thrownMessage(error);
  return error instanceof RangeError && message.includes("call stack") ? "it is nested too deeply" : message;
}
