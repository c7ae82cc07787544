import { expect, it } from "vitest";
import { testJob, type FaultPoint } from "../../../runtime/testing/index.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

/** What a batch at each tick of 10 seconds brings; the fourth and the last ones bring nothing. */
const added: readonly (readonly string[])[] = [["a", "b"], ["a"], ["b", "b", "c"], [], ["a", "c"], ["c"], [], [], [], []];
const interval = 10;

/** The windows of `size` every `slide` seconds, each with the rows of the batches at (end − size, end] (Spark Streaming: WindowedDStream). */
function windowsOf(size: number, slide: number): readonly { readonly end: number; readonly counts: Readonly<Record<string, number>> }[] {
  const windows: { readonly end: number; readonly counts: Readonly<Record<string, number>> }[] = [];
  for (let end = slide; end <= added.length * interval; end += slide) {
    const counts: Record<string, number> = {};
    added.forEach((words, batch) => {
      const tick = (batch + 1) * interval;
      if (tick > end - size && tick <= end) for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
    });
    if (Object.keys(counts).length > 0) windows.push({ end, counts });
  }
  return windows;
}

const start = Date.UTC(2024, 0, 1);
const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();

it.each<{ readonly size: number; readonly slide: number; readonly crash: FaultPoint | undefined }>([
  { size: 30, slide: 10, crash: undefined },
  { size: 30, slide: 10, crash: "state-delta.synced" },
  { size: 30, slide: 10, crash: "sinks.prepared" },
  { size: 20, slide: 20, crash: "sinks.prepared" },
  { size: 50, slide: 20, crash: "offsets.synced" },
])("$size seconds every $slide over batches, crash at $crash", async ({ size, slide, crash }) => {
  const job = loadJob(
    compileText(
      `source words: { word: string } from queue(oneAtATime: true)
       sink out = words |> aggregate count() as n group by word, batches(${size} seconds, every ${slide} seconds) into memory() trigger every ${interval} seconds`,
      { optimize: true },
    ),
  );
  const kit = testJob(job, { now: new Date(start) });
  await kit.step();
  for (const [tick, words] of added.entries()) {
    if (words.length > 0) kit.add("words", words.map((word) => ({ word })));
    if (tick === 2 && crash !== undefined) kit.crashAt(crash);
    await kit.advanceTime(`${interval} seconds`);
    expect(kit.crashed).toBe(tick === 2 && crash !== undefined);
    if (kit.crashed) await kit.restart();
  }
  const expected = windowsOf(size, slide).flatMap(({ end, counts }) => Object.entries(counts).map(([word, n]) => ({ word, window_start: at(end - size), window_end: at(end), n })));
  const order = (row: unknown): string => JSON.stringify(row);
  expect(kit.rows("out").map(order).sort()).toEqual(expected.map(order).sort());
  // Each comes out with the batch at its end.
  const ends = kit.batches("out").map(({ rows }) => new Set(rows.map(({ row }) => (row as { readonly window_end: string }).window_end)).size);
  expect(Math.max(...ends)).toBe(1);
  await kit.stop();
});
