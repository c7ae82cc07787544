import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import type { Host } from "../../host/host.ts";
import type { BatchContext } from "../../query/batch-context.ts";
import { failureOf } from "../../query/failure-of.ts";
import { interruptible } from "../../query/interruptible.ts";
import type { RowKind, Sink, SinkContext } from "../sink.ts";
import type { KafkaClient, OutgoingMessage } from "./client/kafka-client.ts";
import type { Delivery } from "./delivery.ts";
import type { OutgoingMessages } from "./outgoing-messages.ts";
import { SendQueue, sizeOf } from "./send-queue.ts";
import { cannotFlush, tooLarge } from "./sink-errors.ts";
import { within } from "./within.ts";

export interface KafkaSinkParts<Row> {
  readonly client: KafkaClient;
  readonly delivery: Delivery;
  readonly messages: OutgoingMessages<Row>;
  /** Bytes that may wait to be sent. */
  readonly maxPendingBytes: number;
  /** The topic, where all rows have the same. */
  readonly topic: string | undefined;
}

/**
 * Sends a batch's rows while it runs, in their order and behind the reading: what waits is bounded (`pressure`). `prepare` waits until the brokers
 * have all of it; what readers see, and when, is the delivery's affair (`AtLeastOnce`, `ExactlyOnce`). A broker that is away is waited for
 * by the client; an interruption of the query ends every wait.
 */
export class KafkaSink<Row> implements Sink<Row> {
  readonly description: string;
  /** Messages are made of columns and JSON at once. */
  readonly encodesRows = true;
  readonly #host: Host;
  readonly #signal: AbortSignal | undefined;
  readonly #name: string;
  readonly #client: KafkaClient;
  readonly #delivery: Delivery;
  readonly #messages: OutgoingMessages<Row>;
  readonly #queue: SendQueue;
  #batch = 0;
  #sequence = 0;
  #takes = false;

  constructor({ host, signal, queryName }: Pick<SinkContext<Row>, "host" | "signal" | "queryName">, { client, delivery, messages, maxPendingBytes, topic }: KafkaSinkParts<Row>) {
    this.description = topic === undefined ? "KafkaSink" : `KafkaSink[${topic}]`;
    this.#host = host;
    this.#signal = signal;
    this.#name = queryName;
    this.#client = client;
    this.#delivery = delivery;
    this.#messages = messages;
    this.#queue = new SendQueue((sent) => this.#send(sent), maxPendingBytes);
  }

  async ready(): Promise<void> {
    await this.#delivery.ready?.();
  }

  begin(batch: BatchContext): boolean {
    this.#batch = batch.id;
    this.#sequence = 0;
    this.#takes = this.#delivery.begin(batch);
    return this.#takes;
  }

  write(kind: RowKind, row: Row): void {
    if (!this.#takes) return;
    const sequence = this.#sequence++;
    this.#queue.push(this.#messages.of(kind, row, { batch: this.#batch, sequence, headers: this.#delivery.headers(sequence) }));
  }

  pressure(): Promise<void> | undefined {
    const pressure = this.#queue.pressure();
    return pressure === undefined ? undefined : interruptible(pressure, this.#signal);
  }

  async flush(): Promise<void> {
    if (!this.#delivery.canFlush) throw cannotFlush(this.#name);
    await interruptible(this.#queue.drain(), this.#signal);
  }

  async prepare(): Promise<readonly string[]> {
    const closing = this.#takes && this.#sequence > 0 ? this.#delivery.closing() : undefined;
    if (closing !== undefined) this.#queue.push(closing);
    await interruptible(this.#queue.drain(), this.#signal);
    const notes = await interruptible(this.#delivery.prepare(), this.#signal);
    this.#host.fault("kafka.flushed");
    return notes;
  }

  async commit(batch: BatchContext): Promise<void> {
    if (!this.#takes || batch.id !== this.#batch) return;
    this.#host.fault("kafka.before-commit");
    await this.#delivery.commit();
    this.#takes = false;
    this.#host.fault("kafka.committed");
  }

  async abort(): Promise<void> {
    this.#takes = false;
    await within(this.#host, () => this.#queue.clear());
    await this.#delivery.abort();
  }

  async close(): Promise<void> {
    await this.abort();
    // What the query came to is decided; a broker that is away does not hold up its end.
    await within(this.#host, () => failureOf(() => this.#delivery.close()));
    await within(this.#host, () => failureOf(() => this.#client.close()));
  }

  async #send(messages: readonly OutgoingMessage[]): Promise<void> {
    try {
      await this.#delivery.send(messages);
    } catch (error) {
      throw error instanceof SluiceRuntimeError && error.code === "R7707" ? this.#tooLarge(messages, error) : error;
    }
    this.#host.fault("kafka.sent");
  }

  #tooLarge(messages: readonly OutgoingMessage[], error: SluiceRuntimeError): SluiceRuntimeError {
    const largest = messages.reduce((before, message) => (sizeOf(message) > sizeOf(before) ? message : before));
    return tooLarge(this.#name, largest, sizeOf(largest), error);
  }
}
