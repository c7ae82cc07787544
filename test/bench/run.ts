/**
 * `npm run bench [-- --rows N] [--rounds N] [--json] [--nexmark] [NAME …]`: emitted modules against plain loops (`JSON.parse`, objects, `Map`), CPU time,
 * each in a process of its own. The exit code is 1 where a goal is missed. Those that are named (`q18`, `"read 1 of 7 columns"`), or all; `--nexmark`: only the queries of Nexmark. `--kafka [plain micro-batch latency …]`: from topics to topics
 * of a broker (needs Java and Maven), in processes of their own; `--profiles DIR` keeps their CPU profiles.
 */
import { parseArgs } from "node:util";
import { comparisons } from "./comparisons.ts";
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

async function show(comparison: Comparison): Promise<void> {
  const measured = await measure(comparison, rows, rounds);
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
const isNamed = ({ name }: Comparison): boolean => positionals.length === 0 || positionals.some((each) => name.split(":", 1)[0] === each);
const named = (values.nexmark ? comparisonsOfNexmark : comparisons).filter(isNamed);
if (named.length === 0) throw new Error(`nothing is called ${positionals.join(" or ")}`);
for (const comparison of named) await show(comparison);
process.exitCode = missed === 0 ? 0 : 1;
