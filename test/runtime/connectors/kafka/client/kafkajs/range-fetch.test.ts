import { expect, it } from "vitest";
import type { ClientOptions, FetchedMessages, FetchRange } from "../../../../../../runtime/connectors/kafka/client/kafka-client.ts";
import type { KafkajsBroker, KafkajsLibrary, RequestForms } from "../../../../../../runtime/connectors/kafka/client/kafkajs/kafkajs-library.ts";
import { NodeTable } from "../../../../../../runtime/connectors/kafka/client/kafkajs/node-table.ts";
import { Patience } from "../../../../../../runtime/connectors/kafka/client/kafkajs/patience.ts";
import { Presence } from "../../../../../../runtime/connectors/kafka/client/kafkajs/presence.ts";
import { RangeFetch } from "../../../../../../runtime/connectors/kafka/client/kafkajs/range-fetch.ts";
import { ByteWriter } from "../../../../../../runtime/connectors/kafka/client/records/byte-writer.ts";
import { encodeRecordBatch } from "../../../../../../runtime/connectors/kafka/client/records/encode-record-batch.ts";

/** A broker of one partition of topic `t`, whose clock goes on as the client sleeps. */
class Broker {
  now = 1000;
  /** Whether the partition has a leader. */
  leads = (): boolean => true;
  /** Whether it gives its messages when it is asked. */
  gives = (): boolean => true;
  policy: string | undefined = "delete";
  /** So many times it says that it is at work when it is asked for settings. */
  busy = 0;
  /** From where on the partition has messages, and where it ends. */
  readonly first = 0;
  readonly end = 3;
  readonly reports: string[] = [];
  asked = 0;
  /** Milliseconds that the newest fetch may take. */
  patience: number | undefined;

