import { expect, it } from "vitest";
import { startHarness } from "../../../runtime/testing/harness.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { compileText, loadJob } from "../../support/load-job.ts";
import { userJob } from "../../support/user-job.ts";

async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const linesOf = (host: SimHost, folder: string): readonly string[] =>
  [...(host.fs.list(folder) ?? [])]
    .filter((name) => name.startsWith("part-"))
    .sort()
    .flatMap((name) => new TextDecoder().decode(host.fs.readFile(`${folder}/${name}`)).trimEnd().split("\n"));

it("joins a table, which is looked at again when an epoch begins", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  host.fs.put("pages.jsonl", '{"path":"/a","title":"A"}\n');
  const job = loadJob(
    compileText(
      `source lines: { page: string, tags: string[] } from socket("localhost", 9999, format: "json")
       table pages: { path: string, title: string } from file("pages.jsonl", format: "json")
       sink out = lines |> where page <> "/health" |> join left pages on page = path |> explode tags as tag |> select page, title, tag into memory() trigger continuous`,
      { optimize: true },
    ),
  );
  const harness = startHarness(job, { host });
  await settled();
  server.send('{"page":"/a","tags":["x","y"]}\n{"page":"/health","tags":["z"]}\n');
  await settled();
  expect((await harness.sql("select page, title, tag from out")).rows).toEqual([["/a", "A", "x"], ["/a", "A", "y"]]);
  host.fs.put("pages.jsonl", '{"path":"/a","title":"A new one"}\n{"path":"/b","title":"B"}\n');
  server.send('{"page":"/a","tags":["in the same epoch"]}\n');
  await settled();
  await harness.advance(1000);
  await settled();
  server.send('{"page":"/a","tags":["in the next"]}\n{"page":"/b","tags":["b"]}\n');
  await settled();
  expect((await harness.sql("select page, title, tag from out")).rows.slice(2)).toEqual([["/a", "A", "in the same epoch"], ["/a", "A new one", "in the next"], ["/b", "B", "b"]]);
  expect(harness.query.lastProgress?.numInputRows).toBe(3);
  await harness.stop();
});

it("writes malformed records to their side output with the checkpoint, none twice", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const job = loadJob(
    compileText(
      `source lines: { n: long } from socket("localhost", 9999, format: "json", malformed: "bad")
       sink out = lines into memory() trigger continuous
       sink bad into file("bad", format: "json")`,
      { optimize: true },
    ),
  );
  const harness = startHarness(job, { host });
  await settled();
  server.send('{"n":1}\nbroken\n');
  await settled();
  expect((await harness.sql("select n from out")).rows).toEqual([[1]]);
  expect(linesOf(host, "bad")).toEqual([]);
  harness.crashAt("sinks.committed");
  await harness.advance(1000);
  await settled();
  await harness.restart();
  expect(linesOf(harness.host, "bad").map((line) => Buffer.from(String((JSON.parse(line) as { raw: string }).raw), "base64").toString())).toEqual(["broken"]);
  await harness.stop();
});

it("calls a function for each row and waits for its results", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const { job } = userJob(
    `import { enrich } from "./own.ts"
     source lines: { n: double } from socket("localhost", 9999, format: "json")
     sink out = lines |> map async enrich into memory() trigger continuous`,
    { "./own.ts": "export async function enrich(row: { readonly n: number }): Promise<{ n: number; twice: number }> { await Promise.resolve(); return { n: row.n, twice: 2 * row.n }; }\n" },
  );
  const harness = startHarness(job, { host });
  await settled();
  server.send('{"n":1}\n{"n":2}\n');
  await settled();
  server.send('{"n":3}\n');
  await settled();
  expect((await harness.sql("select n, twice from out")).rows).toEqual([[1, 2], [2, 4], [3, 6]]);
  await harness.stop();
});

it("sends to several sinks together, in one checkpoint", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const job = loadJob(
    compileText(
      `option sinks = "together"
       source lines: { n: long } from socket("localhost", 9999, format: "json")
       sink odd = lines |> where n % 2 = 1 into memory() trigger continuous 1 second
       sink even = lines |> where n % 2 = 0 into console()`,
      { optimize: true },
    ),
  );
  const harness = startHarness(job, { host });
  await settled();
  server.send('{"n":1}\n{"n":2}\n{"n":3}\n');
  await settled();
  expect((await harness.sql("select n from odd")).rows).toEqual([[1], [3]]);
  expect(host.stdout).toContain("(1 row)");
  const [epoch] = await harness.settle();
  expect(epoch?.inputRows).toBe(3);
  expect(epoch?.rows).toHaveLength(3);
  await harness.stop();
});

it("sends the union of two sockets, and counts what each gave", async () => {
  const host = new SimHost();
  const [one, two] = [host.net.listen("localhost", 1), host.net.listen("localhost", 2)];
  const job = loadJob(
    compileText(
      `source one: { n: long } from socket("localhost", 1, format: "json")
       source two: { n: long } from socket("localhost", 2, format: "json")
       sink out = one |> union two |> union (one |> select n + 100 as n) into memory() trigger continuous`,
      { optimize: true },
    ),
  );
  const harness = startHarness(job, { host });
  await settled();
  two.send('{"n":2}\n');
  await settled();
  one.send('{"n":1}\n');
  await settled();
  expect((await harness.sql("select n from out")).rows.map(([n]) => n).sort()).toEqual([1, 101, 2]);
  await harness.settle();
  expect(harness.query.lastProgress?.sources.map(({ description, numInputRows }) => [description, numInputRows])).toEqual([["SocketSource[localhost:1]", 2], ["SocketSource[localhost:2]", 1]]);
  await harness.stop();
});
