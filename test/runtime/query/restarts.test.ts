import { expect, it } from "vitest";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { startHarness } from "../../../runtime/testing/harness.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

const job = (text: string): ReturnType<typeof loadJob> => loadJob(compileText(text, { optimize: true }));
const lines = (host: SimHost, folder: string): readonly string[] =>
  [...(host.fs.list(folder) ?? [])]
    .filter((name) => name.startsWith("part-"))
    .sort()
    .flatMap((name) => new TextDecoder().decode(host.fs.readFile(`${folder}/${name}`)).trimEnd().split("\n"));

it("shows a complete result again after a restart, with the table that is joined above it", async () => {
  const host = new SimHost({ seed: 1 });
  host.fs.put("names.jsonl", '{"id":1,"name":"one"}\n{"id":2,"name":"two"}\n');
  const harness = startHarness(
    job(`
      table names: { id: int name: string } from file("names.jsonl", format: "json")
      source numbers: { n: int } from queue()
      stream counts = numbers |> aggregate count() as hits group by n
      sink out = counts as c |> join names as t on c.n = t.id |> select t.name, c.hits into memory() mode complete
    `),
    { host },
  );
  await harness.step({ numbers: [{ n: 1 }, { n: 2 }, { n: 2 }] });
  const before = await harness.sql("select * from out order by name");
  await harness.stop();
  await harness.restart();
  await harness.settle();
  expect(before.rows).toHaveLength(2);
  expect((await harness.sql("select * from out order by name")).rows).toEqual(before.rows);
  await harness.stop();
});

it("sends the malformed records of a table once for each content that the table has", async () => {
  const host = new SimHost({ seed: 2 });
  host.fs.put("names.jsonl", '{"id":1,"name":"one"}\nbroken\n');
  const text = job(`
    table names: { id: int name: string } from file("names.jsonl", format: "json", malformed: "bad")
    source numbers: { n: int } from queue()
    sink out = numbers |> join names on n = id |> select n, name into discard()
    sink bad into file("bad", format: "json")
  `);
  const harness = startHarness(text, { host });
  await harness.step({ numbers: [{ n: 1 }] });
  await harness.stop();
  await harness.restart();
  await harness.step({ numbers: [{ n: 1 }] });
  expect(lines(host, "bad")).toHaveLength(1);
  host.fs.put("names.jsonl", '{"id":1,"name":"one"}\nbroken\nbroken too\n');
  await harness.step({ numbers: [{ n: 1 }] });
  expect(lines(host, "bad")).toHaveLength(3);
  await harness.stop();
});