  range(from = 0, until = this.end, timeout: number | undefined = undefined): RangeFetch {
    const options: ClientOptions = { brokers: ["b:1"], clientId: "c", connectionTimeout: 10, requestTimeout: 10, retries: 1, retryInterval: 100, report: (message) => void this.reports.push(`${(this.now - 1000) / 1000}: ${message}`) };
    const nodes = new NodeTable(this.#library(), options);
    const presence = new Presence(options);
    const ranges: readonly FetchRange[] = [{ topic: "t", partition: 0, from, until }];
    return new RangeFetch(nodes, new Patience(nodes, options, presence), presence, ranges, { isolation: "read_committed", bytesAhead: 1 << 20, maxWait: 500, timeout, signal: new AbortController().signal });
  }

  #library(): KafkajsLibrary {
    const form = (answer: () => unknown): RequestForms => ({ versions: [1], protocol: () => () => ({ request: { apiKey: 1, apiVersion: 1, apiName: "", encode: () => expect.unreachable() }, response: { decode: () => Promise.resolve(answer()), parse: (decoded) => Promise.resolve(decoded) } }) });
    return {
      requests: {
        Metadata: form(() => ({ brokers: [{ nodeId: 1, host: "b", port: 1 }], controllerId: 1, topicMetadata: [{ topic: "t", topicErrorCode: 0, isInternal: false, partitionMetadata: [{ partitionId: 0, leader: this.leads() ? 1 : -1 }] }] })),
        DescribeConfigs: form(() => ({ resources: [this.busy-- > 0 ? { errorCode: 7, configEntries: [] } : this.policy === undefined ? { errorCode: 29, configEntries: [] } : { errorCode: 0, configEntries: [{ configName: "cleanup.policy", configValue: this.policy }] }] })),
      },
      apiKeys: { Metadata: 3, DescribeConfigs: 32, Fetch: 1 },
      makeBroker: (): KafkajsBroker => ({
        connect: () => Promise.resolve(),
        disconnect: () => Promise.resolve(),
        isConnected: () => true,
        versions: { 1: { maxVersion: 11 }, 3: { maxVersion: 1 }, 32: { maxVersion: 1 } },
        connectionPool: { send: async ({ request, response, requestTimeout }) => response.decode(request.apiName === "Fetch" ? await this.#fetched(requestTimeout) : new Uint8Array()) },
      }),
      errorName: (code) => (code === 5 ? "LEADER_NOT_AVAILABLE" : `ERROR_${code}`),
      sleep: (milliseconds) => {
        this.now += milliseconds;
        return Promise.resolve();
      },
      now: () => this.now,
      makeEncoder: () => {
        const encoder = { writeBuffer: () => encoder };
        return encoder;
      },
    };
  }

  async #fetched(patience: number | undefined): Promise<Uint8Array> {
    this.asked++;
    this.patience = patience;
    const message = { topic: "t", partition: 0, key: null, value: new Uint8Array(1), headers: [], timestamp: 0 };
    const records = this.gives() ? await encodeRecordBatch([message, message, message], { producerId: -1, producerEpoch: -1, firstSequence: -1, transactional: false }, "none", 0) : new Uint8Array();
    const out = new ByteWriter();
    out.int32(0);
    out.int16(0);
    out.int32(0);
    out.int32(1);
    out.string("t");
    out.int32(1);
    out.int32(0);
    out.int16(0);
    for (const value of [this.end, this.end, 0]) out.int64(value);
    out.int32(-1);
    out.int32(-1);
    out.int32(records.length);
    return Buffer.concat([out.written(), records]);
  }
}

async function all(fetch: RangeFetch): Promise<readonly FetchedMessages[]> {
  const fetched: FetchedMessages[] = [];
  for await (const each of fetch.messages(() => undefined)) fetched.push(each);
  return fetched;
}

const seconds = (broker: Broker): number => (broker.now - 1000) / 1000;

it("waits while a broker gives nothing of a range that its partition has, and loses no message of it", async () => {
  const broker = new Broker();
  broker.gives = () => broker.asked > 6;
  const [fetched] = await all(broker.range());
  expect(fetched?.messages.map(({ offset }) => offset)).toEqual([0, 1, 2]);
});

it("takes it for a gap after some seconds where the topic is compacted, and only there", async () => {
  const compacted = new Broker();
  compacted.gives = () => false;
  compacted.policy = "delete,compact";
  expect(await all(compacted.range())).toEqual([{ topic: "t", partition: 0, messages: [], next: 3 }]);
  expect(seconds(compacted)).toBeGreaterThanOrEqual(5);

  const kept = new Broker();
  kept.gives = () => false;
  await expect(all(kept.range(1))).rejects.toMatchObject({ code: "R7704", offset: 1, what: "the broker gives no message from here on, although the partition goes on to offset 3 and the topic is not compacted" });
  expect(seconds(kept)).toBeGreaterThanOrEqual(5);

  const silent = new Broker();
  silent.gives = () => false;
  silent.policy = undefined;
  await expect(all(silent.range())).rejects.toMatchObject({ code: "R7704", what: expect.stringContaining("does not say whether the topic is compacted") });
});

it("asks again whether the topic is compacted where a broker is at work", async () => {
  const broker = new Broker();
  broker.gives = () => false;
  broker.policy = "compact";
  broker.busy = 2;
  expect(await all(broker.range())).toEqual([{ topic: "t", partition: 0, messages: [], next: 3 }]);
  expect(broker.busy).toBeLessThan(0);
});

it("takes no jump of the clock for seconds of silence", async () => {
  const broker = new Broker();
  broker.policy = "compact";
  broker.gives = () => {
    if (broker.asked === 2) broker.now += 60_000;
    return broker.asked > 4;
  };
  expect((await all(broker.range()))[0]?.messages).toHaveLength(3);
});

it("says once that a partition has no leader, some seconds after, and when it has one again", async () => {
  const broker = new Broker();
  broker.leads = () => seconds(broker) > 20;
  await all(broker.range());
  expect(broker.reports).toEqual([
    expect.stringMatching(/^5\.\d*: topic t, partition 0: the brokers have answered LEADER_NOT_AVAILABLE for 5 seconds; waiting for it$/),
    expect.stringMatching(/^20\.\d*: topic t, partition 0: the brokers answer again$/),
  ]);
  const soon = new Broker();
  soon.leads = () => seconds(soon) > 3;
  await all(soon.range());
  expect(soon.reports).toEqual([]);
});

it("gives a fetch the time that it has beside its wait: its own, or that of every request", async () => {
  const broker = new Broker();
  await all(broker.range());
  expect(broker.patience).toBe(510);
  await all(broker.range(0, broker.end, 250));
  expect(broker.patience).toBe(750);
});
