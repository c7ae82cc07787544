import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkClient } from "../support/spark-client.ts";
import { startSpark } from "../support/start-spark.ts";
import { compareCase, type Difference } from "./compare-case.ts";
import { type RandomCase, randomCase, type Refusals } from "./random-case.ts";
import { shrinkCase } from "./shrink-case.ts";
import { writeCase } from "./write-case.ts";

/** `npm run spark-random -- COUNT [--seed N] [--shrink RUNS]`: COUNT random sinks on both targets, jobs of seed N and those after it. */
const { count, seed: first, shrink } = readWords(process.argv.slice(2));
// Interpreted: to compile code for a few rows would take most of the time.
const server = await startSpark(["spark.sql.codegen.wholeStage=false", "spark.sql.codegen.factoryMode=NO_CODEGEN"]);
const spark = new SparkClient(server.port);
const refusals: Refusals = new Map();
let [made, differing, told, unanswered, seed] = [0, 0, 0, 0, first];
try {
  for (; made < count; seed++) {
    const one = await randomCase(seed, refusals);
    made += one.pipelines.length;
    for (const found of await differencesOf(one)) {
      if (found.toldBy !== undefined) {
        told++;
        process.stdout.write(`\nTOLD BY ${found.toldBy}: seed ${seed}, sink ${found.smallest.pipelines[0]?.name ?? ""}\n${found.text}\n`);
        continue;
      }
      differing++;
      const difference = await shrinkCase(found, spark, shrink);
      const { smallest, text } = difference;
      const folder = join(tmpdir(), "sluice-spark-random", `${seed}-${smallest.pipelines[0]?.name ?? ""}`);
      writeCase(difference, folder);
      process.stdout.write(`\nDIFFERENT: seed ${seed}, sink ${smallest.pipelines[0]?.name ?? ""}; as job and data in ${folder}\n${text}\n`);
    }
    process.stderr.write(`seed ${seed}: ${made - unanswered} compared, ${differing} different\n`);
  }
} finally {
  await server.stop();
}
const table = [...refusals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, times]) => `${String(times).padStart(6)}  ${code}\n`);
process.stdout.write(`${made - unanswered} sinks of the seeds ${first} to ${seed - 1} compared, ${differing} of them different, ${told} as a warning tells, ${unanswered} without an answer\nThrown away, by code:\n${table.join("")}`);
process.exitCode = differing === 0 && unanswered === 0 ? 0 : 1;

/** None where Spark gives no answer in time, as on a machine with much else to do. */
async function differencesOf(one: RandomCase): Promise<readonly Difference[]> {
  try {
    return await compareCase(one, spark);
  } catch (error) {
    unanswered += one.pipelines.length;
    process.stderr.write(`seed ${one.seed}: ${String(error)}\n`);
    return [];
  }
}

function readWords(words: readonly string[]): { readonly count: number; readonly seed: number; readonly shrink: number } {
  const after = (name: string, otherwise: number): number => {
    const at = words.indexOf(name);
    return at < 0 ? otherwise : Number(words[at + 1]);
  };
  const read = { count: Number(words[0] ?? "100"), seed: after("--seed", 1), shrink: after("--shrink", 25) };
  if (!Object.values(read).every(Number.isInteger)) throw new Error("npm run spark-random -- COUNT [--seed N] [--shrink RUNS]");
  return read;
}
