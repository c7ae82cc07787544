import type { MessageHeader } from "../../formats/chunk-messages.ts";
import { RowText } from "../row-text.ts";
import type { MessageDefinition, MessagePart, RowKind, SinkContext } from "../sink.ts";
import type { OutgoingMessage } from "./client/kafka-client.ts";
import { cellOf, messageValue, partOf, type MessageFormat } from "./message-value.ts";
import { isOwnHeader } from "./own-headers.ts";
import { rowKey } from "./row-key.ts";
import { deletionWithoutKey, intoCommitsTopic, noMessage, noTopic, wrongPartition, type RowPlace } from "./sink-errors.ts";
import { textBytes } from "./text-bytes.ts";

/** How much of a row an error shows. */
const excerptLength = 200;

const noHeaders: readonly MessageHeader[] = [];

/** What the sink says of its messages, beside what the context says. */
export interface MessageSettings {
  readonly topic: string | undefined;
  readonly format: MessageFormat | undefined;
  readonly encode: ((row: unknown) => Uint8Array) | undefined;
  /** The topic of the sink's own markers, if it has one: no place for messages. */
  readonly commitsTopic?: string | undefined;
}

/** Where in a batch a row stands, and the headers that its delivery adds. */
export interface RowNumber {
  readonly batch: number;
  readonly sequence: number;
  readonly headers: readonly MessageHeader[];
}

/**
 * Makes messages of rows (Spark: KafkaRowWriter). What the job says by expressions goes before the columns of that name, which count only
 * without a `format`; the topic may stand in the options too. `+I` and `+U` give the row's message, `-D` a tombstone: the row's key, topic and partition and no value.
 */
export class OutgoingMessages<Row> {
  readonly #sink: string;
  readonly #text: RowText<Row>;
  readonly #value: (row: Row) => MessagePart;
  readonly #key: ((row: Row) => MessagePart) | undefined;
  readonly #topic: (row: Row) => string | null;
  readonly #partition: ((row: Row) => unknown) | undefined;
  readonly #headers: MessageDefinition<Row>["headers"];
  readonly #commitsTopic: string | undefined;

  constructor(context: SinkContext<Row>, { topic, format, encode, commitsTopic }: MessageSettings) {
    const { columns, message, queryName } = context;
    this.#sink = queryName;
    this.#commitsTopic = commitsTopic;
    this.#text = new RowText(context.encodeJson);
    this.#value = messageValue(context, format, encode);
    const isMessage = format === undefined && encode === undefined && message?.value === undefined;
    const has = (name: string): boolean => isMessage && columns.some((column) => column.name === name);
    this.#key = message?.key?.bind(message) ?? (has("key") ? (row) => partOf(cellOf(row, "key")) : rowKey(context));
    this.#partition = message?.partition?.bind(message) ?? (has("partition") ? (row) => cellOf(row, "partition") : undefined);
    this.#headers = message?.headers?.bind(message) ?? (has("headers") ? (row) => headersOf(cellOf(row, "headers")) : undefined);
    this.#topic = topicOf(context, topic, has("topic"));
  }

  /** The message of a row. R7732 without a topic, R7734 for a partition that cannot be, R7748 in the topic of markers, R7741 for a deletion without a key. */
  of(kind: RowKind, row: Row, number: RowNumber): OutgoingMessage {
    const topic = this.#topic(row);
    if (topic === null || topic === "") throw noTopic(this.#place(row, number));
    if (topic === this.#commitsTopic) throw intoCommitsTopic(topic, this.#sink, this.#place(row, number));
    const key = bytesOf(this.#key === undefined ? null : this.#key(row));
    const partition = this.#partitionOf(row, number);
    if (kind === "-D") {
      if (key === null) throw deletionWithoutKey(this.#place(row, number));
      return { topic, partition, key, value: null, headers: number.headers };
    }
    const own = this.#headers?.(row) ?? undefined;
    const headers = own === undefined ? number.headers : [...own.flatMap(({ key: name, value }) => (isOwnHeader(name) ? [] : [{ key: name, value: bytesOf(value) }])), ...number.headers];
    return { topic, partition, key, value: bytesOf(this.#value(row)), headers };
  }

  #partitionOf(row: Row, number: RowNumber): number | null {
    const partition = this.#partition?.(row) ?? null;
    if (partition === null || (typeof partition === "number" && Number.isInteger(partition) && partition >= 0)) return partition;
    throw wrongPartition(partition, this.#place(row, number));
  }

  #place(row: Row, { batch, sequence }: RowNumber): RowPlace {
    const text = this.#text.json(row);
    return { sink: this.#sink, batch, sequence, row: text.length > excerptLength ? `${text.slice(0, excerptLength)}…` : text };
  }
}

/** The topic of a row: by expression, by the option, by a column. */
function topicOf<Row>({ message, queryName }: SinkContext<Row>, topic: string | undefined, hasColumn: boolean): (row: Row) => string | null {
  const byRow = message?.topic?.bind(message);
  if (byRow !== undefined) return byRow;
  if (topic !== undefined) return () => topic;
  if (!hasColumn) throw noMessage(queryName, "nothing names their topic", "give the sink a `topic: …`, or the rows a column `topic`");
  return (row) => {
    const cell = cellOf(row, "topic");
    return typeof cell === "string" ? cell : null;
  };
}

/** Of a column `headers: array<{ key: string, value: binary? }>`. */
function headersOf(cell: unknown): readonly { readonly key: string; readonly value: MessagePart }[] {
  if (!Array.isArray(cell)) return noHeaders;
  return cell.flatMap((header: unknown) => (header === null ? [] : [{ key: String(cellOf(header, "key") ?? ""), value: partOf(cellOf(header, "value")) }]));
}

function bytesOf(part: MessagePart): Uint8Array | null {
  return typeof part === "string" ? textBytes(part) : part;
}
