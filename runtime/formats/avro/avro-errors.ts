import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import { thrownMessage } from "../../errors/thrown-message.ts";

/** The schema of a file cannot be read as the declared columns. */
export function schemaDoesNotFit(place: string, problem: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7757", what: problem, where: place, how: "declare the columns as the file has them: `schema … from avro(\"….avsc\")` takes them from a schema file" });
}

/** A container file that is not one, or is cut off or changed. */
export function damagedFile(path: string, byte: number, problem: string, cause?: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7758", what: `the Avro file is damaged: ${problem}`, where: `${path}, byte ${byte}`, how: "write it again, or take it out of the folder", ...(cause === undefined ? {} : { cause }) });
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
