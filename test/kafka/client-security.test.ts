import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ClientOptions } from "../../runtime/connectors/kafka/client/kafka-client.ts";
import { denyAll } from "./support/admin.ts";
import { clients, message, optionsFor, valuesOf, withClient } from "./support/clients.ts";
import { freshTopic } from "./support/fresh-topic.ts";
import { startBroker, type Broker } from "./support/start-broker.ts";

const password = "päss-word, 'quoted'";
let broker: Broker;
let topic: string;
/** One that eve may do nothing with; nor may others, because a topic with a rule is closed to whom none allows it. */
let forbidden: string;
beforeAll(async () => {
  broker = await startBroker({ users: [{ name: "alice", password: "alice-secret" }, { name: "eve", password: "eve-secret" }] });
  topic = await freshTopic(broker.address, "secured");
  forbidden = await freshTopic(broker.address, "forbidden");
  await denyAll(broker.address, "eve", forbidden);
});
afterAll(() => broker.stop());

const pem = (path: string | undefined): string => readFileSync(path ?? "", "utf8");
const alice = { username: "alice", password: "alice-secret" };
const mechanisms = ["plain", "scram-sha-256", "scram-sha-512"] as const;

for (const { name, factory } of clients) {
  const exchange = (port: number, more: Partial<ClientOptions>): Promise<void> =>
    withClient(factory, optionsFor(`127.0.0.1:${port}`, more), async (client) => {
      const [from = 0] = await client.offsets([{ topic, partition: 0 }], "latest", "read_committed");
      const producer = await client.producer({ compression: "none" });
      await producer.send([message(topic, "hello")]);
      await producer.close();
      expect((await valuesOf(client, { topic, partition: 0, from, until: from + 1 })).values).toEqual(["hello"]);
    });

  for (const mechanism of mechanisms) {
    test(`${name}: lets a user in by ${mechanism}, without and with TLS`, async () => {
      const sasl = { mechanism, ...alice };
      await exchange(broker.ports.sasl, { sasl });
      await exchange(broker.ports.saslTls, { sasl, tls: { ca: pem(broker.keys?.ca) } });
    });

    test(`${name}: says that a password is wrong by ${mechanism}, at once and without the password`, async () => {
      const failed = exchange(broker.ports.sasl, { sasl: { mechanism, username: "alice", password } });
      await expect(failed).rejects.toMatchObject({ code: "R7701" });
      await expect(failed).rejects.not.toThrow(password);
    });
  }

  test(`${name}: reaches a broker by TLS`, () => exchange(broker.ports.tls, { tls: { ca: pem(broker.keys?.ca) } }));

  test(`${name}: shows a certificate where the broker asks for one`, async () => {
    const ca = pem(broker.keys?.ca);
    await exchange(broker.ports.mutualTls, { tls: { ca, certificate: pem(broker.keys?.clientCertificate), key: pem(broker.keys?.clientKey), passphrase: broker.keys?.keyPassphrase ?? "" } });
    await expect(exchange(broker.ports.mutualTls, { tls: { ca }, retries: 1 })).rejects.toMatchObject({ code: expect.stringMatching(/^R770[01]$/) as string });
  });

  test(`${name}: does not take a certificate that nobody vouches for, or of another name`, async () => {
    await expect(exchange(broker.ports.tls, { tls: {} })).rejects.toMatchObject({ code: "R7701" });
    await expect(exchange(broker.ports.tls, { tls: { ca: pem(broker.keys?.ca), serverName: "elsewhere.example" } })).rejects.toMatchObject({ code: "R7701" });
  });

  test(`${name}: says what a user may not do`, async () => {
    await withClient(factory, optionsFor(`127.0.0.1:${broker.ports.sasl}`, { sasl: { mechanism: "plain", username: "eve", password: "eve-secret" } }), async (client) => {
      await expect(client.partitions([forbidden])).rejects.toMatchObject({ code: "R7702" });
      const producer = await client.producer({ compression: "none" });
      await expect(producer.send([message(forbidden, "x")])).rejects.toMatchObject({ code: "R7702" });
      await producer.close();
    });
  });
}
