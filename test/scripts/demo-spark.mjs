// `npm run demo:spark [-- JOB …]`: builds jobs for Spark, runs their programs on a local Spark, as a stream and as one batch, and holds each
// result against that of the same job in Node. JOB: one of the examples named below; all of them unless given.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Jobs, and the param that names their data. */
const examples = [
  { job: "examples/web-log/web-log-stream.sluice", param: "logs" },
  { job: "examples/activity/activity.sluice", param: "measurements" },
  { job: "examples/flights/flights.sluice", param: "summaries" },
];
const sluice = join(root, "compiler/cli/bin.mjs");
const say = (text) => void process.stdout.write(`${text}\n`);

// What the tests bring Spark with, which is TypeScript.
register();
const { missingForPySpark } = await import("../spark/support/spark-venv.ts");
const { sparkSubmit } = await import("../spark/support/spark-submit.ts");

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !examples.some(({ job }) => job === name));
const missing = missingForPySpark();
if (unknown !== undefined) {
  say(`This demo has no job ${unknown}. Its jobs: ${examples.map(({ job }) => job).join(", ")}.`);
  process.exitCode = 1;
} else if (missing === undefined) demo(examples.filter(({ job }) => asked.length === 0 || asked.includes(job)));
else {
  say(`This demo runs Apache Spark, and \`${missing}\` is not on this machine. It needs Java 17 or newer, and Python 3.10 or newer to fetch PySpark the first time.`);
  process.exitCode = process.env.CI === "true" ? 1 : 0;
}

function demo(chosen) {
  const folder = mkdtempSync(join(tmpdir(), "sluice-demo-spark-"));
  try {
    say("── PySpark, from PyPI where it is not here yet");
    const submit = sparkSubmit(folder);
    const jobs = chosen.map(({ job }) => job);
    say("\n── The programs\n   sluice build --target spark -o … " + jobs.join(" "));
    run(process.execPath, [sluice, "build", "--target", "spark", "-o", folder, ...jobs], root);
    const ends = chosen.flatMap(({ job, param }) => {
      const data = `${param}=${copyOf(dirname(job), folder)}`;
      return waysOf(job).map((how) => compare(job, [how, "--param", data], folder, submit));
    });
    say(ends.every(Boolean) ? "\nSpark and Node give the same rows in each of them." : "\nSpark and Node differ.");
    process.exitCode = ends.every(Boolean) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The data of an example with a time of its own for each file: files of one time each engine takes in an order of its own. */
function copyOf(example, folder) {
  const copy = join(folder, basename(example));
  mkdirSync(copy);
  const data = join(root, example, "data");
  readdirSync(data).sort().forEach((name, at) => {
    copyFileSync(join(data, name), join(copy, name));
    utimesSync(join(copy, name), 1_700_000_000 + at, 1_700_000_000 + at);
  });
  return copy;
}

/** A job over tables alone is a batch. */
function waysOf(job) {
  return /^source\s/m.test(readFileSync(join(root, job), "utf8")) ? ["--available-now", "--batch"] : ["--batch"];
}

/** Runs a job on both, and says whether the rows of each batch are the same. */
function compare(job, words, folder, submit) {
  const [name, how] = [basename(job, ".sluice"), words[0]];
  const captures = new Map(["spark", "node"].map((target) => [target, join(folder, `${name}${how}-${target}.jsonl`)]));
  const wordsOf = (target) => [...words, "--capture", captures.get(target), ...(how === "--batch" ? [] : ["--checkpoint", join(folder, `${name}-${target}`)])];
  // Each in a folder of its own: what sinks write by relative paths must not meet.
  const directoryOf = (target) => {
    const directory = join(folder, `${name}${how}-${target}-directory`);
    mkdirSync(directory);
    return directory;
  };
  say(`\n── spark-submit ${name}.py ${words.join(" ")} --capture …`);
  run(submit.command, [...submit.words, join(folder, `${name}.py`), ...wordsOf("spark")], directoryOf("spark"), submit.env);
  say(`   sluice run ${job} ${words.join(" ")} --capture …`);
  run(process.execPath, [sluice, "run", join(root, job), "--progress", "none", ...wordsOf("node")], directoryOf("node"));
  const [spark, node] = ["spark", "node"].map((target) => rowsOf(captures.get(target)));
  const same = [...new Set([...node.keys(), ...spark.keys()])].map((query) => {
    const [here, there] = [node.get(query) ?? [], spark.get(query) ?? []];
    const isSame = here.join("\n") === there.join("\n");
    say(`   ${query}: ${isSame ? `the same ${here.length === 1 ? "row" : `${here.length} rows`}` : `other rows (${there.length} on Spark, ${here.length} in Node)`}`);
    return isSame;
  });
  return same.length > 0 && same.every(Boolean);
}

/** The rows of a capture by query, with their batches, sorted. */
function rowsOf(path) {
  const results = new Map();
  for (const line of readFileSync(path, "utf8").trimEnd().split("\n")) {
    const { query, batch, row } = JSON.parse(line);
    if (row === undefined) continue;
    const rows = results.get(query) ?? [];
    rows.push(`${batch} ${JSON.stringify(row)}`);
    results.set(query, rows);
  }
  for (const rows of results.values()) rows.sort();
  return results;
}

/** Runs a command in a folder and gives what it printed. */
function run(command, words, directory, variables = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, words, { cwd: directory, encoding: "utf8", env: { ...process.env, ...variables }, maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${basename(command)} ended with exit code ${status}: ${error?.message ?? `${stdout}${stderr}`}`);
  return stdout;
}
