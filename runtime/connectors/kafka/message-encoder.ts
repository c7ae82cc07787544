import type { Host } from "../../host/host.ts";
import type { SinkColumn } from "../sink.ts";

/** What an encoder of whole rows is opened with. */
export interface MessageEncoderContext {
  readonly host: Host;
  readonly columns: readonly SinkColumn[];
  /** The sink's topic, where the job names one for all rows. */
  readonly topic: string | undefined;
  /** Ends waits. */
  readonly signal: AbortSignal;
}

/** Writes whole rows as values of messages in a format that has to be set up first (Avro: its schema is registered). */
export interface MessageEncoder {
  /** Gives what writes a row; the bytes are the caller's. */
  open(context: MessageEncoderContext): Promise<(row: unknown) => Uint8Array>;
}
