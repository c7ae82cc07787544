import { afterEach, expect, it } from "vitest";
import { schemaRegistry } from "../../../../runtime/formats/avro/schema-registry.ts";
import type { RegistryOptions } from "../../../../runtime/formats/registry-options.ts";
import { nodeHost } from "../../../../runtime/host/node-host.ts";
import { SimHost } from "../../../../runtime/testing/sim-host.ts";
import { TestRegistry } from "../../../support/schema-registry.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const going = new AbortController().signal;

/** A client over real HTTP. */
async function connected(registry: TestRegistry, options: Partial<RegistryOptions> = {}): Promise<ReturnType<typeof schemaRegistry>> {
  const { url, close } = await registry.listen();
  closing.push(close);
  return schemaRegistry(nodeHost(), { url: `${url}/`, ...options }, going);
}

/** A client in simulated time. */
function simulated(registry: TestRegistry, interrupted: AbortSignal = going): { readonly host: SimHost; readonly client: ReturnType<typeof schemaRegistry> } {
  const host = new SimHost({ autoAdvance: true });
  host.net.service("registry:8081", (call) => registry.answer({ ...call, path: new URL(call.url).pathname }));
  return { host, client: schemaRegistry(host, { url: "http://registry:8081" }, interrupted) };
}

it("fetches a schema once", async () => {
  const registry = new TestRegistry();
  const id = registry.add({ type: "record", name: "A", fields: [] });
  const client = await connected(registry);
  expect(client.known(id)).toBeUndefined();
  await Promise.all([client.fetch(id), client.fetch(id)]);
  await client.fetch(id);
  expect(client.known(id)).toBe('{"type":"record","name":"A","fields":[]}');
  expect(registry.calls).toEqual(["GET /schemas/ids/1"]);
});

it("registers a schema, the same under the same id", async () => {
  const registry = new TestRegistry();
  registry.add("\"string\"");
  const client = await connected(registry);
  expect(await client.register("clicks/é-value", "\"long\"")).toBe(2);
  expect(await client.register("clicks/é-value", "\"long\"")).toBe(2);
  expect(client.known(2)).toBe("\"long\"");
  expect([...registry.subjects]).toEqual([["clicks/é-value", [2]]]);
  expect(registry.calls).toHaveLength(1);
});

it("says who it is by a user and a password, or by a token", async () => {
  const registry = new TestRegistry();
  registry.add("\"long\"");
  registry.authorization = `Basic ${Buffer.from("ann:pä:ss").toString("base64")}`;
  await (await connected(registry, { user: "ann", password: "pä:ss" })).fetch(1);
  registry.authorization = "Bearer t0ken";
  await (await connected(registry, { token: "t0ken" })).fetch(1);
  const refused = (await connected(registry, { user: "ann", password: "s3cret" })).fetch(1);
  await expect(refused).rejects.toMatchObject({ code: "R7751", what: "the schema registry refuses access (HTTP 401)" });
  await refused.catch((error: unknown) => expect(JSON.stringify(error)).not.toContain("s3cret"));
});

it("keeps a password in the address out of what it says", async () => {
  const registry = new TestRegistry();
  const { url, close } = await registry.listen();
  closing.push(close);
  const client = schemaRegistry(nodeHost(), { url: url.replace("//", "//ann:s3cret@") }, going);
  await expect(client.fetch(9)).rejects.toMatchObject({ code: "R7752", where: url, what: "the schema registry has no schema with the id 9" });
  expect(() => schemaRegistry(nodeHost(), { url: "ann:s3cret@registry" }, going)).toThrow("the address of the schema registry is no URL of HTTP");
});

it("fails where the registry does not take a schema", async () => {
  const registry = new TestRegistry();
  registry.incompatible = () => "reader field `b` has no default";
  const client = await connected(registry);
  await expect(client.register("a-value", "\"long\"")).rejects.toMatchObject({ code: "R7753", what: "the schema registry does not take the schema of the rows under the subject a-value: reader field `b` has no default" });
});

it("asks again while the registry is overloaded or away", async () => {
  const registry = new TestRegistry();
  registry.add("\"long\"");
  registry.unavailable = 3;
  const { host, client } = simulated(registry);
  const before = host.clock.monotonic();
  await client.fetch(1);
  expect(registry.calls).toHaveLength(4);
  expect(host.clock.monotonic() - before).toBe(700);
});

it("gives up after a minute", async () => {
  const registry = new TestRegistry();
  registry.unavailable = Infinity;
  const { client } = simulated(registry);
  await expect(client.fetch(1)).rejects.toMatchObject({ code: "R7750", where: "http://registry:8081", what: expect.stringMatching(/^the schema registry gave no answer for [56]\d seconds: HTTP 503, no leader$/) });
});

it("gives up with the reason of an interruption", async () => {
  const registry = new TestRegistry();
  registry.unavailable = Infinity;
  const interruption = new AbortController();
  const { client } = simulated(registry, interruption.signal);
  const fetching = client.fetch(1);
  const reason = new Error("interrupted");
  interruption.abort(reason);
  await expect(fetching).rejects.toBe(reason);
  await expect(client.fetch(2)).rejects.toBe(reason);
});

it("remembers for a minute that there is no schema, and asks again after it", async () => {
  const registry = new TestRegistry();
  const { host, client } = simulated(registry);
  await expect(client.fetch(1)).rejects.toMatchObject({ code: "R7752" });
  await expect(client.fetch(1)).rejects.toMatchObject({ code: "R7752" });
  expect(registry.calls).toHaveLength(1);
  registry.add("\"long\"");
  await host.timers.sleep(60_000);
  await client.fetch(1);
  expect(client.known(1)).toBe("\"long\"");
});

it("takes a 404 that is not the registry's own word for a wrong address", async () => {
  const host = new SimHost();
  const answers = ["<html>Not Found</html>", JSON.stringify({ error_code: 404, message: "HTTP 404 Not Found" })];
  host.net.service("registry:80", () => ({ status: 404, body: answers.shift() ?? "" }));
  const client = schemaRegistry(host, { url: "http://registry/wrong" }, going);
  await expect(client.fetch(1)).rejects.toMatchObject({ code: "R7754", what: "the schema registry's answer is not understood: HTTP 404" });
  await expect(client.fetch(1)).rejects.toMatchObject({ code: "R7754", what: "the schema registry's answer is not understood: HTTP 404, HTTP 404 Not Found" });
});

it("refuses schemas that are not Avro's or do not stand by themselves", async () => {
  const host = new SimHost();
  const answers = [{ schema: "syntax = \"proto3\";", schemaType: "PROTOBUF" }, { schema: "\"a.B\"", references: [{ name: "a.B", subject: "b", version: 1 }] }, { id: 1 }, "what?"];
  host.net.service("registry:80", () => ({ status: 200, body: JSON.stringify(answers.shift()) }));
  const client = schemaRegistry(host, { url: "http://registry" }, going);
  await expect(client.fetch(1)).rejects.toMatchObject({ code: "R7756", what: "the schema 1 is of the type PROTOBUF, not Avro" });
  await expect(client.fetch(2)).rejects.toMatchObject({ code: "R7756" });
  await expect(client.fetch(3)).rejects.toMatchObject({ code: "R7754" });
  await expect(client.fetch(3)).rejects.toMatchObject({ code: "R7754" });
});
