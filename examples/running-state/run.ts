import { job } from "../../generated/running-state.ts";
import { QueueRegistry, nodeHost, start } from "../../runtime/index.ts";

/** Hands three batches to the job and shows the totals after each: `npx tsx examples/running-state/run.ts`. */
const queues = new QueueRegistry();
const { manager } = start(job, { host: nodeHost(), queues, warn: () => {} });
const query = manager.get("running");
const batches = [
  [{ word: "apple", amount: 3 }, { word: "pear", amount: 5 }, { word: "apple", amount: 4 }],
  [{ word: "plum", amount: 1 }, { word: "pear", amount: null }],
  [{ word: "apple", amount: -2 }, { word: "pear", amount: 8 }],
];

for (const rows of batches) {
  queues.handle("amounts").add(rows);
  await query?.processAllAvailable();
  const result = await query?.sql("select word, total from running order by word");
  console.log((result?.rows ?? []).map(([word, total]) => `${String(word)} ${String(total)}`).join(", "));
}
await query?.stop();
