import { expect, it } from "vitest";
import type { SinkConnector } from "../../runtime/connectors/sink.ts";
import { start } from "../../runtime/query/start.ts";
import { SimHost } from "../../runtime/testing/sim-host.ts";
import { compileText, loadJob } from "../support/load-job.ts";

const job = loadJob(
  compileText(
    `source rows: { v: int } from file("in", format: "json", maxFilesPerTrigger: 1)
     sink copies = rows into file("out", format: "json")`,
    { optimize: true },
  ),
);

function machine(): SimHost {
  const host = new SimHost({ autoAdvance: true });
  host.fs.put("/home/in/1.jsonl", '{"v":1}\n');
  return host;
}

async function run(host: SimHost, changed = job): Promise<unknown> {
  const { manager } = start(changed, { host, checkpoint: "checkpoints", mode: "available now", warn: () => {} });
  return manager.get("copies")?.awaitTermination().then(() => undefined, (error: unknown) => error);
}

/** The files of a folder with their bytes, to put them back later as a backup would. */
function backup(host: SimHost, folder: string): () => void {
  const files = host.fs.files(folder).map((path) => ({ path, bytes: host.fs.readFile(path) ?? new Uint8Array() }));
  return () => {
    host.fs.removeTree(folder);
    for (const { path, bytes } of files) host.fs.put(path, bytes);
  };
}

it("refuses to go on from an old copy of a checkpoint: the sink would drop what it takes for seen", async () => {
  const host = machine();
  expect(await run(host)).toBeUndefined();
  const restore = backup(host, "/home/checkpoints");
  host.fs.put("/home/in/2.jsonl", '{"v":2}\n', host.clock.now() + 1000);
  expect(await run(host)).toBeUndefined();
  restore();
  expect(await run(host)).toMatchObject({ code: "R7416", where: "FileSink[out]" });
});

it("refuses the output of another checkpoint", async () => {
  const host = machine();
  expect(await run(host)).toBeUndefined();
  host.fs.removeTree("/home/checkpoints");
  expect(await run(host)).toMatchObject({ code: "R7303" });
});

it("gives the lock of the checkpoint back where the sink fails to close", async () => {
  const host = machine();
  const failing = (sink: SinkConnector): SinkConnector => ({
    name: sink.name,
    open: async (context) => {
      const opened = await sink.open(context);
      return Object.assign(Object.create(opened) as typeof opened, {
        description: "a sink that cannot be closed",
        begin: opened.begin.bind(opened),
        write: opened.write.bind(opened),
        prepare: opened.prepare.bind(opened),
        commit: opened.commit.bind(opened),
        close: () => Promise.reject(new TypeError("no end")),
      });
    },
  });
  const broken = { ...job, queries: job.queries.map((query) => ({ ...query, outputs: query.outputs.map((output) => ({ ...output, sink: (params: Parameters<typeof output.sink>[0]) => failing(output.sink(params)) })) })) };
  expect(await run(host, broken)).toMatchObject({ message: "no end" });
  host.fs.put("/home/in/2.jsonl", '{"v":2}\n', host.clock.now() + 1000);
  expect(await run(host)).toBeUndefined();
  expect(host.fs.files("/home/out").filter((path) => path.includes("/part-"))).toHaveLength(2);
});

it("a drained checkpoint ends again without a batch, and takes no new input", async () => {
  const host = machine();
  const drain = (): Promise<unknown> => {
    const { manager } = start(job, { host, checkpoint: "checkpoints", mode: "drain", warn: () => {} });
    return Promise.resolve(manager.get("copies")?.awaitTermination().then(() => undefined, (error: unknown) => error));
  };
  expect(await drain()).toBeUndefined();
  const files = host.fs.files("/home/checkpoints/copies/offsets");
  expect(await drain()).toBeUndefined();
  expect(host.fs.files("/home/checkpoints/copies/offsets")).toEqual(files);
  host.fs.put("/home/in/2.jsonl", '{"v":2}\n', host.clock.now() + 1000);
  expect(await drain()).toMatchObject({ code: "R7412" });
});
