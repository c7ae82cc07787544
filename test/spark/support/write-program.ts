import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EmittedFile } from "../../../compiler/emit.ts";

/** Writes an emitted program with what it imports into a folder; the path of the program, `job.py`. */
export function writeProgram(files: readonly EmittedFile[], folder: string): string {
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
  copyFileSync(fileURLToPath(new URL("../../../runtime/spark/sluice_spark.py", import.meta.url)), join(folder, "sluice_spark.py"));
  return join(folder, "job.py");
}
