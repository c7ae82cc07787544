import type { Isolation } from "../../../runtime/connectors/kafka/client/kafka-client.ts";
import type { Message } from "../../../runtime/formats/chunk-messages.ts";
import { withBroker } from "./with-broker.ts";

/**
 * What a reader sees of a topic that is written no more, partition after partition: up to the end of what is decided, or of all. With `untilDecided` it waits
 * for that to be the same: a transaction whose commit was answered is seen a little later.
 */
export async function readTopic(address: string, topic: string, isolation: Isolation = "read_committed", untilDecided = false): Promise<readonly (Message & { readonly partition: number })[]> {
  return withBroker(address, async (client) => {
    const partitions = ((await client.partitions([topic])).get(topic) ?? []).map((partition) => ({ topic, partition }));
    const starts = await client.offsets(partitions, "earliest", isolation);
    let ends = await client.offsets(partitions, "latest", isolation);
    for (let looks = 0; untilDecided && looks < 200 && String(ends) !== String(await client.offsets(partitions, "latest", "read_uncommitted")); looks++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      ends = await client.offsets(partitions, "latest", isolation);
    }
    const ranges = partitions.flatMap((partition, at) => {
      const [from = 0, until = 0] = [starts[at], ends[at]];
      return from < until ? [{ ...partition, from, until }] : [];
    });
    const read: (Message & { readonly partition: number })[] = [];
    const options = { isolation, bytesAhead: 4 << 20, maxWait: 100, signal: new AbortController().signal };
    for await (const { partition, messages } of client.fetch(ranges, options)) for (const message of messages) read.push({ ...message, partition });
    return read.sort((a, b) => a.partition - b.partition || a.offset - b.offset);
  });
}

/** The values of `readTopic` as texts. */
export async function readValues(address: string, topic: string, isolation?: Isolation): Promise<readonly (string | null)[]> {
  return (await readTopic(address, topic, isolation)).map(({ value }) => (value === null ? null : Buffer.from(value).toString("utf8")));
}
