import { SluiceRuntimeError } from "../../errors/runtime-error.ts";

/** `subscribe`, `subscribePattern` and `assign` say which partitions are read; one of them does. */
export function badSubscription(what: string, how: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7710", what, how });
}

export function badPositions(option: string, what: string, how: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7711", what: `\`${option}\` of kafka ${what}`, how });
}

export function topicMissing(topics: readonly string[], option: string): SluiceRuntimeError {
  const several = topics.length > 1;
  return new SluiceRuntimeError({
    code: "R7712",
    what: `the ${several ? "topics" : "topic"} ${topics.map((topic) => `\`${topic}\``).join(", ")} of \`${option}\` ${several ? "are" : "is"} not there`,
    how: "make the topic before the query starts, or mend its name; topics that come later are for `subscribePattern`",
  });
}

export function partitionMissing(missing: readonly string[]): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7712", what: `\`assign\` names partitions that are not there: ${missing.join(", ")}`, how: "assign partitions that the topic has" });
}

/** Positions by partition must name the partitions that are read, no more and no less (Spark: KafkaOffsetReader). */
export function positionsDoNotFit(option: string, missing: readonly string[], unknown: readonly string[]): SluiceRuntimeError {
  const parts = [...(missing.length === 0 ? [] : [`${missing.join(", ")} without a position`]), ...(unknown.length === 0 ? [] : [`${unknown.join(", ")} that is not read`])];
  return new SluiceRuntimeError({
    code: "R7713",
    what: `\`${option}\` of kafka must name exactly the partitions that are read; there is ${parts.join(", and ")}`,
    how: "name every partition once; −2 is the earliest offset, −1 the latest",
  });
}

export function noMessageAt(option: string, partition: string, time: string): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7714",
    what: `no message of ${partition} is at or after ${time}, which \`${option}\` of kafka asks for`,
    how: 'take an earlier time, or `startingOffsetsByTimestampStrategy: "latest"` to begin at the end there',
  });
}

/** The brokers name a partition, and do not say where it begins or ends. */
export function noPosition(where: string, query: "earliest" | "latest"): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7717",
    what: `the brokers do not say which offset is the ${query} of a partition that is to be read`,
    where,
    how: "start the query again when the topic is whole: it may just be deleted, or be moved to other brokers",
  });
}

/** What is to be read is no longer there, and `failOnDataLoss` is true. */
export function dataLost(what: string, where: string): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7715",
    what,
    where,
    how: "to go on with what there is, set `failOnDataLoss: false` (the messages that are gone are then missing from the result); to begin anew, start with a new checkpoint. Topics lose messages by retention, or when they are deleted",
  });
}

export function badTopicPattern(pattern: string, why: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7716", what: `\`subscribePattern\` of kafka cannot be used: ${why}`, where: JSON.stringify(pattern), how: "write a regular expression that matches whole names of topics, such as `clicks-.*`" });
}

export function unreadableKafkaEntry(): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7207",
    what: "the entry of the source's log in the checkpoint that holds its start cannot be understood",
    how: "restore the checkpoint's `sources` folder from a backup, or start with a new checkpoint",
  });
}
