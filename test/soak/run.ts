/**
 * `npm run soak [-- --batches N]`: 100,000 batches of every operator that goes by event time and of results that change, with what is in memory after each tenth
 * of them. The exit code is 1 where rows or bytes of state grow beyond what the first tenth had.
 */
import { parseArgs } from "node:util";
import { soak, type SoakSample } from "./soak.ts";

const { values } = parseArgs({ options: { batches: { type: "string", default: "100000" } } });
const batches = Number(values.batches);
let first: SoakSample | undefined;

await soak(batches, Math.ceil(batches / 10), (sample) => {
  const rows = Object.values(sample.rows).reduce((sum, count) => sum + count, 0);
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`.padStart(10);
  console.log(`${String(sample.batch).padStart(8)} batches${String(rows).padStart(8)} rows${megabytes(sample.stateBytes)} of state${megabytes(sample.heapBytes)} of heap`);
  first ??= sample;
  const before = Object.values(first.rows).reduce((sum, count) => sum + count, 0);
  if (rows > before * 1.5 || sample.stateBytes > first.stateBytes * 2 || sample.heapBytes > first.heapBytes + 20_000_000) process.exitCode = 1;
});
