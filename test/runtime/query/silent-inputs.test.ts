import { expect, it } from "vitest";
import { startHarness } from "../../../runtime/testing/harness.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

const job = loadJob(
  compileText(
    `schema Event { k: string, at: timestamp }
     source a: Event from queue()
     source b: Event from queue()
     sink late into memory()
     sink bad into memory()
     stream one = a |> watermark at delay 10 seconds late into late future after 1 hour into bad idle after 1 minute
     stream two = b |> watermark at delay 10 seconds late into late future after 1 hour drop idle after 1 minute
     sink out = one |> union two |> aggregate count() as n group by k, tumbling(at, 10 seconds) into memory()`,
    { optimize: true },
  ),
);
const at = (second: number): { readonly k: string; readonly at: string } => ({ k: "x", at: new Date(Date.UTC(2024, 0, 1) + second * 1000).toISOString() });

it("closes the windows of an input that goes on once the other has been silent, and sets aside what comes late or too early", async () => {
  const harness = startHarness(job);
  await harness.step({ a: [at(5)], b: [at(5)] });
  const [batch] = await harness.step({ b: [at(40), at(4000)] });
  expect(batch?.rows).toEqual([]);
  await harness.advance(59_000);
  expect(await harness.step({ b: [at(45)] })).toMatchObject([{ rows: [] }]);
  await harness.advance(1_000);
  expect((await harness.settle()).map(({ inputRows, rows }) => [inputRows, rows.map(({ json }) => json)])).toEqual([
    [0, ['{"k":"x","window_start":"2024-01-01T00:00:00.000Z","window_end":"2024-01-01T00:00:10.000Z","n":2}']],
  ]);
  await harness.step({ a: [at(8), at(9000)] });
  expect((await harness.sql("select k, step from late")).rows).toEqual([["x", "out/aggregate"]]);
  expect((await harness.sql("select error, source from bad")).rows).toHaveLength(1);
  expect(harness.query.recentProgress.map(({ malformedRows }) => malformedRows)).toContain(1);
  await harness.stop();
});
