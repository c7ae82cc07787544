import { SluiceRuntimeError } from "../../../errors/runtime-error.ts";
import type { TopicPartition } from "./kafka-client.ts";
import { partitionWords } from "./partition-names.ts";

const brokersOf = (brokers: readonly string[]): string => `brokers ${brokers.join(", ")}`;

/** Brokers that nobody could reach within the retries. */
export function brokersAway(brokers: readonly string[], attempts: number, why: string, cause?: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7700",
    what: `no broker can be reached, after ${attempts} ${attempts === 1 ? "attempt" : "attempts"}: ${why}`,
    where: brokersOf(brokers),
    how: "start the brokers, mend `brokers`, `tls` and `sasl`, or wait longer with `retries` and `retryInterval`",
    cause,
  });
}

/** Brokers that do not let us in: a wrong password, or TLS that the two sides do not agree on. */
export function notLetIn(brokers: readonly string[], why: string, cause?: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7701", what: `the broker does not let this client in: ${why}`, where: brokersOf(brokers), how: "mend `sasl`, `username` and `password`, or the options that begin with `tls`", cause });
}

export function notAllowed(where: string, type: string, cause: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7702", what: `the broker does not allow it (${type})`, where, how: "give this user the right by the brokers' access control lists", cause });
}

export function unknownTopic(topic: string, what = `the topic "${topic}" is not there`): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7703", what, where: `topic ${topic}`, how: "create it, or mend its name" });
}

/** Offsets that a partition does not have, or no longer: retention removed them, or the topic was deleted or made anew. */
export class OffsetOutOfRange extends SluiceRuntimeError {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;

  constructor({ topic, partition }: TopicPartition, offset: number, why = "the broker does not have this offset") {
    super({
      code: "R7704",
      what: why,
      where: `${partitionWords({ topic, partition })}, offset ${offset}`,
      how: "messages were removed before they were read: keep them longer, or go on without them with `failOnDataLoss: false`",
    });
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
  }
}

/** Another process took the transactional id over. */
export function producerFenced(transactionalId: string, type: string): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7705",
    what: `another process writes with the same transactional id, so this one was fenced off (${type})`,
    where: `transactional id ${transactionalId}`,
    how: "stop the other one: a checkpoint is for one running query",
  });
}

/** The coordinator has the transactional id no longer, or under another producer: after `transactional.id.expiration.ms` without a transaction (a week unless set) it forgets ids. */
export function producerForgotten(transactionalId: string, type: string): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7747",
    what: `the brokers have forgotten the producer, or have given its id to another (${type})`,
    where: `transactional id ${transactionalId}`,
    how: "start the query again, which takes the id anew; where batches are further apart than the brokers' `transactional.id.expiration.ms`, raise that",
  });
}

export function transactionLost(transactionalId: string, seconds: number, type: string): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7706",
    what: `the broker no longer has the transaction, which was open for ${seconds} seconds (${type})`,
    where: `transactional id ${transactionalId}`,
    how: "start the query again, which runs the batch anew; a batch that takes longer than `transactionTimeout` needs a larger one",
  });
}

export function messageTooLarge(topic: string, partition: number, bytes: number): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7707",
    what: `a message of about ${bytes} bytes is larger than the topic takes`,
    where: partitionWords({ topic, partition }),
    how: "raise the topic's `max.message.bytes`, or write smaller messages",
  });
}

export function corruptMessages(where: string, what: string, cause?: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7708", what: `messages ${what}`, where, how: "have the topic repaired, or start behind these messages with `startingOffsets` and a new checkpoint", cause });
}

/** A batch of messages that would take the memory of many times its bytes. */
export function batchTooLarge(where: string, compression: string, most: number): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7729",
    what: `a batch of messages, compressed as ${compression}, has more than ${most / 1_048_576} MiB once it is decompressed`,
    where,
    how: "have the producer send smaller batches, or start behind these messages with `startingOffsets` and a new checkpoint",
  });
}

/** Whatever else a broker answered. */
export function refused(where: string, type: string, cause: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7709", what: `the broker refused a request: ${type}`, where, how: "look up the name in Kafka's protocol errors and in the broker's log", cause });
}
