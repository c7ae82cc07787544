const client: readonly (readonly [string, string])[] = [
  ["kafka.bootstrap.servers", 'write `brokers: "host:port"`'],
  ["bootstrapServers", 'write `brokers: "host:port"`'],
  ["bootstrap_servers", 'write `brokers: "host:port"`'],
  ["servers", 'write `brokers: "host:port"`'],
  ["kafka.security.protocol", "write `tls: true`, and `sasl` where the brokers ask for a password"],
  ["ssl", "write `tls: true`"],
  ["kafka.sasl.mechanism", 'write `sasl: "plain"`, `"scram-sha-256"` or `"scram-sha-512"`'],
  ["kafka.sasl.jaas.config", "write `username` and `password`"],
  ["fetchOffset.numRetries", "write `retries`"],
  ["fetchOffset.retryIntervalMs", "write `retryInterval`, a duration"],
  ["fetchOffsetNumRetries", "write `retries`"],
  ["fetchOffsetRetryIntervalMs", "write `retryInterval`, a duration"],
];

const deserialized = 'leave it out: say `format: "json"`, or take the bytes of the columns `key` and `value`';
const noGroup = "leave it out: partitions are assigned, and offsets are kept in the checkpoint; `commitOffsetsTo` shows them to tools that know groups";

/** What Spark and Kafka's consumer call the options of a source, or have and a job cannot say. */
export const sourceHabits: ReadonlyMap<string, string> = new Map([
  ...client,
  ["topic", 'write `subscribe: "…"`'],
  ["topics", 'write `subscribe: ["…", "…"]`'],
  ["partitions", "write `assign: { topic: [0, 1] }`"],
  ["group.id", noGroup],
  ["kafka.group.id", noGroup],
  ["groupId", noGroup],
  ["groupIdPrefix", noGroup],
  ["auto.offset.reset", 'write `startingOffsets: "earliest"` or `"latest"`'],
  ["kafka.auto.offset.reset", 'write `startingOffsets: "earliest"` or `"latest"`'],
  ["fromBeginning", 'write `startingOffsets: "earliest"`'],
  ["enable.auto.commit", noGroup],
  ["kafka.enable.auto.commit", noGroup],
  ["key.deserializer", deserialized],
  ["value.deserializer", deserialized],
  ["kafka.key.deserializer", deserialized],
  ["kafka.value.deserializer", deserialized],
  ["interceptor.classes", "leave it out: an imported function does what an interceptor would"],
  ["kafka.isolation.level", 'write `isolation: "read_uncommitted"`; only what is committed is read by default'],
  ["isolationLevel", 'write `isolation: "read_uncommitted"`; only what is committed is read by default'],
  ["kafkaConsumer.pollTimeoutMs", "write `pollTimeout`, a duration"],
  ["includeHeaders", "leave it out: rows have the column `headers`, or `_kafka.headers` with a format"],
  ["schema", "write the type behind the source's name: `source bids: Bid from kafka(…)`"],
]);

/** The same for a sink. */
export const sinkHabits: ReadonlyMap<string, string> = new Map([
  ...client,
  ["includeHeaders", "leave it out: write `headers: …`"],
  ["acks", "leave it out: a batch is done when all replicas in sync have it"],
  ["kafka.acks", "leave it out: a batch is done when all replicas in sync have it"],
  ["enable.idempotence", 'leave it out, or write `delivery: "exactly once"`'],
  ["transactional.id", 'leave it out: `delivery: "exactly once"` makes one of the checkpoint and the sink\'s name'],
  ["kafka.transactional.id", 'leave it out: `delivery: "exactly once"` makes one of the checkpoint and the sink\'s name'],
  ["transactionalId", 'leave it out: `delivery: "exactly once"` makes one of the checkpoint and the sink\'s name'],
  ["kafka.compression.type", 'write `compression: "zstd"`'],
  ["key.serializer", "leave it out: `key: …` is an expression; texts are written as UTF-8"],
  ["value.serializer", 'leave it out: write `value: …`, or `format: "json"`'],
  ["subscribe", 'write `topic: "…"`'],
  ["topics", 'write `topic: "…"`'],
  ["mode", "write `mode update` behind the sink"],
  ["outputMode", "write `mode update` behind the sink"],
  ["checkpoint", 'write `checkpoint "…"` behind the sink'],
  ["checkpointLocation", 'write `checkpoint "…"` behind the sink'],
  ["trigger", "write `trigger every 10 seconds` behind the sink"],
  ["exactlyOnce", 'write `delivery: "exactly once"`'],
]);
