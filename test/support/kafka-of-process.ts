import type { FetchedMessages, KafkaClient, KafkaClientFactory, KafkaProducer } from "../../runtime/connectors/kafka/client/kafka-client.ts";
import { SimulatedCrash } from "../../runtime/errors/simulated-crash.ts";
import type { SimHost } from "../../runtime/testing/sim-host.ts";

/** Clients of a simulated process: once it has died they reach the broker no more, so that what was open stays open there. */
export function kafkaOfProcess(factory: KafkaClientFactory, current: () => SimHost): KafkaClientFactory {
  return async (options) => {
    const host = current();
    const ensureAlive = (): void => {
      if (host.process.identify(host.process.pid) === undefined) throw new SimulatedCrash("kafka");
    };
    const client = await factory(options);
    return guarded(client, ensureAlive);
  };
}

function guarded(client: KafkaClient, ensureAlive: () => void): KafkaClient {
  const alive = async <T>(action: () => Promise<T>): Promise<T> => {
    ensureAlive();
    return action();
  };
  async function* fetched(messages: AsyncIterable<FetchedMessages>): AsyncGenerator<FetchedMessages> {
    for await (const some of messages) {
      ensureAlive();
      yield some;
    }
  }
  return {
    topics: () => alive(() => client.topics()),
    partitions: (topics) => alive(() => client.partitions(topics)),
    offsets: (partitions, query, isolation) => alive(() => client.offsets(partitions, query, isolation)),
    topicIds: (topics) => alive(() => client.topicIds(topics)),
    fetch: (ranges, options) => fetched(client.fetch(ranges, options)),
    commitOffsets: (group, offsets) => alive(() => client.commitOffsets(group, offsets)),
    topicConfig: (topic, names) => alive(() => client.topicConfig(topic, names)),
    createTopic: (topic, settings) => alive(() => client.createTopic(topic, settings)),
    producer: (options) =>
      alive(async () => {
        const producer = await client.producer(options);
        const guardedProducer: KafkaProducer = {
          begin: () => alive(() => producer.begin()),
          send: (messages) => alive(() => producer.send(messages)),
          commit: () => alive(() => producer.commit()),
          abort: () => alive(() => producer.abort()),
          close: () => alive(() => producer.close()),
        };
        return guardedProducer;
      }),
    close: () => client.close(),
  };
}
