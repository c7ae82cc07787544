import { expect, it } from "vitest";
import { partitionOfKey } from "../../../runtime/connectors/kafka/client/records/murmur2.ts";
import { compileText, loadJob } from "../../support/load-job.ts";
import { ShardedJob, type Results } from "../../support/sharded-job.ts";

const partitions = 7;

/** Where a key comes from: the declared columns, and by a number the message's key and its JSON. */
interface Keys {
  readonly columns: string;
  readonly by: string;
  readonly key: string;
  text(n: number): { readonly key: string | Uint8Array; readonly json: string };
}

const keys: Readonly<Record<string, Keys>> = {
  "longs above 2^53": { columns: "k: long", by: '"k"', key: "k", text: (n) => ({ key: `${9007199254740993n + BigInt(n)}`, json: `"k":${9007199254740993n + BigInt(n)}` }) },
  "long decimals": { columns: "k: decimal(30, 3)?", by: '"k"', key: "k", text: (n) => ({ key: `12345678901234567890.${n}00`, json: `"k":12345678901234567890.${n}` }) },
  "booleans that may be null": { columns: "k: boolean?", by: '"k"', key: "k", text: (n) => ({ key: `${n === 5 ? null : n % 2 === 0}`, json: `"k":${n === 5 ? null : n % 2 === 0}` }) },
  dates: { columns: "k: date", by: '"k"', key: "k", text: (n) => ({ key: `"19${60 + n * 3}-02-0${n + 1}"`, json: `"k":"19${60 + n * 3}-02-0${n + 1}"` }) },
  bytes: { columns: "k: binary", by: '"k"', key: "k", text: (n) => ({ key: Uint8Array.of(n * 30, 255 - n, 0), json: `"k":"${Buffer.from([n * 30, 255 - n, 0]).toString("base64")}"` }) },
  texts: { columns: "k: string", by: '"k"', key: "k", text: (n) => ({ key: `é"\\\n\u2028😀${n}`, json: `"k":${JSON.stringify(`é"\\\n\u2028😀${n}`)}` }) },
  "several columns": {
    columns: "b: string?, a: long", by: '["b", "a"]', key: "a, b",
    text: (n) => { const b = n === 4 ? null : `é"\\\n\t\u0001\u007f\u2028😀/${n % 3}`; return { key: `{"b":${JSON.stringify(b)},"a":${n}}`, json: `"a":${n},"b":${JSON.stringify(b)}` }; },
  },
};

const sinks: Readonly<Record<string, (key: string) => string>> = {
  counted: (key) => `timed |> aggregate count() as n, sum(v) as total group by v % 2 as odd, ${key}, tumbling(at, 10 minutes) into discard()`,
  running: (key) => `events |> aggregate count() as n, sum(v) as total group by v % 2 as odd, ${key} into discard() mode update`,
  within: (key) => `timed |> dedup by v, ${key} within 15 minutes into discard()`,
  once: (key) => `events |> dedup by v, ${key} into discard()`,
  sessions: (key) => `timed |> aggregate count() as n group by v % 2 as odd, ${key}, session(at, gap 15 minutes) into discard()`,
  best: (key) => `events |> top 2 by v desc, at per v % 2, ${key} into discard() mode update`,
  joined: (key) => `timed as a |> join left timed as b on a.v = b.v and ${key.split(", ").map((name) => `a.${name} = b.${name}`).join(" and ")} and b.at between a.at + 1 minute and a.at + 30 minutes |> select a.at as at, a.v as v, b.at as later into discard()`,
};

function jobOf({ columns, by, key }: Keys): ReturnType<typeof loadJob> {
  const text = Object.entries(sinks).map(([name, sink]) => `sink ${name} = ${sink(key)}`).join("\n");
  return loadJob(compileText(`
    source events: { ${columns}, at: timestamp, v: long } from kafka("memory:9092", subscribe: "events", startingOffsets: "earliest", format: "json", partitionedBy: ${by})
    stream timed = events |> watermark at delay 10 minutes late drop
    ${text}
  `, { optimize: true }));
}

const encoder = new TextEncoder();

async function run(made: Keys, counts: readonly number[]): Promise<Results> {
  const job = new ShardedJob(jobOf(made), ["events"], partitions);
  for (const [part, count] of counts.entries()) {
    const before = counts[part - 1] ?? count;
    if (before !== count) await job.reshard(before, count);
    for (let n = part * 50; n < part * 50 + 50; n++) {
      const { key, json } = made.text((n * 7) % (n % 50 < 35 ? 9 : 2));
      const at = new Date(Date.UTC(2024, 0, 1) + n * 66_000).toISOString();
      job.broker.append("events", partitionOfKey(typeof key === "string" ? encoder.encode(key) : key, partitions), { key, value: `{${json},"at":"${at}","v":${(n * 5) % 6}}` });
    }
    await job.run(count, part === counts.length - 1 ? "drain" : "available now");
  }
  return job.results;
}

for (const [name, made] of Object.entries(keys)) {
  it(`keys are found again in their new slices: ${name}`, async () => {
    const expected = await run(made, [1, 1, 1, 1]);
    expect(Object.keys(expected).sort()).toEqual(Object.keys(sinks).sort());
    expect(await run(made, [1, 3, 2, 1])).toEqual(expected);
  });
}
