import { expect, it } from "vitest";
import type { ClientOptions } from "../../../../../../runtime/connectors/kafka/client/kafka-client.ts";
import { KafkajsClient } from "../../../../../../runtime/connectors/kafka/client/kafkajs/client.ts";
import type { KafkajsBroker, KafkajsLibrary, RequestForms } from "../../../../../../runtime/connectors/kafka/client/kafkajs/kafkajs-library.ts";

/** Three brokers, each of which leads the partition of its number of topic `t`, and what they are asked. */
class Cluster {
  now = 1000;
  readonly asked: string[] = [];
  /** The leaders as metadata tell them, by partition, and as they are. */
  told = [0, 1, 2];
  leaders = [0, 1, 2];
  /** Holds up the answers to `ListOffsets`. */
  held: Promise<void> = Promise.resolve();
  /** The broker that keeps every group. */
  coordinator = 1;

  readonly options: ClientOptions = { brokers: ["b0:1"], clientId: "c", connectionTimeout: 10, requestTimeout: 10, retries: 1, retryInterval: 100, report: () => undefined };

  client(): KafkajsClient {
    return new KafkajsClient(this.#library(), this.options);
  }

  #library(): KafkajsLibrary {
    const form = (apiKey: number, apiName: string): RequestForms => ({
      versions: [1],
      protocol: () => (parameters) => ({ request: { apiKey, apiVersion: 1, apiName, encode: () => expect.unreachable() }, response: { decode: (bytes) => this.#answer(apiName, parameters, bytes[0] ?? -1), parse: (decoded) => Promise.resolve(decoded) } }),
    });
    return {
      requests: { Metadata: form(3, "Metadata"), ListOffsets: form(2, "ListOffsets"), GroupCoordinator: form(10, "GroupCoordinator"), OffsetCommit: form(8, "OffsetCommit") },
      apiKeys: { Metadata: 3, ListOffsets: 2, GroupCoordinator: 10, OffsetCommit: 8 },
      makeBroker: ({ host }): KafkajsBroker => ({
        connect: () => Promise.resolve(),
        disconnect: () => Promise.resolve(),
        isConnected: () => true,
        versions: { 2: { maxVersion: 1 }, 3: { maxVersion: 1 }, 8: { maxVersion: 1 }, 10: { maxVersion: 1 } },
        connectionPool: { send: ({ response }) => response.decode(Uint8Array.of(Number(host.slice(1)))) },
      }),
      errorName: (code) => `ERROR_${code}`,
      sleep: (milliseconds) => {
        this.now += milliseconds;
        return Promise.resolve();
      },
      now: () => this.now,
      makeEncoder: () => expect.unreachable(),
    };
  }

  async #answer(name: string, parameters: unknown, node: number): Promise<unknown> {
    this.asked.push(name === "ListOffsets" || name === "OffsetCommit" ? `${name} of ${node}` : name);
    if (name === "GroupCoordinator") return { errorCode: 0, coordinator: { nodeId: this.coordinator, host: `b${this.coordinator}`, port: 1 } };
    if (name === "OffsetCommit") return { responses: [{ topic: "t", partitions: [{ partition: 0, errorCode: node === this.coordinator ? 0 : 16 }] }] };
    if (name === "Metadata") {
      const partitionMetadata = this.told.map((leader, partitionId) => ({ partitionId, leader }));
      return { brokers: [0, 1, 2].map((nodeId) => ({ nodeId, host: `b${nodeId}`, port: 1 })), controllerId: 0, topicMetadata: [{ topic: "t", topicErrorCode: 0, isInternal: false, partitionMetadata }] };
    }
    await this.held;
    const { topics } = parameters as { readonly topics: readonly { readonly partitions: readonly { readonly partition: number }[] }[] };
    const partitions = (topics[0]?.partitions ?? []).map(({ partition }) => (this.leaders[partition] === node ? { partition, errorCode: 0, offset: String(10 * partition) } : { partition, errorCode: 6, offset: "-1" }));
    return { responses: [{ topic: "t", partitions }] };
  }
}

const places = [0, 1, 2].map((partition) => ({ topic: "t", partition }));
const allOffsets = (client: KafkajsClient): Promise<readonly (number | undefined)[]> => client.offsets(places, "latest", "read_committed");

it("asks for the ends of all partitions of a topic with one request for metadata, and all leaders at once", async () => {
  const cluster = new Cluster();
  const client = cluster.client();
  expect((await client.partitions(["t"])).get("t")).toEqual([0, 1, 2]);
  let release = (): void => undefined;
  cluster.held = new Promise((resolve) => (release = resolve));
  const offsets = allOffsets(client);
  await new Promise(setImmediate);
  expect(cluster.asked).toEqual(["Metadata", "ListOffsets of 0", "ListOffsets of 1", "ListOffsets of 2"]);
  release();
  expect(await offsets).toEqual([0, 10, 20]);
});

it("asks for metadata anew where a leader has moved, or where they are old", async () => {
  const cluster = new Cluster();
  const client = cluster.client();
  await allOffsets(client);
  cluster.leaders = cluster.told = [0, 1, 1];
  cluster.asked.length = 0;
  expect(await allOffsets(client)).toEqual([0, 10, 20]);
  expect(cluster.asked).toEqual(["ListOffsets of 0", "ListOffsets of 1", "ListOffsets of 2", "Metadata", "ListOffsets of 0", "ListOffsets of 1"]);
  cluster.now += 10_000;
  cluster.asked.length = 0;
  await allOffsets(client);
  expect(cluster.asked[0]).toBe("Metadata");
});

it("finds partitions that are newer than what was told before", async () => {
  const cluster = new Cluster();
  cluster.told = [0, 1];
  const client = cluster.client();
  expect(await allOffsets(client)).toEqual([0, 10, undefined]);
  cluster.told = [0, 1, 2];
  expect(await allOffsets(client)).toEqual([0, 10, 20]);
});

it("asks for a group's coordinator once, and anew where it has moved", async () => {
  const cluster = new Cluster();
  const client = cluster.client();
  const commit = (): Promise<void> => client.commitOffsets("g", [{ topic: "t", partition: 0, offset: 5 }]);
  await commit();
  await commit();
  cluster.coordinator = 2;
  await commit();
  expect(cluster.asked).toEqual(["GroupCoordinator", "OffsetCommit of 1", "OffsetCommit of 1", "OffsetCommit of 1", "GroupCoordinator", "OffsetCommit of 2"]);
});
