import { startHarness } from "/work/main/runtime/testing/index.ts";
import { compileText, loadJob } from "/work/main/test/support/load-job.ts";
import { readFileSync } from "node:fs";
import { setFlagsFromString, writeHeapSnapshot } from "node:v8";
import { runInNewContext } from "node:vm";
setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc");
const text = readFileSync("/work/main/test/soak/soak.ts", "utf8");
const job = /const job = `([^`]*)`/.exec(text)![1]!;
const harness = startHarness(loadJob(compileText(job, { optimize: true })));
const N = Number(process.argv[2]), every = Number(process.argv[3]);
const t0 = Date.now();
for (let batch = 1; batch <= N; batch++) {
  const rows = Array.from({ length: 6 }, (_, row) => ({ id: batch * 6 + row, k: `key ${batch} ${row % 4}`, v: row, at: new Date(Date.UTC(2024, 0, 1) + batch * 10000 - row * 5000).toISOString() }));
  await harness.step({ events: rows });
  if (harness.failure) throw harness.failure;
  harness.host.reached.length = 0;
  if (batch % every) continue;
  gc(); gc();
  const m = process.memoryUsage();
  console.log(batch, ((Date.now() - t0) / 1000).toFixed(0) + "s", "heap", (m.heapUsed / 1e6).toFixed(1), "buffers", (m.arrayBuffers / 1e6).toFixed(1), "files", harness.host.fs.files().length, harness.warnings.length);
  if (process.argv[4] && (batch === Number(process.argv[4]) || batch === Number(process.argv[5]))) writeHeapSnapshot(`/tmp/t1/heap-${batch}.heapsnapshot`);
}
await harness.stop();
