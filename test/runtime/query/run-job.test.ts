import { expect, it } from "vitest";
import { runJob } from "../../../runtime/query/run-job.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

const job = loadJob(
  compileText(
    `param least: int = 0
     source a: { value: int } from file("in/", format: "json", maxFilesPerTrigger: 1)
     sink counted = a |> where value >= least |> aggregate count() as n, sum(value) as s into memory() mode complete
     sink inverse = a |> select 6 / value as x into memory()
     sink kept = a into file("out/", format: "json")`,
    { optimize: true },
  ),
);

function machine(...values: readonly number[]): SimHost {
  const host = new SimHost({ autoAdvance: true });
  values.forEach((value, at) => host.fs.put(`/home/in/${at}.json`, `{"value":${value}}\n`, host.clock.now() - 10_000 + at));
  return host;
}

it("answers --sql on stdout after the queries ended, one statement after the other", async () => {
  const host = machine(1, 2, 3);
  expect(await runJob(job, ["--query", "counted", "--available-now", "--param", "least=2", "--sql", "select * from counted", "--sql", "show tables", "--json"], host)).toBe(0);
  expect(host.stdout).toBe('{"n":2,"s":5}\n{"name":"counted","mode":"complete","rows":1}\n');
  expect(host.stderr).toBe("");
});

it("prints a line of JSON a batch with --progress json, on stderr", async () => {
  const host = machine(1, 2, 3);
  expect(await runJob(job, ["--query", "counted", "--available-now", "--progress", "json"], host)).toBe(0);
  expect(host.stderr.trimEnd().split("\n").map((line) => Object.entries(JSON.parse(line) as object).find(([name]) => name === "batchId")?.[1])).toEqual([0, 1, 2]);
  expect(host.stdout).toBe("");
});

it("ends with 3 when a query fails, says which record, and stops the others", async () => {
  const host = machine(1, 0);
  expect(await runJob(job, ["--query", "inverse", "--query", "counted"], host)).toBe(3);
  expect(host.stderr).toContain("error[R7103]");
  expect(host.stderr).toContain("in/1.json");
});

it("answers --sql even where a query failed: what was committed is there", async () => {
  const host = machine(1, 0);
  expect(await runJob(job, ["--query", "inverse", "--available-now", "--sql", "select * from inverse", "--json"], host)).toBe(3);
  expect(host.stdout).toBe('{"x":6}\n');
});

it.each([
  [["--bach"], "R7620"],
  [["--query", "count"], "R7608"],
  [["--param", "least=x"], "R7604"],
  [["--param", "most=1"], "R7610"],
  [["--available-now"], "R7609"],
])("ends with 1 where what the user gave is wrong: %j", async (argv, code) => {
  const host = machine(1);
  expect(await runJob(job, argv, host)).toBe(1);
  expect(host.stderr).toContain(`error[${code}]`);
});

it("starts no query where one of them cannot start", async () => {
  const host = machine(1);
  expect(await runJob(job, ["--available-now", "--capture", "c.jsonl"], host)).toBe(1);
  expect(host.fs.text("/home/c.jsonl")).toBe("");
});

it("ends with 1 where an SQL statement is wrong, after the answers to the others", async () => {
  const host = machine(1);
  expect(await runJob(job, ["--query", "counted", "--batch", "--sql", "select * from nothing", "--sql", "select n from counted", "--json"], host)).toBe(1);
  expect(host.stdout).toBe('{"n":1}\n');
  expect(host.stderr).toContain("error[R7320]");
});

it("captures rows and ends of batches, and goes on with the file beside a checkpoint", async () => {
  const host = machine(1);
  const argv = ["--query", "counted", "--available-now", "--checkpoint", "cp", "--capture", "c.jsonl"];
  expect(await runJob(job, argv, host)).toBe(0);
  host.fs.put("/home/in/9.json", '{"value":5}\n', host.clock.now());
  expect(await runJob(job, argv, host)).toBe(0);
  expect(host.fs.text("/home/c.jsonl")?.trimEnd().split("\n").map((line) => line.replace(/^\{"query":"counted",/, "{"))).toEqual([
    '{"batch":0,"kind":"+I","row":{"n":1,"s":1}}',
    '{"batch":0,"watermark":null,"inputRows":1,"outputRows":1,"late":0,"malformed":0}',
    '{"batch":1,"kind":"+I","row":{"n":2,"s":6}}',
    '{"batch":1,"watermark":null,"inputRows":1,"outputRows":1,"late":0,"malformed":0}',
  ]);
});

it("ends cleanly on the first signal, without losing the batch that runs", async () => {
  const host = machine(1, 2);
  const run = runJob(job, ["--query", "kept", "--checkpoint", "cp"], host);
  while (!host.reached.includes("batch.planned")) await host.timers.yield();
  host.signal("SIGTERM");
  expect(await run).toBe(0);
  expect(host.stderr).toContain("SIGTERM: ending after the running batch");
});

it("cuts the batch off on the second signal, and says that it will be run again", async () => {
  const host = machine(1, 2);
  const run = runJob(job, ["--query", "kept", "--checkpoint", "cp"], host);
  while (!host.reached.includes("batch.planned")) await host.timers.yield();
  host.signal("SIGINT");
  host.signal("SIGINT");
  expect([0, 3]).toContain(await run);
  expect(host.stderr).toContain("SIGINT: cutting the running batch off");
});

it("calls what has no code a bug of ours, with its stack, and ends with 2", async () => {
  const host = machine(1);
  const broken = { ...job, queries: job.queries.map((query) => ({ ...query, build: () => { throw new TypeError("x is not a function"); } })) };
  expect(await runJob(broken, ["--query", "counted", "--batch"], host)).toBe(2);
  expect(host.stderr).toContain("this is a bug in Sluice");
  expect(host.stderr).toContain("run-job.test.ts");
});

it("prints its options with --help", async () => {
  const host = machine();
  expect(await runJob(job, ["--help"], host)).toBe(0);
  expect(host.stdout).toContain("--available-now");
});
