import type { Page } from "./page.ts";

const bids = 'schema Bid { auction: long, bidder: string, price: double, at: timestamp }\nsource bids: Bid from kafka("localhost:9092", subscribe: "bids", format: "json")';

/** E5060 to E5067, E3041, W3010 and W3011: sources and sinks of Kafka, and what is delivered. */
export const kafkaPages: readonly Page[] = [
  {
    code: "E5060",
    title: "secret-in-job",
    meaning: "Options become part of the emitted module, which is kept with other code. A password there would be known to everybody who reads it; the same holds of the constant default of a param.",
    mending: "Take it from the environment when the job starts: `param password: string = env(\"KAFKA_PASSWORD\")`, or give it with `--param`.",
    example: {
      bad: 'source lines from kafka("localhost:9092", subscribe: "bids", sasl: "plain", username: "me", password: "moonlight")\nsink out = lines into discard()',
      good: 'param password: string = env("KAFKA_PASSWORD")\nsource lines from kafka("localhost:9092", subscribe: "bids", sasl: "plain", username: "me", password: password)\nsink out = lines into discard()',
    },
  },
  {
    code: "E5061",
    title: "message-part-type",
    meaning: "A topic is a text and a partition an int. Headers are pairs of a text and bytes: a record whose fields are headers, an array of `{ key, value }`, or a map of texts. A key and a value may be of any type: texts are written as UTF-8, bytes as they are, everything else as JSON.",
    mending: "Cast the value.",
    example: { given: bids, bad: 'sink out = bids into kafka("localhost:9092", topic: "out", partition: auction, format: "json")', good: 'sink out = bids into kafka("localhost:9092", topic: "out", partition: cast(auction % 4 as int), format: "json")' },
  },
  {
    code: "E5062",
    title: "message-columns",
    meaning: "Without `format` and `value`, the columns of the rows are the parts of a message, as in Spark: `value` (a string or binary, required), and `key`, `topic`, `partition` and `headers` where they are there. Another column would be lost. The formats text and binary take the one column of their type that is no other part. The rows of a side output are made by the runtime, and written as JSON.",
    mending: 'Add `format: "json"`, which makes the value of the whole row; or name the parts with `select`.',
    example: { given: bids, bad: 'sink out = bids into kafka("localhost:9092", topic: "out")', good: 'sink out = bids |> select bidder as key, to_json({ auction: auction }) as value into kafka("localhost:9092", topic: "out")' },
  },
  {
    code: "E5063",
    title: "message-without-topic",
    meaning: "A message goes to a topic: the one that `topic` says, for all rows or for each by an expression over it, else the one in the column `topic`.",
    mending: 'Add `topic: "…"`.',
    example: { given: bids, bad: 'sink out = bids into kafka("localhost:9092", format: "json")', good: 'sink out = bids into kafka("localhost:9092", topic: "out", format: "json")' },
  },
  {
    code: "E5064",
    title: "message-part-of-key",
    meaning: "In update mode a row replaces the one of its key, and a row that goes is a tombstone, of which nothing but the key is known. Were the message's key, topic or partition told from another column, the tombstone would go elsewhere than the message.",
    mending: "Make it of the key columns of the result, or leave `key` out: it is the result's own key then.",
    example: {
      given: `${bids}\nstream counts = bids |> aggregate count() as n group by auction`,
      bad: 'sink out = counts into kafka("localhost:9092", topic: "out", key: n, format: "json") mode update',
      good: 'sink out = counts into kafka("localhost:9092", topic: "out", format: "json") mode update',
    },
  },
  {
    code: "E5065",
    title: "message-part-of-side-output",
    meaning: "A side output takes late rows or malformed records, which the runtime sends. Its messages are whole rows as JSON, without a key.",
    mending: "Leave the part out.",
    example: {
      bad: 'source bids: { auction: long } from kafka("localhost:9092", subscribe: "bids", format: "json", malformed: "broken")\nsink broken into kafka("localhost:9092", topic: "broken", key: "bids", format: "json")\nsink out = bids into discard()',
      good: 'source bids: { auction: long } from kafka("localhost:9092", subscribe: "bids", format: "json", malformed: "broken")\nsink broken into kafka("localhost:9092", topic: "broken", format: "json")\nsink out = bids into discard()',
    },
  },
  {
    code: "E5066",
    title: "message-part-not-fixed",
    meaning: "The parts of a message are told from the row when it is sent. The clock, random numbers and params belong to the pipeline, whose values are those of the batch also when it is run again.",
    mending: "Compute the value in the pipeline and name its column. A topic that is a param alone may stand as it is.",
    example: {
      given: `param prefix: string = "out-"\n${bids}`,
      bad: 'sink out = bids into kafka("localhost:9092", topic: concat(prefix, bidder), format: "json")',
      good: 'sink out = bids |> extend concat(prefix, bidder) as topic into kafka("localhost:9092", format: "json")',
    },
  },
  {
    code: "E5067",
    title: "topic-positions",
    meaning: "`assign` names partitions by topic, and `startingOffsets` and the like name a position in each of some partitions: an offset, where -2 is the earliest and -1 the latest, or a timestamp. A record says it, or a text with the JSON that Spark takes (timestamps are milliseconds there).",
    mending: "Write it as the help shows. Numbers of partitions stand in backticks, as names do that are no words.",
    example: {
      bad: 'source lines from kafka("localhost:9092", subscribe: "bids", startingOffsets: "newest")\nsink out = lines into discard()',
      good: 'source lines from kafka("localhost:9092", subscribe: "bids", startingOffsets: { bids: { `0`: 23, `1`: -2 } })\nsink out = lines into discard()',
    },
  },
  {
    code: "W3010",
    title: "shared-message-key",
    meaning: "In update mode a message replaces the one of its key, where the topic is compacted or its reader keeps the newest of each key. A key that leaves out a key column of the result is that of several rows, of which one would then hide the others, and one that goes would take them with it.",
    mending: "Leave `key` out, or make it of all key columns of the result. Where the columns left out never differ for one key, nothing is to be done.",
    example: {
      given: `${bids}\nstream counts = bids |> watermark at delay 1 minute late drop |> aggregate count() as n group by tumbling(at, 1 minute), bidder`,
      bad: 'sink out = counts into kafka("localhost:9092", topic: "out", key: bidder, format: "json") mode update',
      good: 'sink out = counts into kafka("localhost:9092", topic: "out", format: "json") mode update',
    },
  },
  {
    code: "W3011",
    title: "null-message-key",
    meaning: "In update mode a row needs a key, so that the next one replaces it and a tombstone finds it. A null key is written as the text `null`; where the key is a text, a row whose text is that has the same key, and the two replace each other. Left to the sink, such a key is JSON, where a text stands in quotes.",
    mending: "Leave `key` out: the key is then the result's own, and unambiguous. Or make a text of it in which nulls are not to be mistaken.",
    example: {
      given: 'source bids: { at: timestamp, bidder: string? } from kafka("localhost:9092", subscribe: "bids", format: "json")\nstream counts = bids |> watermark at delay 1 minute late drop |> aggregate count() as n group by tumbling(at, 1 minute), bidder',
      bad: 'sink out = counts into kafka("localhost:9092", topic: "out", key: concat(cast(window_start as string), bidder), format: "json") mode update',
      good: 'sink out = counts into kafka("localhost:9092", topic: "out", format: "json") mode update',
    },
  },
  {
    code: "E3041",
    title: "delivery-too-strong",
    meaning: "How often a record has its effect follows from its whole way: a source that can give it again, the checkpoint, and the sink. `delivery` in the sink cannot bring back what a source has lost, nor take back what a trigger sends before its checkpoint.",
    mending: 'Use a source that can be read again, or leave `delivery` out. `sluice explain` shows what each query delivers, and why.',
    example: {
      given: 'source lines from socket("localhost", 9999)',
      bad: 'sink out = lines into kafka("localhost:9092", topic: "out", delivery: "exactly once")',
      good: 'sink out = lines into kafka("localhost:9092", topic: "out")',
    },
  },
];
