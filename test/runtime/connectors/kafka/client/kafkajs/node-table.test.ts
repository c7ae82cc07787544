import { expect, it } from "vitest";
import type { ClientOptions } from "../../../../../../runtime/connectors/kafka/client/kafka-client.ts";
import { failureOf } from "../../../../../../runtime/connectors/kafka/client/kafkajs/failure-of.ts";
import type { KafkajsBroker, KafkajsLibrary } from "../../../../../../runtime/connectors/kafka/client/kafkajs/kafkajs-library.ts";
import { NodeTable } from "../../../../../../runtime/connectors/kafka/client/kafkajs/node-table.ts";

/** A broker as kafkajs has it: one caller connects and the others wait for it, and it is connected before it has said which requests it knows. */
class SlowBroker implements KafkajsBroker {
  versions: KafkajsBroker["versions"] = null;
  readonly connectionPool = { send: () => Promise.resolve() };
  #connected = false;
  #turn: Promise<void> = Promise.resolve();
  readonly #says: Promise<Record<number, { readonly maxVersion: number }>>;

  constructor(says: Promise<Record<number, { readonly maxVersion: number }>>) {
    this.#says = says;
  }

  isConnected(): boolean {
    return this.#connected;
  }

  connect(): Promise<void> {
    const mine = this.#turn.then(async () => {
      if (this.#connected) return;
      this.#connected = true;
      this.versions = await this.#says;
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  disconnect(): Promise<void> {
    this.#connected = false;
    return Promise.resolve();
  }
}

function tableOf(broker: KafkajsBroker): NodeTable {
  const options: ClientOptions = { brokers: ["b:1"], clientId: "c", connectionTimeout: 10, requestTimeout: 10, retries: 1, retryInterval: 100, report: () => undefined };
  const library: KafkajsLibrary = {
    requests: {}, apiKeys: { Metadata: 3 }, makeBroker: () => broker, errorName: String, sleep: () => Promise.resolve(), now: () => 0, makeEncoder: () => expect.unreachable(),
  };
  return new NodeTable(library, options);
}

it("gives a broker only once it has said which requests it knows, to whoever asks meanwhile", async () => {
  let say = (_: Record<number, { readonly maxVersion: number }>): void => undefined;
  const nodes = tableOf(new SlowBroker(new Promise((resolve) => (say = resolve))));
  const versionForWhoAsks = async (): Promise<number> => nodes.newest(await nodes.any(), "Metadata");
  const asked = [versionForWhoAsks(), versionForWhoAsks()];
  await new Promise(setImmediate);
  asked.push(versionForWhoAsks());
  await new Promise(setImmediate);
  say({ 3: { maxVersion: 5 } });
  expect(await Promise.all(asked)).toEqual([5, 5, 5]);
});

it("takes a broker for away that is connected and never said it", async () => {
  let fail = (_: Error): void => undefined;
  const nodes = tableOf(new SlowBroker(new Promise((_, reject) => (fail = reject))));
  const first = nodes.any();
  await new Promise(setImmediate);
  const second = nodes.any();
  fail(new TypeError("no answer"));
  await expect(first).rejects.toThrow("no answer");
  const failure = await second.catch((error: unknown) => failureOf(error));
  expect(failure).toEqual({ kind: "away", why: "b:1 took the connection and has not said which requests it knows" });
});
