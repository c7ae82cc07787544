import { SimulatedCrash } from "../../errors/simulated-crash.ts";
import { SluiceRuntimeError, type RuntimeErrorCode } from "../../errors/runtime-error.ts";
import type { MessageHeader } from "../../formats/chunk-messages.ts";
import type { Host } from "../../host/host.ts";
import type { BatchContext } from "../../query/batch-context.ts";
import { failureOf } from "../../query/failure-of.ts";
import { interruptible } from "../../query/interruptible.ts";
import type { KafkaProducer, OutgoingMessage } from "./client/kafka-client.ts";
import type { Delivery } from "./delivery.ts";
import type { Markers } from "./markers.ts";
import { commitUnknown, fencedOff, markersLost, transactionLost } from "./sink-errors.ts";
import { within } from "./within.ts";

export interface ExactlyOnceParts {
  readonly host: Host;
  readonly sink: string;
  readonly id: string;
  readonly signal: AbortSignal;
  /** A producer under the id; when it is there, whatever was open under the id is decided. */
  produce(): Promise<KafkaProducer>;
  /** Undefined in a bounded run, which nobody continues: its batch is one transaction, and nothing notes it. */
  readonly markers: Markers | undefined;
  /** What the newest entry of the checkpoint's commits notes of the sinks. */
  readonly noted: readonly string[];
}

/**
 * A batch is a transaction: readers with `read_committed` see all of it or nothing. Its last message is a marker (`Markers`) that names the batch,
 * so the brokers themselves know which batches they have. When a sink is opened, the id is taken first, which fences off whoever had it
 * and decides what that one left open; when all sinks are open, the newest marker is read, and a batch at or below it is dropped whole. So a batch whose commit got
 * through but was not noted in the checkpoint is not sent again, and one whose commit did not is aborted and sent again.
 *
 * A batch without messages has no transaction and no marker: where it is run again, `begin` lets it send, and nothing was sent before. What the
 * checkpoint's commits note is the newest marker, so that a topic of markers that was lost is found out. A transaction lives from its
 * first message to its commit; the brokers abort it after `transactionTimeout`, which nothing prolongs, so that a batch has to be shorter.
 *
 * Brokers forget an id without transactions (`transactional.id.expiration.ms`). It is taken anew where nothing of a transaction was sent, and
 * goes on where the newest marker is still the one that was last known: else somebody else had the id in between.
 */
export class ExactlyOnce implements Delivery {
  readonly canFlush = false;
  readonly #parts: ExactlyOnceParts;
  #producer: KafkaProducer;
  /** The newest batch that the brokers have; undefined where they have none. */
  #newest: number | undefined;
  #batch: BatchContext | undefined;
  #isOpen = false;
  /** The producer has a transaction that could not be ended. */
  #isLeft = false;
  /** What is on its way; never fails. */
  #sending: Promise<unknown> = Promise.resolve();

  private constructor(parts: ExactlyOnceParts, producer: KafkaProducer) {
    this.#parts = parts;
    this.#producer = producer;
  }

  /** Takes the id. */
  static async open(parts: ExactlyOnceParts): Promise<ExactlyOnce> {
    await parts.markers?.ensureTopic();
    return new ExactlyOnce(parts, await interruptible(parts.produce(), parts.signal));
  }

  /**
   * Reads the newest marker; R7739 where the checkpoint knows of a newer one. The transaction of another sink of the query, which died with this one, may
   * stand before it: that is decided when the other is opened.
   */
  async ready(): Promise<void> {
    const { markers, id, noted } = this.#parts;
    const newest = await markers?.newest();
    const expected = notedBatch(noted, id);
    if (markers !== undefined && expected !== undefined && (newest ?? -1) < expected) throw markersLost(markers.topic, id, expected, newest);
    this.#newest = newest;
  }

  begin(batch: BatchContext): boolean {
    this.#batch = batch;
    return this.#newest === undefined || batch.id > this.#newest;
  }

  headers(): readonly MessageHeader[] {
    return [];
  }

  async send(messages: readonly OutgoingMessage[]): Promise<void> {
    const sending = this.#sendInto(messages);
    this.#sending = failureOf(() => sending);
    try {
      await sending;
    } catch (error) {
      throw this.#failed(error);
    }
  }

  closing(): OutgoingMessage | undefined {
    return this.#batch === undefined ? undefined : this.#parts.markers?.message(this.#batch.id);
  }

