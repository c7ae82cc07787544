import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { generate } from "../../examples/activity/generate.ts";
import { start } from "../../runtime/query/start.ts";
import { generatedJob } from "../support/generated-job.ts";
import { goldenTest } from "../support/samples.ts";
import { activityAnswers } from "./log-oracle.ts";
import { capturedRows, machineWith, printedRows, runOn, runWithCrashes } from "./machine.ts";

const job = await generatedJob("activity");
const folder = fileURLToPath(new URL("../../examples/activity/", import.meta.url));
const answers = activityAnswers();
const params = ["--param", "measurements=/data"];
const drain = ["--drain", "--checkpoint", "/checkpoints", ...params];

function expectAnswers(host: Parameters<typeof capturedRows>[0], where: string = ""): void {
  expect([...capturedRows(host, job, "activity_counts")].sort(), where).toEqual(answers["activity_counts"]);
  expect(capturedRows(host, job, "simple_transform"), where).toEqual(answers["simple_transform"]);
}

test("the generator gives the bytes that are in the repository", () => {
  for (const { name, text } of generate()) expect(readFileSync(`${folder}data/${name}`, "utf8") === text, name).toBe(true);
});

test.each(Object.keys(answers))("expected/%s.jsonl is what plain loops over the lines give", (query) => {
  goldenTest(`${(answers[query] ?? []).join("\n")}\n`, `${folder}expected/${query}.jsonl`);
});

test("a file a batch, drained, gives the same as --batch", async () => {
  const batch = machineWith(generate());
  expect(await runOn(batch, job, ["--batch", ...params]), batch.stderr).toBe(0);
  expectAnswers(batch);
  const stream = machineWith(generate());
  expect(await runOn(stream, job, [...drain, "--sql", "select * from simple_transform", "--json"]), stream.stderr).toBe(0);
  expectAnswers(stream);
  expect(printedRows(stream)).toEqual(answers["simple_transform"]);
});

test("creation times keep all their 19 digits", () => {
  const times = (answers["simple_transform"] ?? []).map((row) => /"creation_time":(\d+)/.exec(row)?.[1] ?? "");
  expect(times.every((time) => time.length === 19)).toBe(true);
  expect(times.some((time) => String(Number(time)) !== time)).toBe(true);
});

test("activity_counts is polled with SQL while it runs", async () => {
  const host = machineWith([]);
  host.fs.put("/data/.keep", "");
  const { manager } = start(job, { host, queries: ["activity_counts"], params: { measurements: "/data" } });
  const query = manager.get("activity_counts");
  if (query === undefined) throw new TypeError("the query is not there");
  const totals: unknown[] = [];
  for (const { name, text } of generate()) {
    host.fs.put(`/data/${name}`, text);
    await query.processAllAvailable();
    const { rows } = await query.sql("select sum(measured) as measured from activity_counts");
    totals.push(Number(rows[0]?.[0]));
    expect(query.isActive).toBe(true);
  }
  expect(totals).toEqual([500, 1000, 1500, 2000, 2500, 3000, 3500, 4000]);
  await query.stop();
  expect((await query.sql("select * from activity_counts")).rows.length).toBe(answers["activity_counts"]?.length);
});

test("a crash between any two durable writes changes nothing", async () => {
  const files = generate().slice(0, 3).map(({ name, text }) => ({ name, text: `${text.split("\n").filter((_, line) => line % 50 === 0 && line < 500).join("\n")}\n` }));
  const calm = machineWith(files);
  expect(await runOn(calm, job, drain), calm.stderr).toBe(0);
  for (let crash = 1; crash <= calm.reached.length; crash++) {
    const { host, code, died } = await runWithCrashes(machineWith(files), job, drain, [crash]);
    const where = `crash at fault point ${crash}: ${calm.reached[crash - 1] ?? ""}\n${host.stderr}`;
    expect([code, died], where).toEqual([0, 1]);
    expect([...capturedRows(host, job, "activity_counts")].sort(), where).toEqual([...capturedRows(calm, job, "activity_counts")].sort());
    expect(capturedRows(host, job, "simple_transform"), where).toEqual(capturedRows(calm, job, "simple_transform"));
  }
}, 120_000);
