import { expect, it } from "vitest";
import { compile } from "../../../compiler/compile.ts";
import { readCapture } from "../../../runtime/query/capture-reader.ts";
import { progressJson } from "../../../runtime/query/progress.ts";
import { runJob } from "../../../runtime/query/run-job.ts";
import { Harness, SimHost } from "../../../runtime/testing/index.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

const text = `option sinks = "together"
source a: { k: string, v: int } from queue()
sink rows = a |> where v > 0 into memory()
sink counts = a |> aggregate count() as n group by k into memory() mode update
sink sum = a |> aggregate sum(v) as s into memory() mode complete`;

const job = loadJob(compileText(text, { optimize: true }));

it("is one query named after the job, whose rows say which sink they went to", async () => {
  const harness = new Harness(job, {});
  harness.start("declared");
  const [batch, ...others] = await harness.step({ a: [{ k: "x", v: 1 }, { k: "y", v: -1 }] });
  expect(others).toEqual([]);
  expect(harness.query.name).toBe("job");
  expect(batch?.rows.map(({ sink, json }) => `${sink} ${json}`)).toEqual(['rows {"k":"x","v":1}', 'counts {"k":"x","n":1}', 'counts {"k":"y","n":1}', 'sum {"s":0}']);
  // Read once for all three.
  expect(batch?.inputRows).toBe(2);
  expect(harness.query.lastProgress?.sources).toHaveLength(1);
  expect(JSON.parse(progressJson(harness.query.lastProgress ?? (() => { throw new Error("there is no progress"); })()))).toMatchObject({
    numInputRows: 2,
    sink: { description: "MemorySink, MemorySink, MemorySink", numOutputRows: 4 },
    sinks: [
      { name: "rows", description: "MemorySink", numOutputRows: 1 },
      { name: "counts", description: "MemorySink", numOutputRows: 2 },
      { name: "sum", description: "MemorySink", numOutputRows: 1 },
    ],
  });
  expect((await harness.sql("select n from counts order by n")).rows).toHaveLength(2);
  await harness.stop();
});

it("shows the tables of update and complete sinks again after a restart, and goes on in all of them", async () => {
  const harness = new Harness(job, {});
  harness.start("declared");
  await harness.step({ a: [{ k: "x", v: 1 }] });
  await harness.restart();
  const rows = async (table: string): Promise<number> => (await harness.sql(`select * from ${table}`)).rows.length;
  expect([await rows("rows"), await rows("counts"), await rows("sum")]).toEqual([0, 1, 1]);
  const [batch] = await harness.step({ a: [{ k: "x", v: 2 }] });
  expect(batch).toMatchObject({ id: 1, rows: [{ json: '{"k":"x","v":2}' }, { kind: "+U", json: '{"k":"x","n":2}' }, { json: '{"s":3}' }] });
  await harness.stop();
});

it("takes lines of all sinks out of a capture that starts anew, and runs by the job's name", async () => {
  const files = loadJob(compileText(text.replace("queue()", 'file("in/", format: "json", maxFilesPerTrigger: 1)'), { optimize: true }));
  const host = new SimHost({ autoAdvance: true });
  host.fs.put("/home/in/1.json", '{"k":"x","v":1}\n');
  expect(await runJob(files, ["--query", "job", "--available-now", "--capture", "c.jsonl", "--sql", "show tables", "--json"], host)).toBe(0);
  expect(readCapture(host.fs.text("/home/c.jsonl") ?? "").map(({ query, batch, rows, end }) => [query, batch, rows.length, end?.outputRows])).toEqual([
    ["rows", 0, 1, 1],
    ["counts", 0, 1, 1],
    ["sum", 0, 1, 1],
  ]);
  expect(host.stdout.trimEnd().split("\n")).toHaveLength(3);
  expect(await runJob(files, ["--query", "rows", "--available-now"], host)).toBe(1);
  expect(host.stderr).toContain("R7608");
});

it("refuses two sinks into one folder, rather than take the one's batches for the other's", async () => {
  const same = loadJob(
    compileText(
      `option sinks = "together"
       source a: { v: int } from file("in/", format: "json")
       sink one = a into file("out/", format: "json") checkpoint "cp"
       sink two = a |> where v > 1 into file("out/", format: "json")`,
      { optimize: true },
    ),
  );
  const host = new SimHost({ autoAdvance: true });
  host.fs.put("/home/in/1.json", '{"v":1}\n{"v":2}\n');
  expect(await runJob(same, ["--available-now"], host)).not.toBe(0);
  expect(host.stderr).toMatch(/error\[R73/);
});

it("lets malformed records of several inputs reach one side output, because one query sends them all", () => {
  const { diagnostics } = compile(
    "job.sluice",
    `option sinks = "together"
     source a: { v: int } from queue(malformed: bad)
     source b: { v: int } from queue(malformed: bad)
     sink one = a into memory()
     sink two = b into memory()
     sink bad into memory()`,
    { files: { read: () => undefined } },
  );
  expect(diagnostics).toEqual([]);
});
