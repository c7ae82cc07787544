import { expect, it } from "vitest";
import { testJob } from "../../../runtime/testing/index.ts";
import { userJob } from "../../support/user-job.ts";

const { job } = userJob(
  `import { now } from "./own.ts"
   source hits: { page: string, n: double } from queue()
   sink live = hits |> state now by page into memory() mode update`,
  { "./own.ts": "export function now(rows: readonly { n: number }[], previous: { n: number } | undefined): { n: number } | undefined {\n  return rows.length === 0 ? undefined : { n: rows.length + (previous?.n ?? 0) };\n}\n" },
);

it("calls a function with no rows in batches of the stream, and not in the one that ends a drain", async () => {
  const kit = testJob(job);
  await kit.add("hits", [{ page: "a", n: 1 }, { page: "b", n: 1 }]);
  await kit.step();
  await kit.add("hits", [{ page: "b", n: 1 }]);
  await kit.step();
  expect(kit.rows("live")).toEqual([{ page: "b", n: 2 }]);
  await kit.drain();
  expect(kit.rows("live")).toEqual([{ page: "b", n: 2 }]);
});
