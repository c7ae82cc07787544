import kafkajs from "kafkajs";

/**
 * The comparison: a loop as it is written on kafkajs, with `eachBatch`, `JSON.parse`, `JSON.stringify` and one `send` a batch. It ends when it has read what was
 * there when it began. Words: the broker, the topic it reads, the topic it writes.
 */
interface Order {
  readonly id: number;
  readonly customer: string;
  readonly price: number;
  readonly quantity: number;
  readonly created: string;
  readonly sent: number;
}

const [broker = "", input = "", output = ""] = process.argv.slice(2);
const kafka = new kafkajs.Kafka({ brokers: [broker], logLevel: kafkajs.logLevel.NOTHING });
const admin = kafka.admin();
await admin.connect();
const ends = new Map((await admin.fetchTopicOffsets(input)).map(({ partition, high }) => [partition, Number(high)]));
await admin.disconnect();
const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
await producer.connect();
const consumer = kafka.consumer({ groupId: `${output}-plain`, maxBytesPerPartition: 1 << 20 });
await consumer.connect();
await consumer.subscribe({ topic: input, fromBeginning: true });
let finish = (): void => undefined;
const finished = new Promise<void>((resolve) => (finish = resolve));
await consumer.run({
  eachBatch: async ({ batch }) => {
    const messages: { key: string; value: string }[] = [];
    for (const { value } of batch.messages) {
      if (value === null) continue;
      const order = JSON.parse(value.toString()) as Order;
      if (order.price > 50) messages.push({ key: order.customer, value: JSON.stringify({ id: order.id, customer: order.customer, total: order.price * order.quantity, created: order.created, sent: order.sent }) });
    }
    if (messages.length > 0) await producer.send({ topic: output, messages });
    if (Number(batch.lastOffset()) + 1 >= (ends.get(batch.partition) ?? 0)) ends.delete(batch.partition);
    if (ends.size === 0) finish();
  },
});
await finished;
await consumer.disconnect();
await producer.disconnect();