  prepare(): Promise<readonly string[]> {
    const { id, markers } = this.#parts;
    const batch = this.#batch;
    if (!this.#isOpen || batch === undefined) return Promise.resolve(noteOf(id, this.#newest));
    return Promise.resolve(markers === undefined ? [] : noteOf(id, batch.id));
  }

  async commit(): Promise<void> {
    const batch = this.#batch;
    if (!this.#isOpen || batch === undefined) return;
    try {
      await interruptible(this.#producer.commit(), this.#parts.signal);
    } catch (error) {
      await this.#askForCommit(batch.id, error);
    }
    this.#isOpen = false;
    this.#newest = batch.id;
  }

  async abort(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#isLeft = true;
    // What went wrong is told elsewhere; what stays open, the next start decides, or the brokers in time.
    await within(this.#parts.host, (over) => this.#abortBehindSending(over));
  }

  async close(): Promise<void> {
    await this.abort();
    await this.#producer.close();
  }

  async #sendInto(messages: readonly OutgoingMessage[]): Promise<void> {
    const isFirst = !this.#isOpen;
    await this.#ensureOpen();
    try {
      await this.#producer.send(messages);
    } catch (error) {
      if (!isFirst || !hasCode(error, "R7747")) throw error;
      await this.#takeIdAnew(error);
      await this.#ensureOpen();
      await this.#producer.send(messages);
    }
  }

  async #ensureOpen(): Promise<void> {
    if (this.#isOpen) return;
    if (this.#isLeft) await this.#renew();
    await this.#producer.begin();
    this.#isOpen = true;
    this.#parts.host.fault("kafka.begun");
  }

  /** A producer in the place of this one, whose transaction, if it has one, is decided then. */
  async #renew(): Promise<void> {
    await failureOf(() => this.#producer.close());
    this.#producer = await interruptible(this.#parts.produce(), this.#parts.signal);
    this.#isOpen = false;
    this.#isLeft = false;
  }

  async #takeIdAnew(cause: unknown): Promise<void> {
    const { id, markers, sink } = this.#parts;
    await this.#renew();
    const newest = markers === undefined ? this.#newest : await markers.newest();
    if (newest === this.#newest) return;
    if (markers !== undefined && this.#newest !== undefined && (newest ?? -1) < this.#newest) throw markersLost(markers.topic, id, this.#newest, newest);
    throw fencedOff(sink, this.#batch?.id ?? 0, cause);
  }

  /** A message that comes behind its transaction's end would open another one, which some brokers never end. */
  async #abortBehindSending(givenUp: AbortSignal): Promise<void> {
    await this.#sending;
    if (givenUp.aborted) return;
    const failure = await failureOf(() => this.#producer.abort());
    if (failure === undefined) this.#isLeft = false;
  }

  /** The answer to a commit was lost, or was no: whether the brokers have the batch is theirs to say. */
  async #askForCommit(batch: number, failure: unknown): Promise<void> {
    const { markers, signal, sink } = this.#parts;
    signal.throwIfAborted();
    if (failure instanceof SimulatedCrash || isDecided(failure)) throw this.#failed(failure);
    // Without markers nobody can say.
    if (markers === undefined) throw commitUnknown(sink, failure);
    await this.#renew();
    const newest = await markers.newest();
    if (newest === undefined || newest < batch) throw transactionLost(sink, batch, failure);
  }

  #failed(error: unknown): unknown {
    const batch = this.#batch?.id ?? 0;
    if (hasCode(error, "R7705")) return fencedOff(this.#parts.sink, batch, error);
    // Where it could be mended it was; in the middle of a transaction it is gone.
    return hasCode(error, "R7706") || hasCode(error, "R7747") ? transactionLost(this.#parts.sink, batch, error) : error;
  }
}

/** Whether a failure says for certain that the transaction is no longer ours (`kafka-errors.ts`: fenced, lost). */
function isDecided(error: unknown): boolean {
  return hasCode(error, "R7705") || hasCode(error, "R7706") || hasCode(error, "R7747");
}

function hasCode(error: unknown, code: RuntimeErrorCode): boolean {
  return error instanceof SluiceRuntimeError && error.code === code;
}

/** What `commits/N` says of a sink: the newest batch of which the brokers have a marker. */
function noteOf(id: string, batch: number | undefined): readonly string[] {
  return batch === undefined ? [] : [`${notePrefix(id)}${batch}`];
}

function notedBatch(noted: readonly string[], id: string): number | undefined {
  const note = noted.find((text) => text.startsWith(notePrefix(id)));
  return note === undefined ? undefined : Number(note.slice(notePrefix(id).length));
}

function notePrefix(id: string): string {
  return `kafka ${id} batch `;
}
