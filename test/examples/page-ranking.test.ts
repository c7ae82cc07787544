import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { generate, requests } from "../../examples/page-ranking/generate.ts";
import { generatedJob } from "../support/generated-job.ts";
import { goldenTest } from "../support/samples.ts";
import { capturedRows, machineWith, runOn, runWithCrashes, sinkLines } from "./machine.ts";
import { rankingAnswers } from "./page-ranking-oracle.ts";

const job = await generatedJob("page-ranking");
const folder = fileURLToPath(new URL("../../examples/page-ranking/", import.meta.url));
const answers = rankingAnswers();
const params = ["--param", "log=/data", "--param", "late=/late"];
const drain = ["--drain", "--checkpoint", "/checkpoints", ...params];

test("the generator gives the bytes that are in the repository", () => {
  for (const { name, text } of generate()) expect(readFileSync(`${folder}data/${name}`, "utf8") === text, name).toBe(true);
});

test("expected/ is what plain loops give that follow the watermark", () => {
  goldenTest(`${answers.ranking.join("\n")}\n`, `${folder}expected/ranking.jsonl`);
  goldenTest(`${answers.late.join("\n")}\n`, `${folder}expected/late_requests.jsonl`);
});

test("each window is given once, and what came too late for all of its windows is in the side output", async () => {
  const host = machineWith(generate());
  expect(await runOn(host, job, drain), host.stderr).toBe(0);
  expect(capturedRows(host, job, "ranking").toSorted()).toEqual(answers.ranking);
  expect(sinkLines(host, "/late")).toEqual(answers.late);
});

test("read at once, nothing is late", async () => {
  const host = machineWith(generate());
  expect(await runOn(host, job, ["--batch", ...params]), host.stderr).toBe(0);
  expect(capturedRows(host, job, "ranking").toSorted()).toEqual(rankingAnswers([requests().flat()]).ranking);
  expect(sinkLines(host, "/late")).toEqual([]);
});

test("a crash at any fault point, every third tried, changes neither the ranking nor the side output", async () => {
  const files = generate().map(({ name, text }) => ({ name, text: `${text.split("\n").filter((_, line) => line % 5 === 0 && line < 200).join("\n")}\n` }));
  const few = rankingAnswers(requests().map((file) => file.filter((_, line) => line % 5 === 0)));
  const calm = machineWith(files);
  expect(await runOn(calm, job, drain), calm.stderr).toBe(0);
  expect(few.late.length).toBeGreaterThan(0);
  for (let crash = 1; crash <= calm.reached.length; crash += 3) {
    const { host, code, died } = await runWithCrashes(machineWith(files), job, drain, [crash]);
    const where = `crash at fault point ${crash}: ${calm.reached[crash - 1] ?? ""}\n${host.stderr}`;
    expect([code, died], where).toEqual([0, 1]);
    expect(capturedRows(host, job, "ranking").toSorted(), where).toEqual(few.ranking);
    expect(sinkLines(host, "/late"), where).toEqual(few.late);
  }
}, 120_000);
