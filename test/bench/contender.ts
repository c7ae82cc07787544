/** One side of a comparison in a process of its own (`measure.ts`): makes its input and runs so many times, saying each time what came of it. */
import { setImmediate } from "node:timers/promises";
import { comparisons } from "./comparisons.ts";
import type { Run, Side } from "./measure.ts";

const [name, side, rows, count] = process.argv.slice(2);
const comparison = comparisons.find((each) => each.name === name);
if (comparison === undefined || !isSide(side)) throw new Error(`no side of a comparison: ${name} ${side}`);
const work = await comparison[side](Number(rows));
for (let left = Number(count); left > 0; left--) {
  process.send?.(timed());
  // V8 ends some of its work between one event and the next, as it would between batches.
  await setImmediate();
}
process.disconnect();

function timed(): Run {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, nanoseconds: (user + system) * 1000 };
}

function isSide(text: string | undefined): text is Side {
  return text === "plain" || text === "emitted";
}
