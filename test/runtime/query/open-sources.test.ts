import { expect, it } from "vitest";
import type { SourceConnector, StreamSource } from "../../../runtime/connectors/source.ts";
import type { QueryDefinition, ReadDefinition } from "../../../runtime/query/definition.ts";
import { ephemeralStore } from "../../../runtime/query/ephemeral-store.ts";
import { openSources } from "../../../runtime/query/open-sources.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

const job = loadJob(compileText("source a: { v: long } from queue()\nsink out = a into memory()", { optimize: true }));

it("closes what was opened where a later source cannot be opened, and gives that source's error", async () => {
  const host = new SimHost();
  const closed: string[] = [];
  const opening = (name: string, openStream: () => Promise<StreamSource>): readonly [string, ReadDefinition<unknown>] => {
    const [read] = job.queries.flatMap((query) => Object.values(query.reads));
    if (read === undefined) throw new TypeError("the job reads nothing");
    const connector: SourceConnector = { name, openStream };
    return [name, { ...read, input: name, connector: () => connector }];
  };
  const stream = (name: string, close: () => Promise<void>): StreamSource => ({
    description: name,
    latest: () => Promise.resolve(undefined),
    freezeEnd: () => Promise.resolve(),
    read: async function* () {},
    commit: () => {},
    waitForData: () => Promise.resolve(),
    close: () => {
      closed.push(name);
      return close();
    },
  });
  const [query] = job.queries;
  if (query === undefined) throw new TypeError("the job has no query");
  const definition: QueryDefinition<never> = {
    ...query,
    reads: Object.fromEntries([
      opening("a", async () => stream("a", () => Promise.reject(new Error("cannot close")))),
      opening("b", async () => stream("b", () => Promise.resolve())),
      opening("c", () => Promise.reject(new Error("cannot open"))),
    ]),
  };
  const signal = new AbortController().signal;
  const services = { queues: undefined, tables: undefined, sideOutputs: [], routesMalformed: () => true };
  const options = { params: {}, host, store: ephemeralStore(host, 1), mode: "declared", services, warn: () => {} } as const;
  await expect(openSources(definition, options, false, { interrupted: signal, stopping: signal })).rejects.toThrow("cannot open");
  expect(closed).toEqual(["a", "b"]);
});
