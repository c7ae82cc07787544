import { expect, test } from "vitest";
import { logLines, serveLines } from "../../examples/web-log/server.ts";
import { sqlLines } from "../../runtime/connectors/memory/sql.ts";
import { nodeHost } from "../../runtime/host/node-host.ts";
import type { JobDefinition } from "../../runtime/query/definition.ts";
import { start } from "../../runtime/query/start.ts";
import { SimHost, startHarness } from "../../runtime/testing/index.ts";
import { generatedJob } from "../support/generated-job.ts";
import { ranking, webLogAnswers, webLogLines } from "./log-oracle.ts";

const jobs = ["web-log-socket", "web-log-socket-text"];
const select = "select * from urlranks";

test.each(jobs)("%s gives over a real socket what the files give", async (name) => {
  const job = await generatedJob(name);
  const server = await serveLines(logLines(), 0, { linesPerSecond: 0, seed: 7 });
  const { manager } = start(job, { host: nodeHost(), mode: "drain", params: { host: "127.0.0.1", port: String(server.port) }, warn: () => {} });
  const query = manager.get("urlranks");
  await query?.awaitTermination();
  await server.ended;
  expect(lines(await query?.sql(select))).toEqual(webLogAnswers()["urlranks"]);
});

test.each(jobs)("%s loses no line that offsets hold, wherever it is killed", async (name) => {
  const job = await generatedJob(name);
  const sent = webLogLines().filter((_line, index) => index % 400 === 0);
  const bursts = [0, 1, 2, 3].map((burst) => sent.slice(burst * 12, (burst + 1) * 12));
  const calm = await drive(job, bursts, undefined);
  expect(calm.result).toEqual(ranking(bursts.flat()));
  for (let crash = 1; crash < calm.reached; crash++) {
    const { result, heldAtCrash, heldAtEnd, sentAfter } = await drive(job, bursts, crash);
    expect(heldAtEnd.slice(0, heldAtCrash.length), `crash at fault point ${crash}`).toEqual(heldAtCrash);
    expect(heldAtEnd.slice(heldAtEnd.length - sentAfter.length), `crash at fault point ${crash}`).toEqual(sentAfter);
    expect(result, `crash at fault point ${crash}`).toEqual(ranking(heldAtEnd));
  }
}, 120_000);

/** Sends the bursts one by one; dies at the nth fault point and goes on with the burst after. */
async function drive(job: JobDefinition, bursts: readonly (readonly string[])[], crash: number | undefined) {
  const first = new SimHost({ seed: crash ?? 0, autoAdvance: true });
  const server = first.net.listen("localhost", 9999);
  if (crash !== undefined) crashAfter(first, crash);
  const harness = startHarness(job, { query: "urlranks", host: first });
  let heldAtCrash: readonly string[] = [];
  const sentAfter: string[] = [];
  for (const burst of bursts) {
    server.send(`${burst.join("\n")}\n`);
    if (harness.host !== first) sentAfter.push(...burst);
    await harness.settle();
    await harness.settle();
    if (harness.failure === undefined) continue;
    await harness.restart();
    heldAtCrash = heldLines(harness.host);
    await harness.settle();
  }
  const result = lines(await harness.sql(select));
  await harness.stop();
  return { result, heldAtCrash, heldAtEnd: heldLines(harness.host), sentAfter, reached: first.reached.length };
}

/** Lets the process die at the nth fault point that it passes, whatever its name. */
function crashAfter(host: SimHost, count: number): void {
  const fault = host.fault.bind(host);
  let left = count;
  host.fault = (name) => {
    fault(name);
    if (--left === 0) host.crash(name);
  };
}

/** The lines of the batches that have offsets, as the checkpoint keeps them. */
function heldLines(host: SimHost): readonly string[] {
  const batches = (host.fs.list("/checkpoints/urlranks/offsets") ?? []).filter((name) => /^\d+$/.test(name)).map(Number);
  return batches.sort((a, b) => a - b).flatMap((batch) => (host.fs.text(`/checkpoints/urlranks/sources/0/${batch}`) ?? "").split("\n").filter((line) => line.startsWith('{"host":')));
}

function lines(result: Parameters<typeof sqlLines>[0] | undefined): readonly string[] {
  return result === undefined ? [] : sqlLines(result).split("\n").filter((line) => line !== "");
}
