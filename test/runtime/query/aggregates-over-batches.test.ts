import { expect, it } from "vitest";
import { testJob } from "../../../runtime/testing/index.ts";
import { userJob } from "../../support/user-job.ts";

const { job } = userJob(
  `import { plain, withInverse } from "./own.ts"
   source hits: { page: string, n: double } from queue()
   sink sums =
     hits
     |> aggregate withInverse(n) as inverse, plain(n) as merged, sum(n) as own group by page, batches(30 seconds, every 10 seconds)
     |> select page, window_end, inverse, merged, own
     into memory()
     trigger every 10 seconds`,
  {
    "./own.ts": `
      export const plain = { init: () => 0, add: (sum: number, n: number) => sum + n, merge: (a: number, b: number) => a + b, result: (sum: number) => sum };
      export const withInverse = { ...plain, retract: (sum: number, n: number) => sum - n };
    `,
  },
);

it("gives the same over windows of batches with an inverse and without one", async () => {
  const kit = testJob(job);
  for (const rows of [[1, 2], [10], [], [100], [], [], []]) {
    if (rows.length > 0) await kit.add("hits", rows.map((n) => ({ page: "a", n })));
    await kit.advanceTime("10 seconds");
  }
  const rows = kit.rows("sums") as readonly { readonly inverse: number; readonly merged: number; readonly own: number }[];
  // The first batch runs at the tick at which the query starts; what is handed in after a tick belongs to the next.
  expect(rows.map(({ own }) => own)).toEqual([3, 3, 13, 10, 110, 100, 100]);
  for (const { inverse, merged, own } of rows) expect([inverse, merged]).toEqual([own, own]);
});
