import type { Compression, OutgoingMessage } from "../kafka-client.ts";
import { messageTooLarge, unknownTopic } from "../kafka-errors.ts";
import { partitionKey, partitionWords } from "../partition-names.ts";
import { encodeRecordBatch, roughSize } from "../records/encode-record-batch.ts";
import { addTo, byLeader } from "./by-leader.ts";
import type { ProducerIdentity } from "./producer-identity.ts";
import { failureOf } from "./failure-of.ts";
import type { KafkajsBroker } from "./kafkajs-library.ts";
import type { NodeTable } from "./node-table.ts";
import { cutIntoBatches, type PartitionMessages } from "./partition-choice.ts";
import type { Patience } from "./patience.ts";
import { produceRequest, type EncodedBatch, type ProducedBatch } from "./produce-request.ts";
import { errorCodes, notLeading } from "./protocol-error.ts";

/** What is still to be sent to one partition, in order: `sent` batches are done. */
interface Lane {
  readonly topic: string;
  readonly partition: number;
  batches: readonly (readonly OutgoingMessage[])[];
  sent: number;
}

/** Bytes of a batch before compression: below what a topic takes unless told otherwise (1 048 588). */
const mostBatchBytes = 950_000;
const mostRequestBytes = 4 << 20;

/**
 * Sends batches to the leaders of their partitions, one request at a time to each broker, and again where an answer did not come: the same batch with the same sequence, which
 * the broker then takes for what it is.
 */
export class BatchSender {
  readonly #nodes: NodeTable;
  readonly #patience: Patience;
  readonly #compression: Compression;
  readonly #timeout: number;
  /** The leaders of partitions, until one of them refuses. */
  readonly #known = new Map<string, number>();

  constructor(nodes: NodeTable, patience: Patience, compression: Compression, timeout: number) {
    this.#nodes = nodes;
    this.#patience = patience;
    this.#compression = compression;
    this.#timeout = timeout;
  }

  async send(parts: readonly PartitionMessages[], identity: ProducerIdentity): Promise<void> {
    const lanes: Lane[] = parts.map(({ topic, partition, messages }) => ({ topic, partition, batches: cutIntoBatches(messages, mostBatchBytes), sent: 0 }));
    await this.#patience.with(async () => {
      const open = lanes.filter(isOpen);
      if (open.length === 0) return;
      const ends = await Promise.allSettled([...(await this.#leaders(open))].map(([leader, of]) => this.#sendTo(leader, of, identity)));
      const failures = ends.flatMap((end) => (end.status === "rejected" ? [end.reason as unknown] : []));
      // What cannot pass counts more than what can.
      if (failures.length === 0) return;
      this.#known.clear();
      throw failures.find((failure) => failureOf(failure).kind === "final") ?? failures[0];
    });
  }

  async #leaders(lanes: readonly Lane[]): Promise<ReadonlyMap<number, readonly Lane[]>> {
    if (lanes.some((lane) => !this.#known.has(partitionKey(lane)))) await this.#ask(lanes);
    const leaders = new Map<number, Lane[]>();
    for (const lane of lanes) addTo(leaders, this.#known.get(partitionKey(lane)) ?? -1, lane);
    return leaders;
  }

  async #ask(lanes: readonly Lane[]): Promise<void> {
    const metadata = await this.#nodes.metadata([...new Set(lanes.map(({ topic }) => topic))]);
    const { leaders, missing: [missing] } = byLeader(this.#nodes, metadata, lanes);
    if (missing !== undefined) throw metadata.topicMetadata.some(({ topic, topicErrorCode }) => topic === missing.topic && topicErrorCode === 0) ? this.#nodes.errorOf(errorCodes.leaderNotAvailable, partitionWords(missing)) : unknownTopic(missing.topic);
    for (const [leader, led] of leaders) for (const lane of led) this.#known.set(partitionKey(lane), leader);
  }

  async #sendTo(leader: number, lanes: readonly Lane[], identity: ProducerIdentity): Promise<void> {
    const broker = await this.#nodes.node(leader);
    for (let open = lanes.filter(isOpen); open.length > 0; open = open.filter(isOpen)) {
      await this.#sendOnce(broker, this.#asMany(open), identity);
      // Those that had to wait for room come first.
      open = [...open.slice(1), ...open.slice(0, 1)];
    }
  }

  /** As many partitions as fit a request; one at least. */
  #asMany(open: readonly Lane[]): readonly Lane[] {
    let size = 0;
    return open.filter((lane, index) => {
      size += (lane.batches[lane.sent] ?? []).reduce((sum, message) => sum + roughSize(message), 0);
      return index === 0 || size <= mostRequestBytes;
    });
  }

  async #sendOnce(broker: KafkajsBroker, lanes: readonly Lane[], identity: ProducerIdentity): Promise<void> {
    const now = this.#nodes.library.now();
    const encoded: EncodedBatch[] = [];
    for (const lane of lanes) encoded.push({ topic: lane.topic, partition: lane.partition, bytes: await encodeRecordBatch(lane.batches[lane.sent] ?? [], identity.batchOf(partitionKey(lane)), this.#compression, now) });
    const produced = await this.#nodes.askRaw(broker, produceRequest(identity.transactionalId, this.#timeout, encoded));
    let failure: unknown;
    for (const result of produced) {
      const lane = lanes.find(({ topic, partition }) => topic === result.topic && partition === result.partition);
      if (lane !== undefined) failure = this.#taken(lane, result, encoded, identity) ?? failure;
    }
    if (failure !== undefined) throw failure;
  }

  /** Notes what a broker did with a batch; gives an error to be thrown when all were noted. */
  #taken(lane: Lane, { errorCode }: ProducedBatch, encoded: readonly EncodedBatch[], identity: ProducerIdentity): unknown {
    const batch = lane.batches[lane.sent] ?? [];
    if (errorCode === 0 || errorCode === errorCodes.duplicateSequence) {
      identity.advance(partitionKey(lane), batch.length);
      lane.sent++;
      return undefined;
    }
    if (errorCode === errorCodes.messageTooLarge || errorCode === errorCodes.recordListTooLarge) {
      if (batch.length === 1) return messageTooLarge(lane.topic, lane.partition, encoded.find(({ topic, partition }) => topic === lane.topic && partition === lane.partition)?.bytes.length ?? 0);
      const half = batch.length >>> 1;
      lane.batches = [...lane.batches.slice(0, lane.sent), batch.slice(0, half), batch.slice(half), ...lane.batches.slice(lane.sent + 1)];
      return undefined;
    }
    return errorCode === errorCodes.unknownTopic ? notLeading(lane) : this.#nodes.errorOf(errorCode, partitionWords(lane));
  }
}

function isOpen({ sent, batches }: Lane): boolean {
  return sent < batches.length;
}
