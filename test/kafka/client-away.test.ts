import { afterAll, beforeAll, expect, test } from "vitest";
import { clients, fetchAll, message, optionsFor, text, valuesOf, withClient } from "./support/clients.ts";
import { freePorts } from "./support/free-ports.ts";
import { freshTopic } from "./support/fresh-topic.ts";
import { startBroker, type Broker } from "./support/start-broker.ts";

let broker: Broker;
beforeAll(async () => {
  broker = await startBroker();
});
afterAll(() => broker.stop());

for (const { name, factory } of clients) {
  test(`${name}: a broker that dies in the middle of a fetch is waited for, and nothing is lost or read twice`, async () => {
    const topic = await freshTopic(broker.address, "restarted", 2);
    const reports: string[] = [];
    await withClient(factory, optionsFor(broker.address, { retries: 5000, report: (report) => reports.push(report) }), async (client) => {
      const producer = await client.producer({ compression: "none" });
      const sendSome = (from: number, to: number): Promise<void> => producer.send(Array.from({ length: to - from }, (_, index) => message(topic, String(from + index), { partition: (from + index) % 2 })));
      await sendSome(0, 1000);
      const seen: number[] = [];
      const stop = new AbortController();
      const reading = (async () => {
        for await (const { messages } of client.fetch([0, 1].map((partition) => ({ topic, partition, from: 0 })), { isolation: "read_committed", bytesAhead: 20_000, maxWait: 100, signal: stop.signal })) {
          seen.push(...messages.map(({ value }) => Number(text(value))));
          if (seen.length >= 3000) stop.abort();
        }
      })();
      await expect.poll(() => seen.length).toBe(1000);
      await broker.kill();
      // Sent while nobody is there.
      const sending = sendSome(1000, 2000);
      await expect.poll(() => reports.length).toBe(1);
      await broker.restart();
      await sending;
      await sendSome(2000, 3000);
      await reading;
      await producer.close();
      expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 3000 }, (_, index) => index));
      expect(reports).toEqual([expect.stringContaining("cannot be reached"), expect.stringContaining("are back")]);
    });
  });

  test(`${name}: a transaction goes on after a restart of the broker, and is committed once`, async () => {
    const topic = await freshTopic(broker.address, "in-transaction");
    await withClient(factory, optionsFor(broker.address, { retries: 5000 }), async (client) => {
      const producer = await client.producer({ transactionalId: topic, transactionTimeout: 60_000, compression: "none" });
      await producer.begin();
      await producer.send([message(topic, "before")]);
      await broker.kill();
      const sending = producer.send([message(topic, "after")]);
      await broker.restart();
      await sending;
      await broker.kill();
      const committing = producer.commit();
      await broker.restart();
      await committing;
      await producer.close();
      await expect.poll(async () => (await client.offsets([{ topic, partition: 0 }], "latest", "read_committed"))[0]).toBe(3);
      expect((await valuesOf(client, { topic, partition: 0, from: 0, until: 3 })).values).toEqual(["before", "after"]);
    });
  });

  test(`${name}: a broker that answers nothing is given up after the request's time, and waited for`, async () => {
    const topic = await freshTopic(broker.address, "frozen");
    await withClient(factory, optionsFor(broker.address, { requestTimeout: 500, retries: 1 }), async (client) => {
      expect(await client.partitions([topic])).toEqual(new Map([[topic, [0]]]));
      await broker.freeze();
      try {
        await expect(client.partitions([topic])).rejects.toMatchObject({ code: "R7700" });
      } finally {
        broker.thaw();
      }
      expect(await client.partitions([topic])).toEqual(new Map([[topic, [0]]]));
    });
  });

  test(`${name}: brokers that are not there are an error after the retries, which are reported once`, async () => {
    const [port = 0] = await freePorts(1);
    const reports: string[] = [];
    await withClient(factory, optionsFor(`127.0.0.1:${port}`, { report: (report) => reports.push(report) }), async (client) => {
      await expect(client.topics()).rejects.toThrow("no broker can be reached, after 4 attempts: ECONNREFUSED");
      await expect(client.producer({ compression: "none" })).rejects.toMatchObject({ code: "R7700" });
    });
    expect(reports.length).toBe(1);
  });

  test(`${name}: an abort ends a fetch that waits for its broker, and a close does`, async () => {
    const [port = 0] = await freePorts(1);
    await withClient(factory, optionsFor(`127.0.0.1:${port}`), async (client) => {
      const stop = new AbortController();
      const reading = fetchAll(client, [{ topic: "any", partition: 0, from: 0 }], { signal: stop.signal });
      stop.abort();
      expect(await reading).toEqual([]);
    });
  });

  test(`${name}: one of several brokers is enough`, async () => {
    const [port = 0] = await freePorts(1);
    const topic = await freshTopic(broker.address, "several");
    await withClient(factory, optionsFor(`127.0.0.1:${port}`, { brokers: [`127.0.0.1:${port}`, broker.address], retries: 0 }), async (client) => {
      expect(await client.topics()).toContain(topic);
    });
  });
}
