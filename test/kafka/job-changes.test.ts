import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, inject, it } from "vitest";
import { nodeHost } from "../../runtime/host/node-host.ts";
import { start, type StartedJob } from "../../runtime/query/start.ts";
import type { RunMode } from "../../runtime/query/run-mode.ts";
import { compileText, loadJob } from "../support/load-job.ts";
import { deleteRecordsBefore, deleteTopic, groupOffsets, withAdmin } from "./support/admin.ts";
import { freshTopic } from "./support/fresh-topic.ts";
import { readValues } from "./support/read-topic.ts";
import { sendMessages } from "./support/send-messages.ts";

const address = inject("kafka");
const folders: string[] = [];
const running: StartedJob[] = [];

afterEach(async () => {
  for (const { manager } of running.splice(0)) await Promise.all(manager.active.map((query) => query.stop()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function checkpoint(): string {
  const folder = mkdtempSync(join(tmpdir(), "sluice-kafka-changes-"));
  folders.push(folder);
  return folder;
}

/** A job that copies the lines of topics into another. */
const copying = (source: string, output: string): string => `source lines: { line: string } from kafka("${address}", ${source}, format: "text")
sink out = lines into kafka("${address}", topic: "${output}", format: "text")
`;

function begin(text: string, folder: string, mode?: RunMode): { readonly job: StartedJob; readonly warnings: string[] } {
  const warnings: string[] = [];
  const job = start(loadJob(compileText(text, { optimize: true })), { host: nodeHost(), checkpoint: folder, ...(mode === undefined ? {} : { mode }), warn: (message) => void warnings.push(message) });
  running.push(job);
  return { job, warnings };
}

async function run(text: string, folder: string): Promise<readonly string[]> {
  const { job, warnings } = begin(text, folder, "available now");
  await Promise.all(job.manager.active.map((query) => query.awaitTermination()));
  return warnings;
}

const create = (topic: string): Promise<unknown> => withAdmin(address, (admin) => admin.createTopics({ waitForLeaders: true, topics: [{ topic }] }));
const soon = { timeout: 20_000, interval: 50 };

it("a job ends where a topic that it reads was deleted and made again, or goes on with a warning where it may lose data", async () => {
  const [input, output] = [await freshTopic(address, "remade"), await freshTopic(address, "out")];
  const folder = checkpoint();
  await sendMessages(address, input, ["a", "b", "c"]);
  const source = `subscribe: "${input}", startingOffsets: "earliest"`;
  await run(copying(source, output), folder);
  await deleteTopic(address, input);
  await create(input);
  await sendMessages(address, input, ["d", "e", "f", "g", "h"]);
  await expect(run(copying(source, output), folder)).rejects.toMatchObject({ code: "R7715" });
  expect(await readValues(address, output)).toEqual(["a", "b", "c"]);
  expect(await run(copying(`${source}, failOnDataLoss: false`, output), folder)).toEqual([expect.stringContaining("the topic was deleted and made again")]);
  expect(await readValues(address, output)).toEqual(["a", "b", "c", "d", "e", "f", "g", "h"]);
});

it("a topic that is deleted while a job runs is a loss that the job ends with, or warns of once and goes on with the others", async () => {
  const [kept, gone, output] = [await freshTopic(address, "kept"), await freshTopic(address, "gone"), await freshTopic(address, "out")];
  await sendMessages(address, gone, ["x"]);
  const source = `subscribe: ["${kept}", "${gone}"], startingOffsets: "earliest"`;
  const strict = begin(copying(source, output), checkpoint());
  const loose = begin(copying(`${source}, failOnDataLoss: false`, output), checkpoint());
  await expect.poll(() => readValues(address, output), soon).toEqual(["x", "x"]);
  const [query] = strict.job.manager.active;
  const ended = expect(query?.awaitTermination()).rejects.toMatchObject({ code: "R7715" });
  await deleteTopic(address, gone);
  await sendMessages(address, kept, ["y"]);
  await ended;
  await expect.poll(() => readValues(address, output), soon).toContain("y");
  expect(loose.warnings.filter((warning) => warning.includes("is gone"))).toHaveLength(1);
});

it("a running job takes up topics that come to match its pattern, and partitions that are added, from their beginning", async () => {
  const [input, output] = [await freshTopic(address, "grow-a"), await freshTopic(address, "out")];
  const { job } = begin(copying(`subscribePattern: "${input.replace("grow-a", "grow-.")}"`, output), checkpoint());
  // "latest" is where the first topic was when the job began.
  await job.manager.active[0]?.processAllAvailable();
  const later = input.replace("grow-a", "grow-b");
  await create(later);
  await sendMessages(address, later, ["of the new topic"]);
  await expect.poll(() => readValues(address, output), soon).toEqual(["of the new topic"]);
  await withAdmin(address, (admin) => admin.createPartitions({ topicPartitions: [{ topic: input, count: 3 }] }));
  await sendMessages(address, input, [{ value: "of the new partition", partition: 2 }]);
  await expect.poll(() => readValues(address, output), soon).toEqual(["of the new topic", "of the new partition"]);
});

it("a job shows how far it is to a group, batch by batch", async () => {
  const [input, output] = [await freshTopic(address, "lag", 2), await freshTopic(address, "out")];
  await sendMessages(address, input, Array.from({ length: 30 }, (_, at) => ({ value: String(at), partition: at % 2 })));
  const group = `lag-${input}`;
  const { job } = begin(copying(`subscribe: "${input}", startingOffsets: "earliest", maxOffsetsPerTrigger: 10, commitOffsetsTo: "${group}"`, output), checkpoint());
  await expect.poll(() => groupOffsets(address, group, input), soon).toEqual([15, 15]);
  await sendMessages(address, input, ["more"]);
  await expect.poll(() => groupOffsets(address, group, input), soon).toEqual([16, 15]);
  expect(job.manager.active[0]?.exception).toBeUndefined();
});

it("what retention takes before the planned end of a run is reached is a loss", async () => {
  const [input, output] = [await freshTopic(address, "ending"), await freshTopic(address, "out")];
  await sendMessages(address, input, Array.from({ length: 2000 }, (_, at) => String(at)));
  const source = `subscribe: "${input}", startingOffsets: "earliest", maxOffsetsPerTrigger: 1`;
  const strict = begin(copying(source, output), checkpoint(), "available now");
  await expect.poll(async () => (await readValues(address, output)).length, soon).toBeGreaterThan(0);
  const ended = expect(strict.job.manager.active[0]?.awaitTermination()).rejects.toMatchObject({ code: "R7715" });
  await deleteTopic(address, input);
  await create(input);
  await ended;
  // Only the beginning is gone.
  const [second, rest] = [await freshTopic(address, "beginning"), await freshTopic(address, "out")];
  await sendMessages(address, second, Array.from({ length: 10 }, (_, at) => String(at)));
  const folder = checkpoint();
  const loose = copying(`subscribe: "${second}", startingOffsets: { \`${second}\`: { \`0\`: 2 } }, failOnDataLoss: false`, rest);
  await deleteRecordsBefore(address, second, 7);
  const warnings = await run(loose, folder);
  expect(await readValues(address, rest)).toEqual(["7", "8", "9"]);
  expect(warnings).toHaveLength(1);
});
