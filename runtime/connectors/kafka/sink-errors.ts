import { recordExcerpt } from "../../errors/record-excerpt.ts";
import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import type { OutgoingMessage } from "./client/kafka-client.ts";

/** Which row of which batch an error is about. */
export interface RowPlace {
  readonly sink: string;
  readonly batch: number;
  /** From 0 on, in the batch. */
  readonly sequence: number;
  /** The row as JSON, shortened. */
  readonly row: string;
}

/** A message goes to a topic that the row names, and this one names none. */
export function noTopic({ sink, batch, sequence, row }: RowPlace): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7732",
    what: `a row for Kafka has no topic: ${row}`,
    where: `sink ${sink}, batch ${batch}, row ${sequence}`,
    how: "filter such rows out before the sink, or give them a topic: `topic: coalesce(…, \"other\")`",
  });
}

/** The columns do not say what a message is. */
export function noMessage(sink: string, what: string, how: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7733", what: `the rows of ${sink} do not say what a message is: ${what}`, how });
}

/** Messages among markers, of which only the newest of each key is kept. */
export function intoCommitsTopic(topic: string, sink: string, place?: RowPlace): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7748",
    what: `${place === undefined ? "the rows" : "a row"} of ${sink} would go into the topic \`${topic}\`, in which the sink notes its batches${place === undefined ? "" : `: ${place.row}`}`,
    where: place === undefined ? `sink ${sink}` : `sink ${sink}, batch ${place.batch}, row ${place.sequence}`,
    how: "write to another topic, or name another one for the batches by `commitsTopic`",
  });
}

/** Partitions are numbered from 0 on. */
export function wrongPartition(partition: unknown, { sink, batch, sequence, row }: RowPlace): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7734",
    what: `a row for Kafka names the partition ${String(partition)}, and partitions are whole numbers from 0 on: ${row}`,
    where: `sink ${sink}, batch ${batch}, row ${sequence}`,
    how: "mend the expression of `partition`; null leaves the choice to the key",
  });
}

/** Without a kept checkpoint a batch that is run again could not be told from the next one. */
export function exactlyOnceNeedsCheckpoint(sink: string): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7735",
    what: `the sink ${sink} writes to Kafka exactly once, and the query keeps no checkpoint`,
    how: 'add `checkpoint "DIR"` to the sink, or run with --checkpoint DIR; or write `delivery: "at least once"`',
  });
}

/** The topic of markers is not there and could not be made. */
export function noCommitsTopic(topic: string, cause: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7736",
    what: `the topic \`${topic}\`, in which a sink notes its batches, is not there and could not be made: ${textOf(cause)}`,
    how: `make it by hand: kafka-topics.sh --create --topic ${topic} --partitions 1 --config cleanup.policy=compact --config segment.ms=3600000; or name another one by \`commitsTopic\``,
    cause,
  });
}

/** The transaction was not committed, and nobody knows any more what was in it. */
export function transactionLost(sink: string, batch: number, cause: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7737",
    what: `the transaction of batch ${batch} of ${sink} is lost: ${textOf(cause)}`,
    where: `sink ${sink}, batch ${batch}`,
    how: "start the query again with its checkpoint: the brokers have dropped the batch, and it is run again; where batches take long, raise `transactionTimeout`",
    cause,
  });
}

/** The answer to the commit of a bounded run, which nothing notes, did not come. */
export function commitUnknown(sink: string, cause: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7745",
    what: `it is not known whether the brokers have committed the rows of ${sink}: ${textOf(cause)}`,
    where: `sink ${sink}`,
    how: "read the topic with `read_committed` before running again: either all rows of this run are there or none; with a checkpoint (--available-now) a run that is started again finds out by itself",
    cause,
  });
}

/** The topic of markers loses markers by age or size, and with them which batches were committed. */
export function markersExpire(topic: string, policy: string): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7746",
    what: `the topic \`${topic}\`, in which a sink notes its batches, has \`cleanup.policy=${policy}\`: the brokers delete markers, without which batches may be sent twice`,
    where: `topic ${topic}`,
    how: `kafka-configs.sh --alter --topic ${topic} --add-config cleanup.policy=compact; or name another topic by \`commitsTopic\``,
  });
}

/** Another process has the transactional id, or the brokers took it away since the transaction was open for too long. */
export function fencedOff(sink: string, batch: number, cause: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7738",
    what: `the sink ${sink} was fenced off: another process writes with this checkpoint, or a batch took longer than \`transactionTimeout\``,
    where: `sink ${sink}, batch ${batch}`,
    how: "let only one process run the query, or raise `transactionTimeout`; started again with its checkpoint it goes on without loss or repeats",
    cause,
  });
}

/** The checkpoint says that a batch was committed to Kafka, and the topic of markers does not. */
export function markersLost(topic: string, id: string, expected: number, found: number | undefined): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7739",
    what: `the checkpoint has batch ${expected} as committed to Kafka, and the topic \`${topic}\` ${found === undefined ? "knows no batch of this sink" : `knows only batch ${found}`}`,
    where: `topic ${topic}, key ${id}`,
    how: "the topic was deleted or cut, `commitsTopic` was changed, or these are other brokers: mend that; or begin with a new checkpoint, which may repeat rows",
  });
}

/** The brokers refuse a request over its size; the largest of its messages is told. */
export function tooLarge(sink: string, message: OutgoingMessage, bytes: number, cause: unknown): SluiceRuntimeError {
  const key = message.key === null ? "without a key" : `with the key ${recordExcerpt(message.key)}`;
  return new SluiceRuntimeError({
    code: "R7740",
    what: `a message of ${sink} ${key} is too large for the topic \`${message.topic}\`: ${bytes} bytes`,
    where: `sink ${sink}, topic ${message.topic}`,
    how: "raise the topic's `max.message.bytes` (from 1 MiB on, for requests of several messages), compress by `compression: \"zstd\"`, or write less into a message",
    cause,
  });
}

/** A deletion is a message with a key and no value. */
export function deletionWithoutKey({ sink, batch, sequence, row }: RowPlace): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7741",
    what: `a row leaves the result, and its message has no key that says which: ${row}`,
    where: `sink ${sink}, batch ${batch}, row ${sequence}`,
    how: "give the messages a key by `key: …`, of columns that identify a row",
  });
}

/** Transactions end with a batch, so nothing can be shown before. */
export function cannotFlush(sink: string): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7742",
    what: `the sink ${sink} writes exactly once, which the continuous trigger does not give`,
    how: 'write `delivery: "at least once"`, or use another trigger',
  });
}

/** The brokers bound how long transactions may be open (`transaction.max.timeout.ms`). */
export function timeoutTooLong(sink: string, milliseconds: number, cause: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7743",
    what: `the brokers allow no transactions of ${milliseconds / 1000} seconds, which \`transactionTimeout\` of ${sink} asks for`,
    where: `sink ${sink}`,
    how: "lower `transactionTimeout`, or raise the brokers' `transaction.max.timeout.ms` (15 minutes unless set)",
    cause,
  });
}

function textOf(cause: unknown): string {
  return cause instanceof SluiceRuntimeError ? cause.what : cause instanceof Error ? cause.message : String(cause);
}
