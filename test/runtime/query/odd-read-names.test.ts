import { expect, it } from "vitest";
import { startHarness } from "../../../runtime/testing/index.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

it.each(["constructor", "`__proto__`", "toString"])("reads a source called %s, and goes on after a restart", async (name) => {
  const harness = startHarness(loadJob(compileText(`source ${name}: { n: int } from queue()\nsink out = ${name} |> aggregate sum(n) as n into memory() mode update`, { optimize: true })), { query: "out" });
  const source = name.replaceAll("`", "");
  harness.add(source, [{ n: 1 }, { n: 2 }]);
  expect((await harness.settle()).at(-1)?.rows.map(({ row }) => row)).toEqual([{ n: 3 }]);
  await harness.settle();
  await harness.restart();
  harness.add(source, [{ n: 4 }]);
  expect((await harness.settle()).at(-1)?.rows.map(({ row }) => row)).toEqual([{ n: 7 }]);
});
