import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EmittedFile } from "../../../compiler/emit.ts";
import { type CapturedBatch, readCapture } from "../../../runtime/query/capture-reader.ts";
import type { DifferentialCase } from "./differential-case.ts";
import type { CaseRun } from "./run-on-node.ts";
import { fileTime, paramWords } from "./run-words.ts";
import type { SparkClient } from "./spark-client.ts";
import { writeProgram } from "./write-program.ts";

/** Writes the files of a case and the program into `folder`, and runs the program there on Spark. */
export async function runOnSpark(one: DifferentialCase, program: readonly EmittedFile[], folder: string, spark: SparkClient): Promise<CaseRun> {
  const capture = join(folder, "capture");
  const path = writeProgram(program, folder);
  let count = 0;
  let failure: string | undefined;
  for (const files of one.runs) {
    for (const { path: name, content } of files) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      const time = new Date(fileTime(count++));
      utimesSync(file, time, time);
    }
    const how = one.how === "batch" ? ["--batch"] : ["--available-now", "--checkpoint", join(folder, "checkpoint")];
    const end = await spark.run(path, [...how, ...paramWords(one, folder), "--capture", capture], one.seconds);
    if (end.code !== 0) {
      failure = `exit ${end.code}\n${end.stdout}\n${end.stderr}`;
      break;
    }
  }
  return { failure, batches: existsSync(capture) ? capturedBySpark(readFileSync(capture, "utf8")) : [] };
}

/** A capture of the program, whose lines at the end of a batch say less than Node's. */
function capturedBySpark(text: string): readonly CapturedBatch[] {
  return readCapture(
    text
      .split("\n")
      .map((line) => {
        if (line === "" || line.includes('"kind":')) return line;
        const value: unknown = JSON.parse(line);
        return JSON.stringify({ watermark: null, inputRows: 0, outputRows: 0, late: 0, malformed: 0, ...Object(value) });
      })
      .join("\n"),
  );
}

