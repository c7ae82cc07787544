/** What a message is made of, in the order in which a definition says it; columns of these names are its parts where no format makes one of the whole row (Spark: KafkaWriter). */
export const messageParts = ["topic", "key", "value", "partition", "headers"] as const;

export type MessagePart = (typeof messageParts)[number];
