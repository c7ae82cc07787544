import type { MessageHeader } from "../../formats/chunk-messages.ts";
import type { BatchContext } from "../../query/batch-context.ts";
import type { KafkaProducer, OutgoingMessage } from "./client/kafka-client.ts";
import type { Delivery } from "./delivery.ts";
import { ownHeaders } from "./own-headers.ts";
import { textBytes } from "./text-bytes.ts";

/**
 * Messages are seen as soon as they are sent, and sent again where a batch is run again. Each has the headers `sluice.query`, `sluice.batch` and
 * `sluice.sequence`, in digits as text: a message that comes again has the same, so a reader can drop it.
 */
export class AtLeastOnce implements Delivery {
  readonly canFlush = true;
  readonly #producer: KafkaProducer;
  readonly #query: MessageHeader;
  #batch: MessageHeader;

  constructor(producer: KafkaProducer, query: string) {
    this.#producer = producer;
    this.#query = { key: ownHeaders.query, value: textBytes(query) };
    this.#batch = { key: ownHeaders.batch, value: null };
  }

  begin({ id }: BatchContext): boolean {
    this.#batch = { key: ownHeaders.batch, value: textBytes(String(id)) };
    return true;
  }

  headers(sequence: number): readonly MessageHeader[] {
    return [this.#query, this.#batch, { key: ownHeaders.sequence, value: textBytes(String(sequence)) }];
  }

  send(messages: readonly OutgoingMessage[]): Promise<void> {
    return this.#producer.send(messages);
  }

  closing(): undefined {
    return undefined;
  }

  prepare(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  commit(): Promise<void> {
    return Promise.resolve();
  }

  abort(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return this.#producer.close();
  }
}
