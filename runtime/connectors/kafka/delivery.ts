import type { MessageHeader } from "../../formats/chunk-messages.ts";
import type { BatchContext } from "../../query/batch-context.ts";
import type { OutgoingMessage } from "./client/kafka-client.ts";

/** How the messages of a batch get to the brokers and are seen there. Calls come one after the other. */
export interface Delivery {
  /** Called once before the first batch, when all of the query's sinks are open. */
  ready?(): Promise<void>;
  /** Starts a batch; false where the brokers have it whole already. */
  begin(batch: BatchContext): boolean;
  /** What every message of the batch tells of itself, beside what the job says; `sequence` from 0 on. */
  headers(sequence: number): readonly MessageHeader[];
  /** Resolves when the brokers have the messages. */
  send(messages: readonly OutgoingMessage[]): Promise<void>;
  /** What goes out with the last messages of a batch that has any. */
  closing(): OutgoingMessage | undefined;
  /** All messages of the batch are sent. Gives what `commits/N` is to note of it. */
  prepare(): Promise<readonly string[]>;
  /** Shows the batch to readers; does nothing where it is shown. */
  commit(): Promise<void>;
  /** Takes back what can be taken back. */
  abort(): Promise<void>;
  /** Whether what was sent may be asked to be there before the batch ends. */
  readonly canFlush: boolean;
  close(): Promise<void>;
}
