// `npm run demo`: the web log as a stream of files, a table a batch and a ranking of pages by SQL at the end; then the same text
// as one batch, which must give the same ranking.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const job = "examples/web-log/web-log-stream.sluice";
const queries = ["--query", "replies", "--query", "urlranks"];
const ranking = "select window_start, window_end, url, hits from urlranks order by hits desc, window_start, url limit 10";
const folder = mkdtempSync(join(tmpdir(), "sluice-demo-"));

/** Runs the job in sight, and gives the rows of the last result of `urlranks`, sorted. */
function run(title, how) {
  process.stdout.write(`\n── ${title}\n   sluice run ${job} ${[...queries, how].join(" ")}\n\n`);
  const capture = join(folder, `${how}.jsonl`);
  const { status } = spawnSync(process.execPath, ["compiler/cli/bin.mjs", "run", job, ...queries, how, "--progress", "bar", "--capture", capture, "--sql", ranking], { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error(`sluice ended with exit code ${status}`);
  const lines = readFileSync(capture, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line)).filter((line) => line.query === "urlranks");
  const last = lines.at(-1).batch;
  return lines.filter((line) => line.batch === last && line.row !== undefined).map((line) => JSON.stringify(line.row)).sort();
}

try {
  const streamed = run("The web log as a stream: a file a batch, the replies as they add up, the pages ranked at the end", "--drain");
  const batch = run("The same text as one batch", "--batch");
  const isSame = streamed.length > 0 && streamed.join("\n") === batch.join("\n");
  process.stdout.write(isSame ? `\nBoth runs give the same ${batch.length} rows.\n` : "\nThe two runs differ.\n");
  process.exitCode = isSame ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
