/**
 * `npm run bench [-- --rows N] [--rounds N] [--json] [--nexmark] [q3 q8 …]`: emitted modules against plain loops (`JSON.parse`, objects, `Map`), CPU time, paired in one
 * process. The exit code is 1 where a goal is missed. `--nexmark`: only the queries of Nexmark; those that are named, or all. `--kafka [plain micro-batch latency …]`: from topics to topics
 * of a broker (needs Java and Maven), in processes of their own; `--profiles DIR` keeps their CPU profiles.
 */
import { parseArgs } from "node:util";
import { makeBids } from "./bids.ts";
import { comparisonsInOrder, comparisonsOfCsv, comparisonsOfWindows, comparisonsShuffled } from "./comparisons.ts";
import { comparisonsOfNexmark } from "./comparisons-of-nexmark.ts";
import { measure, type Comparison } from "./measure.ts";

const { values, positionals } = parseArgs({
  options: { rows: { type: "string", default: "1000000" }, rounds: { type: "string", default: "5" }, json: { type: "boolean", default: false }, nexmark: { type: "boolean", default: false }, kafka: { type: "boolean", default: false }, profiles: { type: "string" } },
  allowPositionals: true,
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
let missed = 0;
if (values.kafka) {
  const { benchKafka } = await import("./kafka/bench-kafka.ts");
  process.exit((await benchKafka({ rows, rounds, json: values.json, only: positionals, profiles: values.profiles })) === 0 ? 0 : 1);
}

function show(comparison: Comparison): void {
  const measured = measure(comparison, rows, rounds);
  if (!measured.reached) missed++;
  if (values.json) {
    console.log(JSON.stringify(measured));
    return;
  }
  const { name, goal, plain, emitted, ratio, reached } = measured;
  const ns = (value: number): string => `${value.toFixed(0)} ns`.padStart(8);
  console.log(`${name.padEnd(40)}${ns(plain)}${ns(emitted)}${`${ratio.toFixed(2)}x`.padStart(9)}   goal ${goal}x${reached ? "" : "   missed"}`);
}

if (!values.json) console.log(`${"".padEnd(40)}${"plain".padStart(8)}${"emitted".padStart(8)}${"ratio".padStart(9)}   (CPU time a row, ${rows} rows, median of ${rounds})`);
if (!values.nexmark) {
  for (const comparison of await comparisonsInOrder(makeBids(rows, false))) show(comparison);
  for (const comparison of await comparisonsOfWindows(makeBids(rows, false, 2))) show(comparison);
  for (const comparison of await comparisonsOfCsv(makeBids(rows, false))) show(comparison);
  for (const comparison of await comparisonsShuffled(makeBids(rows, true))) show(comparison);
}
for await (const comparison of comparisonsOfNexmark(rows, positionals)) show(comparison);
process.exitCode = missed === 0 ? 0 : 1;
