import { expect, test } from "vitest";
import { SimHost, startHarness } from "../../runtime/testing/index.ts";
import { generatedJob } from "../support/generated-job.ts";

const job = await generatedJob("characters");
/** Two seconds before a window begins. */
const start = Date.UTC(2024, 0, 1, 12, 0, 8);

test("each ten seconds of the clock are given once, when they are over", async () => {
  const host = new SimHost({ start });
  const server = host.net.listen("localhost", 9999);
  const harness = startHarness(job, { query: "characters", host });
  const given: string[] = [];
  const note = async (): Promise<void> => void given.push(...(await harness.settle()).flatMap(({ rows }) => rows.map(({ json }) => `${new Date(host.clock.now()).toISOString().slice(14, 19)} ${json}`)));
  const send = async (text: string): Promise<void> => {
    server.send(text);
    await note();
  };

  await send("to be\n");
  await send("or not\n");
  await pass(2000);
  await send("ß𝄞é\n");
  await pass(9000);
  await pass(1000);
  await send("\nto be\n");
  await pass(30_000);
  expect(given).toEqual([row("00:10", "00:00", 2, 11), row("00:20", "00:10", 1, 3), row("00:30", "00:20", 2, 5)]);
  await harness.stop();

  /** Lets time pass second by second. */
  async function pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0; left -= 1000) {
      await harness.advance(1000);
      await note();
    }
  }
});

test("a window that is over while the job is down is given at the next start", async () => {
  const host = new SimHost({ start });
  const server = host.net.listen("localhost", 9999);
  const harness = startHarness(job, { query: "characters", host });
  server.send("to be\n");
  expect((await harness.settle()).flatMap(({ rows }) => rows)).toEqual([]);
  await harness.stop();
  await harness.advance(60_000);
  const given = (await harness.restart()).flatMap(({ rows }) => rows.map(({ json }) => json));
  expect(given.map((json) => `00:10 ${json}`)).toEqual([row("00:10", "00:00", 1, 5)]);
  await harness.advance(60_000);
  expect((await harness.settle()).flatMap(({ rows }) => rows)).toEqual([]);
  await harness.stop();
});

/** When a row came, and the row. */
function row(at: string, window: string, lines: number, characters: number): string {
  const begin = Date.parse(`2024-01-01T12:${window}Z`);
  return `${at} ${JSON.stringify({ window_start: new Date(begin).toISOString(), window_end: new Date(begin + 10_000).toISOString(), lines, characters })}`;
}
