import { kafkajsClient } from "../../../runtime/connectors/kafka/client/kafkajs-client.ts";

// A program that uses a client in every way and closes it: nothing may keep the process. Words: the broker, a topic.
const [broker = "", topic = ""] = process.argv.slice(2);
const client = await kafkajsClient({ brokers: [broker], clientId: "ends", connectionTimeout: 2000, requestTimeout: 10_000, retries: 3, retryInterval: 50, report: () => undefined });
const producer = await client.producer({ compression: "zstd", transactionalId: `${topic}-ends` });
await producer.begin();
await producer.send([{ topic, partition: null, key: null, value: new Uint8Array(10), headers: [] }]);
await producer.commit();
const reading = client.fetch([{ topic, partition: 0, from: 0 }], { isolation: "read_committed", bytesAhead: 1000, maxWait: 30_000, signal: new AbortController().signal });
for await (const { messages } of reading) if (messages.length > 0) break;
// Left in the middle of a request that would wait for 30 seconds.
await client.close();
process.stdout.write("closed");
