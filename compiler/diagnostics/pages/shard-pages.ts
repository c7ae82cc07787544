import type { Page } from "./page.ts";

const marker = "// shards";
const source = (more = ""): string => `source clicks: { user: string, page: string, at: timestamp } from kafka("localhost:9092", subscribe: "clicks", format: "json"${more})`;
const byUser = source(', partitionedBy: "user"');
const given = `${marker}\n${byUser}`;
const into = "into memory() mode update";

/** E4160 to E4166 and R7800 to R7804: jobs that are divided into shards. */
export const shardPages: readonly Page[] = [
  {
    code: "E4160",
    title: "shard-source",
    meaning: "Shards are processes that share the partitions of Kafka topics. A file, a queue or a socket has none, so that each process would read all of it; and a query over tables alone would give its whole result in every shard.",
    mending: "Read the records from Kafka; or leave the query out of the shards and run it in one process (`--query` names those that run).",
    example: { given: marker, bad: 'source lines from socket("localhost", 9999)\nsink out = lines into memory()', good: `${source()}\nsink out = clicks into memory()` },
  },
  {
    code: "E4161",
    title: "shard-key",
    meaning: "A step that puts the rows of a key together (an aggregate, `dedup`, `top`, a state of your own) must find all of them in one shard. Rows with one message key are in one partition, and so in one shard. So the source says which columns are the messages' key (`partitionedBy`), and the step's key must hold them, as they are or under other names.",
    mending: "Say `partitionedBy` at the source if the messages' key is made of these columns; put the columns into the step's key; or write the stream into a topic that is partitioned by the key and aggregate that.",
    example: { given: marker, bad: `${source()}\nsink out = clicks |> aggregate count() as n group by user ${into}`, good: `${byUser}\nsink out = clicks |> aggregate count() as n group by user, page ${into}` },
  },
  {
    code: "E4162",
    title: "shard-join",
    meaning: "A join of two streams in shards meets those rows only that are in the same shard. Equal rows are there when both topics are partitioned by the columns that the join sets equal, of the same types in the same order, and when the topics have the same number of partitions. All state of a query goes by one such key.",
    mending: "Declare `partitionedBy` at both sources and join on these columns (and on more, if you like); or partition one of the topics anew.",
    example: {
      given: `${marker}\n${byUser}\nsource names: { id: string, name: string, at: timestamp } from kafka("localhost:9092", subscribe: "names", format: "json", partitionedBy: "id")\nstream c = clicks |> watermark at delay 1 minute late drop\nstream s = names |> watermark at delay 1 minute late drop`,
      bad: "sink out = c |> join s on c.page = s.name and c.at >= s.at and c.at <= s.at + 1 hour |> select c.user, s.name into memory()",
      good: "sink out = c |> join s on c.user = s.id and c.at >= s.at and c.at <= s.at + 1 hour |> select c.user, s.name into memory()",
    },
  },
  {
    code: "E4163",
    title: "shard-whole",
    meaning: "`limit` counts the rows of the whole query, and `order by` puts its whole result in order. Each shard would count, and order, its own part.",
    mending: "Leave the step out, or take it in another job that reads what the shards write. `top … per` a key that holds the columns of `partitionedBy` is by key, and can be divided.",
    example: { given, bad: "sink out = clicks |> limit 10 into memory()", good: `sink out = clicks |> top 10 by at per user ${into}` },
  },
  {
    code: "E4164",
    title: "shard-table",
    meaning: "Every shard reads every table as a whole. Rows of streams may look rows of a table up, but no row of a table may come out by itself, or become state: it would come out of every shard. A table becomes state beside rows that may be taken back, and as the first states of keys.",
    mending: "Join the table before the rows are put together; leave out `initial`; or do it in another job.",
    example: {
      given: `${given}\ntable old: { user: string, page: string, at: timestamp } from file("old.jsonl", format: "json")`,
      bad: "sink out = clicks |> top 1 by at desc per user |> join old on clicks.user = old.user |> select clicks.user, old.page into memory() mode update",
      good: "sink out = clicks |> join old on clicks.user = old.user |> select clicks.user, old.page into memory()",
    },
  },
  {
    code: "E4165",
    title: "shard-code",
    meaning: "With `mode complete` your code is given the whole result anew in every batch. A shard has its part of it, which your code would take for the whole: what one shard wrote the next would take away. (A file that is replaced is one a shard, a topic takes rows by their key, and `console` and `memory` show what the process has.)",
    mending: "Take `mode update`, which gives rows by their key.",
    example: {
      given: `${marker}\nimport { write } from "./write.ts"\n${byUser}`,
      bad: "sink out = clicks |> aggregate count() as n group by user into foreachBatch(write) mode complete",
      good: "sink out = clicks |> aggregate count() as n group by user into foreachBatch(write) mode update",
      files: { "./write.ts": "export function write(rows: readonly { user: string; n: number }[], batch: number): void {}" },
    },
  },
  {
    code: "E4166",
    title: "partitioned-by",
    meaning: "`partitionedBy` names the columns of which the keys of the messages are made, in their order. The bytes of a key are the text of one string column, the bytes of one binary column, else JSON; so the columns must be of types that have one text: string, binary, boolean, int, long, date, decimal.",
    mending: 'Name columns that the source declares, as texts: `partitionedBy: "user"`, `partitionedBy: ["country", "user"]`.',
    example: { bad: `${source(', partitionedBy: "usr"')}\nsink out = clicks into memory()`, good: `${byUser}\nsink out = clicks into memory()` },
  },
  {
    code: "R7800",
    title: "row in a partition that is not its key's",
    meaning: "The source says by which columns it is partitioned, and a shard's state stands on it. This row's columns, hashed as Kafka's default partitioner hashes a key, belong into another partition than the one that it came from: other rows of its key may be in other shards. Nothing of it has reached the state. A row whose only text or bytes is null has no key, and may be anywhere.",
    mending: "Look at what the producers take as key, and with which partitioner; name these columns in `partitionedBy`. Rows without a key can be left out right behind the source (`where user is not null`). A sink of Sluice in update mode whose key is one string or binary column that may be null writes its JSON text, which no `partitionedBy` means: leave the nulls out in that job, and give the sink `key: user`. Messages from before the topic got more partitions lie elsewhere: begin behind them, or anew in one process. The batch with the row is planned and cannot be run to its end by another job, so a new beginning takes another checkpoint folder.",
  },
  {
    code: "R7801",
    title: "checkpoint of another shard",
    meaning: "Each shard has a slice of the checkpoint, `DIR/shard-i-of-n`, with the offsets of its partitions and the state of their keys. This one was made by another shard, or by a process that read everything.",
    mending: "Start each shard with its own slice. For another number of shards take `sluice reshard`.",
  },
  {
    code: "R7802",
    title: "number of partitions changed",
    meaning: "The partition of a key is its hash modulo the topic's number of partitions. With another number the keys of the state come in other partitions, some of them in other shards, so a shard with state does not go on. Queries without state do, and read the new partitions.",
    mending: "Put the slices together (`sluice reshard --to 1`) and run in one process, for which it does not matter; or begin anew with new checkpoints. Give topics that are sharded partitions enough from the start: 24 can be read by 2, 3, 4, 6, 8, 12 or 24 shards.",
  },
  {
    code: "R7803",
    title: "query that cannot be divided into shards",
    meaning: "The query reads what shards cannot share, or keeps state by a key of which rows may be in several shards.",
    mending: "`sluice check --shards JOB.sluice` says which step it is and what to change. A job of several queries can run those in shards that `--query` names, and the others in one process.",
  },
  {
    code: "R7804",
    title: "topics with different numbers of partitions",
    meaning: "The state of the query takes rows of several topics by one key. A key is in one shard only if the topics have the same number of partitions.",
    mending: "Give the topics the same number of partitions, or run the query in one process.",
  },
];
