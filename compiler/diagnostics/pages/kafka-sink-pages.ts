import type { Page } from "./page.ts";

/** R773x–R774x: what stops a Kafka sink, and options of a Kafka connection. */
export const kafkaSinkPages: readonly Page[] = [
  {
    code: "R7730",
    title: "PEM file not found",
    meaning: "`tlsCa`, `tlsCertificate` or `tlsKey` names a file that is not there.",
    mending: "Give the path of a PEM file. A relative path is taken from the directory in which the job is started.",
  },
  {
    code: "R7731",
    title: "bad list of brokers",
    meaning: "`brokers` is a list of addresses `host:port` with commas between, and this text is none.",
    mending: 'Write it as `"host1:9092,host2:9092"`; an IPv6 address stands in brackets.',
  },
  {
    code: "R7732",
    title: "row without a topic",
    meaning: "The topic of a message is told by the row, and this row's is null or empty. It is neither dropped nor sent elsewhere.",
    mending: "Filter such rows out before the sink, or give them a topic with `coalesce`.",
  },
  {
    code: "R7733",
    title: "rows that are no messages",
    meaning: "Without a `format` the columns of the rows are those of messages, as in Spark: `value` of type string or binary, and `key`, `topic`, `partition` and `headers` where they are wanted. With `text` or `binary` it is one column. Something must name the topic.",
    mending: 'Select these columns, or write `format: "json"` for whole rows, or give `value: …` and `topic: …`.',
  },
  {
    code: "R7734",
    title: "row with an impossible partition",
    meaning: "Partitions are whole numbers from 0 on; null leaves the choice to the key.",
    mending: "Mend the expression of `partition`.",
  },
  {
    code: "R7735",
    title: "exactly once without a checkpoint",
    meaning: "A batch that is run again after a crash is told from the next one by its number in the checkpoint. Without a kept checkpoint numbers begin anew with every start.",
    mending: 'Add `checkpoint "DIR"` to the sink, or run with `--checkpoint DIR`; or write `delivery: "at least once"`.',
  },
  {
    code: "R7736",
    title: "topic of markers cannot be made",
    meaning: "A sink that writes exactly once notes each batch in a topic (`sluice-commits` unless `commitsTopic` names another), in the transaction of the batch. It is not there, and the brokers did not let the sink make it.",
    mending: "Make it by hand with one partition and `cleanup.policy=compact`, and let the sink's user read, write and describe it; or name another topic by `commitsTopic`.",
  },
  {
    code: "R7737",
    title: "transaction lost",
    meaning: "The commit of a batch failed, and the brokers do not have the batch: its transaction was aborted. Nothing of it is seen, and it is not sent again behind the query's back.",
    mending: "Start the query again with its checkpoint: the batch is run again. Where batches take longer than `transactionTimeout`, raise that, and the brokers' `transaction.max.timeout.ms` with it.",
  },
  {
    code: "R7738",
    title: "sink fenced off",
    meaning: "Another process took the sink's transactional id, which is made of the checkpoint's id and the sink's name; or the brokers took it away because a transaction was open for longer than `transactionTimeout`.",
    mending: "Let only one process run the query. Where batches take long, raise `transactionTimeout`. Started again with its checkpoint the query goes on without loss or repeats.",
  },
  {
    code: "R7739",
    title: "markers lost",
    meaning: "The checkpoint says that a batch was committed to Kafka, and the topic of markers does not have it. The topic was deleted or cut by retention, `commitsTopic` was changed, or these are other brokers. Which batches the brokers have cannot be told any more.",
    mending: "Restore the topic, or the option, or the brokers. To go on without them, begin with a new checkpoint: rows may then come twice.",
  },
  {
    code: "R7740",
    title: "message too large",
    meaning: "The brokers refuse a request over its size. The largest of its messages is told. Requests hold up to 512 KiB of messages before compression, or one message that is larger.",
    mending: "Raise the topic's `max.message.bytes`, which should not be below 1 MiB; write `compression: \"zstd\"`; or write less into a message.",
  },
  {
    code: "R7741",
    title: "deletion without a key",
    meaning: "A row leaves a result in update mode. In Kafka that is a message with its key and no value, and this row has no key.",
    mending: "Give the messages a key by `key: …`, of columns that identify a row.",
  },
  {
    code: "R7742",
    title: "exactly once under the continuous trigger",
    meaning: "The continuous trigger shows rows as they come; transactions show a batch at its end.",
    mending: 'Write `delivery: "at least once"`, or use another trigger.',
  },
  {
    code: "R7743",
    title: "transactions too long for the brokers",
    meaning: "The brokers bound how long a transaction may be open, by `transaction.max.timeout.ms` (15 minutes unless set), and `transactionTimeout` asks for more.",
    mending: "Lower `transactionTimeout`, which has to be longer than any batch takes, or raise the brokers' bound.",
  },
  {
    code: "R7744",
    title: "compression's package is missing",
    meaning: "Messages or files are compressed in a way that a package with native code reads and writes (`snappy`, `lz4-napi`, `@bokuweb/zstd-wasm`). It comes with Sluice, but a bundle of one file cannot hold it.",
    mending: "Install the package in the folder in which the bundle runs, or have the data written with gzip or without compression.",
  },
  {
    code: "R7745",
    title: "commit of a bounded run in doubt",
    meaning: "A run with `--batch` writes its result to Kafka in one transaction, and the answer to its commit did not come. Nothing notes such a run, so nobody can say whether the brokers committed it; they did so with all of its rows, or with none.",
    mending: "Read the topic with `isolation.level=read_committed` before running again. A run that keeps a checkpoint (`--available-now`) leaves markers, and finds out by itself when it is started again.",
  },
  {
    code: "R7746",
    title: "topic of markers that deletes",
    meaning: "The topic in which sinks note their batches (`commitsTopic`) has a `cleanup.policy` by which the brokers delete messages by age or size. A sink that is started after its marker was deleted could not tell which batches the brokers have.",
    mending: "Give the topic `cleanup.policy=compact`, which keeps the newest marker of each sink; or name another one by `commitsTopic`.",
  },
  {
    code: "R7747",
    title: "producer forgotten",
    meaning: "The brokers know the sink's transactional id no longer, or under another producer. They forget ids that had no transaction for `transactional.id.expiration.ms`, a week unless set. A sink takes its id anew by itself where nothing of a batch was sent and the newest marker is its own; in the middle of a transaction it cannot.",
    mending: "Start the query again with its checkpoint. Where batches are further apart than that time, raise `transactional.id.expiration.ms`.",
  },
  {
    code: "R7748",
    title: "messages among markers",
    meaning: "A sink that writes exactly once notes its batches in a topic of markers (`commitsTopic`), and its messages, or one of them, would go into the same topic. That topic is compacted: of messages with the same key only the newest stays, and a message with a sink's key would pass for its marker.",
    mending: "Write to another topic, or name another one for the batches by `commitsTopic`.",
  },
];
