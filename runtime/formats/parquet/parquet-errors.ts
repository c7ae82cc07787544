import { DamagedFile } from "../../errors/damaged-file.ts";
import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import { passOver } from "../pass-over.ts";
import { thrownMessage } from "../../errors/thrown-message.ts";

/** The file is no Parquet file, or what it says of itself does not hold. */
export function damagedParquet(path: string, cause: unknown): SluiceRuntimeError {
  return new DamagedFile({
    code: "R7770",
    what: `a Parquet file is damaged: ${thrownMessage(cause)}`,
    where: path,
    how: `${passOver}; what it was to hold can be written again under another name`,
    cause,
  });
}

/** The file's columns, or its footer, are encrypted. */
export function encryptedParquet(path: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7771", what: "an encrypted Parquet file cannot be read", where: path, how: "write it without encryption, or leave it out by a pattern in the path" });
}

/** A column that may not be null is not in the file. */
export function columnMissing(path: string, column: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7772", what: `a Parquet file has no column \`${column}\``, where: path, how: `write \`${column}\` with \`?\` in the schema, so that it is null where a file does not have it` });
}

/** A column of the file is of a type that is not read as the declared one. */
export function columnOfOtherType(path: string, column: string, found: string, declared: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7773", what: `the column \`${column}\` of a Parquet file is ${found}, which cannot be read as ${declared}`, where: path, how: "declare the column as the file has it" });
}

/** A way of compressing or encoding that is not read. */
export function unsupportedParquet(path: string, what: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7774", what: `a Parquet file uses ${what}, which cannot be read`, where: path, how: "write the file with another codec or encoding (snappy, gzip, zstd, lz4_raw, brotli)" });
}

/** A page that would take the memory of many times its bytes. */
export function pageTooLarge(path: string, column: string): SluiceRuntimeError {
  return new DamagedFile({ code: "R7775", what: `a page of the column \`${column}\` of a Parquet file stands for more than is held at a time`, where: path, how: "write the file with smaller pages: 256 MiB unpacked, and 16,777,216 values, are read" });
}
