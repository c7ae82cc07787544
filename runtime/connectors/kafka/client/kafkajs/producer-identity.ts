import type { BatchProducer } from "../records/encode-record-batch.ts";

const mostSequence = 2 ** 31;

/** By what the broker knows a producer, and the numbers of its messages by partition. */
export class ProducerIdentity {
  readonly transactionalId: string | null;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly #sequences = new Map<string, number>();

  constructor(transactionalId: string | null, producerId: number, producerEpoch: number) {
    this.transactionalId = transactionalId;
    this.producerId = producerId;
    this.producerEpoch = producerEpoch;
  }

  /** What the next batch of a partition is marked with. */
  batchOf(place: string): BatchProducer {
    return { producerId: this.producerId, producerEpoch: this.producerEpoch, firstSequence: this.#sequences.get(place) ?? 0, transactional: this.transactionalId !== null };
  }

  /** The broker has this many more messages of a partition. */
  advance(place: string, count: number): void {
    this.#sequences.set(place, ((this.#sequences.get(place) ?? 0) + count) % mostSequence);
  }
}
