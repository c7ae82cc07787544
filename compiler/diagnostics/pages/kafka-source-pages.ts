import type { Page } from "./page.ts";

/** R7710 to R7729: Kafka sources. */
export const kafkaSourcePages: readonly Page[] = [
  {
    code: "R7710",
    title: "subscription of a Kafka source",
    meaning: "A Kafka source reads topics that are named (`subscribe`), topics whose whole names match a pattern (`subscribePattern`), or partitions one by one (`assign`). Exactly one of the three says it.",
    mending: "Keep one of them, and let it name something.",
  },
  {
    code: "R7711",
    title: "position of a Kafka source",
    meaning: "An option that says where reading starts or ends cannot be understood, or makes no sense there: a source has no end, and what is read whole neither starts at its latest message nor ends at its earliest. Values that come from params are seen when the job starts.",
    mending: "Write \"earliest\", \"latest\", or offsets by partition such as `{ clicks: { \"0\": 23, \"1\": -2 } }`, where −2 is the earliest offset and −1 the latest. Times in JSON text are in milliseconds.",
  },
  {
    code: "R7712",
    title: "topic is not there",
    meaning: "A topic or partition that the source names is not there when the query starts for the first time. Waiting for it could hide a name that is mistyped.",
    mending: "Make the topic first, or mend its name. Topics that come later are read by `subscribePattern`.",
  },
  {
    code: "R7713",
    title: "positions do not fit the partitions",
    meaning: "Offsets or times by partition must name exactly the partitions that are read. One that is left out could be read from anywhere.",
    mending: "Name every partition once; −2 is the earliest offset, −1 the latest.",
  },
  {
    code: "R7714",
    title: "no message at or after a time",
    meaning: "The source is to begin with the first message at or after a time, and a partition has none.",
    mending: 'Take an earlier time. With `startingOffsetsByTimestampStrategy: "latest"` such a partition begins at its end.',
  },
  {
    code: "R7715",
    title: "messages were lost",
    meaning: "Messages that the job has not read are no longer there: the topic's retention took them, the topic or a partition was deleted, or it was deleted and made again. The checkpoint names offsets that the brokers do not have. With `failOnDataLoss: true`, the default, the query ends rather than give a result in which they are missing.",
    mending: "Set `failOnDataLoss: false` to go on with what there is: a warning then names what is missing, and no message is read twice. Or start with a new checkpoint. Keep messages for longer than the job may be down.",
  },
  {
    code: "R7716",
    title: "pattern of topics",
    meaning: "`subscribePattern` is no regular expression of RE2's syntax, whose time is linear in the text.",
    mending: "Mend it. It must match whole names: `clicks-.*`, and not `clicks-`.",
  },
  {
    code: "R7717",
    title: "a partition's beginning or end is not told",
    meaning: "The brokers name a partition that the source is to begin with, or to read whole, and for a quarter of a minute do not say where it begins or ends. Without that it would be taken for a partition that comes later, and be read from its beginning.",
    mending: "Start the query again when the topic is whole. It may be in the middle of being deleted, or a broker may not know it yet.",
  },
  {
    code: "R7729",
    title: "batch of messages is too large",
    meaning: "Messages come in batches that their producer compressed as a whole, and a batch is in memory as a whole once it is decompressed. One has more than 256 MiB then; a few kilobytes of repeats can become as many. Skipping it would lose rows without a word.",
    mending: "Have the producer send smaller batches (`batch.size`, `linger.ms`). To go on without these messages start with a new checkpoint and `startingOffsets` behind them.",
  },
];
