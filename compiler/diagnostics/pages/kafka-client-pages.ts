import type { Page } from "./page.ts";

/** R7700 to R7709: what stops a client of Kafka. */
export const kafkaClientPages: readonly Page[] = [
  {
    code: "R7700",
    title: "brokers cannot be reached",
    meaning: "Every attempt to reach a broker failed: nobody listens at the addresses, or nobody answers within `requestTimeout`. A query that reads waits for its brokers without end and says so once; other requests are tried as often as `retries` says.",
    mending: "Start the brokers, or mend `brokers`. A broker that takes only TLS or SASL closes connections that come without it: look at `tls` and `sasl` too.",
  },
  {
    code: "R7701",
    title: "broker does not let the client in",
    meaning: "The name or the password is wrong, or one side does not take the other's certificate. Trying again would not help.",
    mending: "Mend `sasl`, `username` and `password`; for TLS `tlsCa` (who signed the broker's certificate), `tlsServerName` (the name in it), `tlsCertificate` and `tlsKey`.",
  },
  {
    code: "R7702",
    title: "broker does not allow it",
    meaning: "The user is known, and has no right to what the job asks for: reading or writing a topic, a group, or a transactional id.",
    mending: "Give the user the right by the brokers' access control lists. A sink with `delivery: \"exactly once\"` needs the rights to write and describe its transactional id, and to read and write the topic of its marks.",
  },
  {
    code: "R7703",
    title: "unknown topic or partition",
    meaning: "Messages are to go to a topic, or to a partition of it, that is not there. Topics are not made by writing to them.",
    mending: "Create the topic, or mend its name.",
  },
  {
    code: "R7704",
    title: "offset out of range",
    meaning: "The broker no longer has messages that are still to be read, or never had them: retention or a deletion removed them, or the topic was deleted and made anew. Or it gives none of them although the partition goes on behind them, for more than five seconds: only where a topic is compacted may offsets have no messages, and the broker must be allowed to say so (`DESCRIBE_CONFIGS`).",
    mending: "Keep messages longer than a job may stand still (`retention.ms`). With `failOnDataLoss: false` the job goes on with what is there.",
  },
  {
    code: "R7705",
    title: "producer is fenced off",
    meaning: "Another process writes with the same transactional id. Only the one that came last may: what this one sent and had not committed is dropped.",
    mending: "Run one process for each checkpoint. If the other one has replaced this one on purpose, nothing is to be done.",
  },
  {
    code: "R7706",
    title: "transaction was given up",
    meaning: "The batch's transaction was open for longer than the broker lets one be, so the broker ended it, and nobody sees its messages.",
    mending: "Start the query again: it runs the batch anew. Make batches smaller (`maxOffsetsPerTrigger`), or raise `transactionTimeout` and the broker's `transaction.max.timeout.ms`.",
  },
  {
    code: "R7707",
    title: "message is too large",
    meaning: "One message is larger than the topic takes, also after compression.",
    mending: "Raise the topic's `max.message.bytes`, set `compression`, or write smaller messages.",
  },
  {
    code: "R7708",
    title: "messages are damaged",
    meaning: "Messages came whose checksum or lengths are wrong, which cannot be decompressed, or which are in a form older than Kafka 0.11. Skipping them would lose rows without a word.",
    mending: "Look at the broker's disks, and have the topic repaired. To go on without these messages start with a new checkpoint and `startingOffsets` behind them.",
  },
  {
    code: "R7709",
    title: "broker refused a request",
    meaning: "The broker answered with an error that this client does not expect; its name is Kafka's. `INVALID_TIMESTAMP`: a message's time is further from now than the topic allows.",
    mending: "Look the name up in the list of Kafka's protocol errors, and read the broker's log.",
  },
];
