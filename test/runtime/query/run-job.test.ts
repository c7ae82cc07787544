import { expect, it } from "vitest";
import { readCapture } from "../../../runtime/query/capture-reader.ts";
import type { JobDefinition } from "../../../runtime/query/definition.ts";
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
  expect(host.fs.text("/home/c.jsonl")).toBeUndefined();
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

it("leaves the capture file as it is where the job cannot start", async () => {
  const host = machine(1);
  host.fs.put("/home/c.jsonl", "precious");
  for (const wrong of [["--param", "least=x"], ["--query", "count"], ["--available-now"]]) {
    expect(await runJob(job, [...wrong, "--capture", "c.jsonl"], host)).toBe(1);
    expect(host.fs.text("/home/c.jsonl")).toBe("precious");
  }
});

it("runs no batch where the capture file cannot be gone on with", async () => {
  const host = machine(1);
  host.fs.put("/home/c.jsonl", "precious\n");
  expect(await runJob(job, ["--query", "kept", "--available-now", "--checkpoint", "cp", "--capture", "c.jsonl"], host)).toBe(1);
  expect(host.stderr).toContain("error[R7331]");
  expect(host.fs.text("/home/c.jsonl")).toBe("precious\n");
  expect(host.fs.files("/home/cp/kept/offsets")).toEqual([]);
  host.fs.remove("/home/c.jsonl");
  expect(await runJob(job, ["--query", "kept", "--available-now", "--checkpoint", "cp", "--capture", "c.jsonl"], host)).toBe(0);
});

it("drops what a query without a checkpoint captured before, beside one that goes on", async () => {
  const both = loadJob(
    compileText(
      `source a: { value: int } from file("in/", format: "json", maxFilesPerTrigger: 1)
       sink durable = a into memory() checkpoint "cp"
       sink fresh = a |> select value * 10 as x into memory()`,
      { optimize: true },
    ),
  );
  const host = machine(1);
  const argv = ["--available-now", "--capture", "c.jsonl"];
  expect(await runJob(both, argv, host)).toBe(0);
  host.fs.put("/home/in/9.json", '{"value":2}\n', host.clock.now());
  expect(await runJob(both, argv, host)).toBe(0);
  const batches = readCapture(host.fs.text("/home/c.jsonl") ?? "");
  expect(batches.map(({ query, batch, attempt, rows }) => [query, batch, attempt, rows.map(({ json }) => json).join()])).toEqual([
    ["durable", 0, 1, '{"value":1}'],
    ["durable", 1, 1, '{"value":2}'],
    ["fresh", 0, 1, '{"x":10}'],
    ["fresh", 1, 1, '{"x":20}'],
  ]);
});

it("goes on from the same checkpoint once `malformed` says where bad records go, as the error's help has it", async () => {
  const reading = (malformed: string): JobDefinition =>
    loadJob(compileText(`source a: { value: int } from file("in/", format: "json", malformed: "${malformed}")\nsink out = a into memory()`, { optimize: true }));
  const host = machine(1);
  host.fs.put("/home/in/9.json", '{"value":"x"}\n{"value":3}\n', host.clock.now());
  const argv = ["--available-now", "--checkpoint", "cp", "--sql", "select value from out", "--json"];
  expect(await runJob(reading("fail"), argv, host)).toBe(3);
  expect(host.stderr).toContain("error[R7212]");
  expect(host.stderr).toContain("no checkpoint is kept");
  expect(await runJob(reading("drop"), argv, host)).toBe(0);
  expect(host.stdout).toBe('{"value":1}\n{"value":3}\n');
});

it("drains what is whole and then tells of a file that is cut off; --available-now leaves it to the next run", async () => {
  const argv = ["--query", "counted", "--checkpoint", "cp", "--sql", "select * from counted", "--json"];
  const host = machine(1, 2);
  host.fs.put("/home/in/cut.json", '{"value":3}\n{"val', 5);
  expect(await runJob(job, ["--available-now", ...argv], host)).toBe(0);
  expect(host.stderr).toMatch(/^warning: the last line of in\/cut\.json is cut off \(byte 12\)[^\n]*\n$/);
  expect(host.stdout).toBe('{"n":2,"s":3}\n');
  expect(await runJob(job, ["--drain", ...argv], host)).toBe(3);
  expect(host.stderr).toContain("error[R7205]");
  host.fs.put("/home/in/cut.json", '{"value":3}\n{"value":4}\n');
  expect(await runJob(job, ["--drain", ...argv], host)).toBe(0);
  expect(host.stdout).toContain('{"n":4,"s":10}\n');
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
