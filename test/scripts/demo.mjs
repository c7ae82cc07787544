// The web log as a stream and as a batch: `npm run demo`. It only calls the command line, in a folder that it removes at the end.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const job = "examples/web-log/web-log-stream.sluice";
const ranking = "select url, substr(window_start, 1, 16) as from_time, substr(window_end, 1, 16) as to_time, hits from urlranks limit 8";
/** The bar draws over itself, which only a terminal shows; elsewhere progress comes as JSON and is printed as a line a batch. */
const onTerminal = process.stderr.isTTY === true;
const folder = mkdtempSync(join(tmpdir(), "sluice-demo-"));

/** Prints a command, runs it, and gives what it wrote to stdout. */
async function sluice(title, ...args) {
  process.stdout.write(`\n━━ ${title}\n$ npx sluice ${args.map((arg) => (/[\s*(]/.test(arg) ? `"${arg}"` : arg.replace(folder, "$FOLDER"))).join(" ")}\n\n`);
  const child = spawn(process.execPath, ["compiler/cli/bin.mjs", ...args], { cwd: root, stdio: ["ignore", "pipe", onTerminal ? "inherit" : "pipe"] });
  const stop = (signal) => child.kill(signal);
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  if (child.stderr !== null) createInterface({ input: child.stderr }).on("line", (line) => process.stderr.write(`${line.startsWith("{") ? progressLine(JSON.parse(line)) : line}\n`));
  let text = "";
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (part) => {
    text += part;
    process.stdout.write(part);
  });
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  process.off("SIGINT", stop);
  process.off("SIGTERM", stop);
  if (code !== 0) throw new Error(`sluice ended with exit code ${code}`);
  return text;
}

/** One batch of one query, in a line. */
function progressLine({ name, batchId, numInputRows, processedRowsPerSecond, sink, eventTime }) {
  const watermark = eventTime?.watermark === undefined ? "" : `, watermark ${eventTime.watermark}`;
  const rate = processedRowsPerSecond > 0 ? ` (${Math.round(processedRowsPerSecond)} rows/s)` : "";
  return `  ${name}, batch ${batchId}: ${numInputRows} rows in${rate}, ${sink.numOutputRows} rows out${watermark}`;
}

/** The table that the SQL statement gave: what follows the last empty line. */
function lastTable(text) {
  return text.trimEnd().split("\n\n").at(-1);
}

try {
  const queries = ["--query", "replies", "--query", "urlranks"];
  const streamed = await sluice(
    "a stream: one file of the log a batch, a table a batch, then the ranking by SQL",
    "run", job, ...queries, "--drain", "--checkpoint", join(folder, "checkpoints"), "--progress", onTerminal ? "bar" : "json", "--sql", ranking,
  );
  const batch = await sluice("the same text as a batch: everything that is there, at once", "run", job, ...queries, "--batch", "--sql", ranking);
  if (lastTable(streamed) !== lastTable(batch)) throw new Error("the two final tables differ");
  process.stdout.write("\n━━ the two final tables are the same\n");
} catch (error) {
  process.stderr.write(`the demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
