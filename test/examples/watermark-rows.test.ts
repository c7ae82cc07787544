import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readCapture } from "../../runtime/query/capture-reader.ts";
import { generatedJob } from "../support/generated-job.ts";
import { goldenTest } from "../support/samples.ts";
import { machineWith, runOn } from "./machine.ts";

const job = await generatedJob("watermark-rows");
const folder = fileURLToPath(new URL("../../examples/watermark-rows/", import.meta.url));
const files = readdirSync(`${folder}data`).sort().map((name) => ({ name, text: readFileSync(`${folder}data/${name}`, "utf8") }));
const stream = ["--available-now", "--checkpoint", "/checkpoints", "--param", "rows=/data"];

/** What each batch must come to, worked out by hand: its watermark, its late rows, and word, window and count of the rows that it gives. */
const byHand: readonly { readonly watermark: string; readonly late: number; readonly rows: readonly string[] }[] = [
  { watermark: "1970-01-01T00:00:00.000Z", late: 0, rows: ["+I dog 12:00 12:10 1", "+I dog 12:05 12:15 1", "+I owl 12:00 12:10 1", "+I owl 12:05 12:15 1"] },
  { watermark: "2024-03-01T11:58:00.000Z", late: 0, rows: ["+I cat 12:00 12:10 1", "+I cat 12:05 12:15 1", "+I dog 12:10 12:20 1", "+U dog 12:05 12:15 2"] },
  { watermark: "2024-03-01T12:04:00.000Z", late: 0, rows: ["+I owl 12:20 12:30 1", "+I owl 12:25 12:35 1"] },
  { watermark: "2024-03-01T12:15:00.000Z", late: 0, rows: ["+I donkey 11:55 12:05 1", "+I donkey 12:00 12:10 1"] },
  { watermark: "2024-03-01T12:15:00.000Z", late: 1, rows: ["+U dog 12:10 12:20 2"] },
];

test("each batch of the nine rows gives what was worked out by hand", async () => {
  const host = machineWith(files);
  expect(await runOn(host, job, stream), host.stderr).toBe(0);
  const capture = host.fs.text("/capture") ?? "";
  const batches = readCapture(capture).map(({ end, rows }) => ({ watermark: end?.watermark, late: end?.late, rows: rows.map(({ kind, json }) => `${kind} ${shortRow(json)}`).sort() }));
  expect(batches).toEqual(byHand);
  for (const batch of byHand.keys()) goldenTest(linesOf(capture, batch), `${folder}expected/batch-${batch}.jsonl`);
});

test("partly late is counted by the operator, and is not late", async () => {
  const host = machineWith(files);
  expect(await runOn(host, job, [...stream, "--progress", "json"]), host.stderr).toBe(0);
  const operators = host.stderr.split("\n").filter((line) => line.startsWith("{")).map((line) => (JSON.parse(line) as { readonly stateOperators: readonly { readonly numRowsDroppedByWatermark: number; readonly customMetrics?: { readonly partlyLateRows?: number } }[] }).stateOperators[0]);
  expect(operators.map((operator) => operator?.numRowsDroppedByWatermark)).toEqual([0, 0, 0, 0, 1]);
  expect(operators.map((operator) => operator?.customMetrics?.partlyLateRows ?? 0)).toEqual([0, 0, 0, 0, 1]);
});

test("read at once, no row is late", async () => {
  const host = machineWith(files);
  expect(await runOn(host, job, ["--batch", "--param", "rows=/data"]), host.stderr).toBe(0);
  const [batch] = readCapture(host.fs.text("/capture") ?? "");
  expect(batch?.end).toMatchObject({ inputRows: 9, late: 0 });
  expect(batch?.rows.map(({ json }) => shortRow(json))).toContain("cat 12:00 12:10 2");
});

/** The lines of a capture that belong to a batch. */
function linesOf(capture: string, batch: number): string {
  return capture.split(/(?<=\n)/).filter((line) => line.includes(`"batch":${batch},`)).join("");
}

/** Word, begin and end of the window within its day, and the count. */
function shortRow(json: string): string {
  const { word, window_start, window_end, rows } = JSON.parse(json) as Readonly<Record<"word" | "window_start" | "window_end" | "rows", string | number>>;
  return [word, String(window_start).slice(11, 16), String(window_end).slice(11, 16), rows].join(" ");
}
