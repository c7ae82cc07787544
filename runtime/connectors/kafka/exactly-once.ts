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
import { fencedOff, markersLost, transactionLost } from "./sink-errors.ts";

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

/** How long an abort of the query's end may take, in milliseconds: the next start, or the brokers in time, abort what stays open. */
const patience = 5_000;

/**
 * A batch is a transaction: readers with `read_committed` see all of it or nothing. Its last message is a marker (`Markers`) that names the batch,
 * so the brokers themselves know which batches they have. When a sink is opened, the id is taken first, which fences off whoever had it
 * and decides what that one left open; then the newest marker is read, and a batch at or below it is dropped whole. So a batch whose commit got
 * through but was not noted in the checkpoint is not sent again, and one whose commit did not is aborted and sent again.
 *
 * A batch without messages has no transaction and no marker: where it is run again, `begin` lets it send, and nothing was sent before. What the
 * checkpoint's commits note is the newest marker, so that a topic of markers that was lost is found out. A transaction lives from its
 * first message to its commit; the brokers abort it after `transactionTimeout`, which nothing prolongs, so that a batch has to be shorter.
 */
export class ExactlyOnce implements Delivery {
  readonly canFlush = false;
  readonly #parts: ExactlyOnceParts;
  #producer: KafkaProducer;
  /** The newest batch that the brokers have; undefined where they have none. */
  #newest: number | undefined;
  #batch: BatchContext | undefined;
  #isOpen = false;

  private constructor(parts: ExactlyOnceParts, producer: KafkaProducer, newest: number | undefined) {
    this.#parts = parts;
    this.#producer = producer;
    this.#newest = newest;
  }

  /** Takes the id and learns what was committed under it. R7739 where the checkpoint knows of more. */
  static async open(parts: ExactlyOnceParts): Promise<ExactlyOnce> {
    const { markers, signal, id } = parts;
    await markers?.ensureTopic();
    const producer = await interruptible(parts.produce(), signal);
    try {
      const newest = (await markers?.newest())?.batch;
      const expected = notedBatch(parts.noted, id);
      if (markers !== undefined && expected !== undefined && (newest ?? -1) < expected) throw markersLost(markers.topic, id, expected, newest);
      return new ExactlyOnce(parts, producer, newest);
    } catch (error) {
      await failureOf(() => producer.close());
      throw error;
    }
  }

  begin(batch: BatchContext): boolean {
    this.#batch = batch;
    return this.#newest === undefined || batch.id > this.#newest;
  }

  headers(): readonly MessageHeader[] {
    return [];
  }

  async send(messages: readonly OutgoingMessage[]): Promise<void> {
    try {
      await this.#ensureOpen();
      await this.#producer.send(messages);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  async prepare(): Promise<readonly string[]> {
    const { id, markers, sink } = this.#parts;
    const batch = this.#batch;
    if (!this.#isOpen || batch === undefined) return noteOf(id, this.#newest);
    if (markers === undefined) return [];
    await this.send([markers.message({ query: sink, batch: batch.id, run: batch.incarnation })]);
    return noteOf(id, batch.id);
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
    const { timers } = this.#parts.host;
    const settled = new AbortController();
    // What went wrong is told elsewhere; what stays open, the next start decides.
    await Promise.race([failureOf(() => this.#producer.abort()), timers.sleep(patience, settled.signal)]);
    settled.abort();
  }

  async close(): Promise<void> {
    await this.abort();
    await this.#producer.close();
  }

  async #ensureOpen(): Promise<void> {
    if (this.#isOpen) return;
    await this.#producer.begin();
    this.#isOpen = true;
    this.#parts.host.fault("kafka.begun");
  }

  /** The answer to a commit was lost, or was no: whether the brokers have the batch is theirs to say. */
  async #askForCommit(batch: number, failure: unknown): Promise<void> {
    const { markers, signal, sink } = this.#parts;
    signal.throwIfAborted();
    if (failure instanceof SimulatedCrash || isDecided(failure)) throw this.#failed(failure);
    // Without markers nobody could say.
    if (markers === undefined) throw transactionLost(sink, batch, failure);
    await failureOf(() => this.#producer.close());
    this.#producer = await interruptible(this.#parts.produce(), signal);
    this.#isOpen = false;
    const newest = await markers.newest();
    if (newest === undefined || newest.batch < batch) throw transactionLost(sink, batch, failure);
  }

  #failed(error: unknown): unknown {
    const batch = this.#batch?.id ?? 0;
    if (hasCode(error, "R7705")) return fencedOff(this.#parts.sink, batch, error);
    return hasCode(error, "R7706") ? transactionLost(this.#parts.sink, batch, error) : error;
  }
}

/** Whether a failure says for certain that the transaction is no longer ours (`kafka-errors.ts`: fenced, lost). */
function isDecided(error: unknown): boolean {
  return hasCode(error, "R7705") || hasCode(error, "R7706");
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
