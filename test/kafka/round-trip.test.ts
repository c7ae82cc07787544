import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, inject, it } from "vitest";
import { TestRegistry } from "../support/schema-registry.ts";
import { freshTopic } from "./support/fresh-topic.ts";
import { JobFolder } from "./support/job-process.ts";
import { readTopic, readValues } from "./support/read-topic.ts";
import { sendMessages } from "./support/send-messages.ts";

const address = inject("kafka");
const ends: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function jobFolder(text: string): JobFolder {
  const folder = new JobFolder(text);
  ends.push(() => folder.remove());
  return folder;
}

const schema = `schema Row {
  id: long
  big: long?
  amount: decimal(38,10)?
  price: decimal(12,2)
  at: timestamp
  maybe_at: timestamp?
  day: date?
  text: string
  note: string?
  flag: boolean?
  precise: double?
  raw: binary?
  place: { city: string, point: { x: double, y: double? }? }?
  tags: string?[]
  counts: map<string, long>?
}`;

/** The same as a schema of Avro, in an order and with types of its own. */
const avroSchema = {
  type: "record",
  name: "Row",
  fields: [
    { name: "text", type: "string" },
    { name: "id", type: "long" },
    { name: "big", type: ["long", "null"] },
    { name: "amount", type: ["null", { type: "fixed", name: "Amount", size: 16, logicalType: "decimal", precision: 38, scale: 10 }] },
    { name: "price", type: { type: "bytes", logicalType: "decimal", precision: 12, scale: 2 } },
    { name: "at", type: { type: "long", logicalType: "timestamp-micros" } },
    { name: "maybe_at", type: ["null", { type: "long", logicalType: "timestamp-micros" }] },
    { name: "day", type: ["null", { type: "int", logicalType: "date" }] },
    { name: "note", type: ["null", "string"] },
    { name: "flag", type: ["null", "boolean"] },
    { name: "precise", type: ["null", "double"] },
    { name: "raw", type: ["null", "bytes"] },
    {
      name: "place",
      type: ["null", { type: "record", name: "Place", fields: [
        { name: "city", type: "string" },
        { name: "point", type: ["null", { type: "record", name: "Point", fields: [{ name: "x", type: "double" }, { name: "y", type: ["null", "double"] }] }] },
      ] }],
    },
    { name: "tags", type: { type: "array", items: ["null", "string"] } },
    { name: "counts", type: ["null", { type: "map", values: "long" }] },
  ],
};

/** Rows as the sink of JSON writes them: the ends of each type, nulls, empty and long texts, text beyond ASCII. */
const rows: readonly string[] = [
  '{"id":9223372036854775807,"big":-9223372036854775808,"amount":-1234567890123456789012345678.0123456789,"price":9999999999.99,"at":"2024-02-29T23:59:59.999999Z","maybe_at":"1969-12-31T23:59:59.999999Z","day":"0001-01-01","text":"日本語 – ü 😀 \\u2028","note":"\\"\\\\\\n\\t\\u0000","flag":true,"precise":1.7976931348623157e+308,"raw":"AAH/","place":{"city":"Łódź","point":{"x":-0.0,"y":5e-324}},"tags":["ä","",null],"counts":{"größe":9007199254740993,"":-1}}',
  '{"id":9007199254740993,"big":null,"amount":null,"price":0.00,"at":"1970-01-01T00:00:00.000Z","maybe_at":null,"day":null,"text":"","note":null,"flag":null,"precise":null,"raw":null,"place":null,"tags":[],"counts":null}',
  '{"id":-1,"big":0,"amount":0.0000000001,"price":-0.01,"at":"1883-11-18T12:00:00.000001Z","maybe_at":"2024-01-01T00:00:00.000Z","day":"9999-12-31","text":" ","note":"","flag":false,"precise":0.1,"raw":"","place":{"city":"","point":null},"tags":[null],"counts":{}}',
  `{"id":0,"big":9007199254740992,"amount":1.0000000000,"price":1.10,"at":"2024-06-01T00:00:00.100Z","maybe_at":null,"day":"1970-01-01","text":"${"ß".repeat(3000)}","note":"null","flag":true,"precise":-1.5,"raw":"${Buffer.alloc(300, 7).toString("base64")}","place":{"city":"a","point":{"x":1e+22,"y":null}},"tags":["x"],"counts":{"a":1}}`,
].map((row) => row.replaceAll("\\u2028", "\u2028"));

it("rows come back as they were through JSON, Avro with a registry and without, and through files of Parquet and Avro", async () => {
  const registry = new TestRegistry();
  const { url, close } = await registry.listen();
  ends.push(close);
  const input = await freshTopic(address, "rows", 2);
  const topics = { json: await freshTopic(address, "rt-json"), avro: await freshTopic(address, "rt-avro"), plain: await freshTopic(address, "rt-plain") };
  await sendMessages(address, input, rows.map((value, at) => ({ value, partition: at % 2 })));
  const kafka = (rest: string): string => `kafka("${address}", ${rest})`;
  const out = jobFolder(`${schema}
source input: Row from ${kafka(`subscribe: "${input}", startingOffsets: "earliest", format: "json"`)}
sink json = input into ${kafka(`topic: "${topics.json}", format: "json"`)}
sink avro = input into ${kafka(`topic: "${topics.avro}", key: id, format: "avro", registry: "${url}", delivery: "exactly once"`)}
sink plain = input into ${kafka(`topic: "${topics.plain}", format: "avro", wire: "plain", schemaFile: "row.avsc", compression: "zstd"`)}
`);
  writeFileSync(join(out.folder, "row.avsc"), JSON.stringify(avroSchema));
  await out.run(["--available-now"]);
  expect([...(await readValues(address, topics.json))].sort()).toEqual([...rows].sort());
  expect([...registry.subjects.keys()]).toEqual([`${topics.avro}-value`]);

  // From topics into files, as one batch over tables.
  out.write(`${schema}
table avro: Row from ${kafka(`subscribe: "${topics.avro}", format: "avro", registry: "${url}"`)}
table plain: Row from ${kafka(`subscribe: "${topics.plain}", format: "avro", wire: "plain", schemaFile: "row.avsc"`)}
sink parquet = avro into file("parquet", format: "parquet", compression: "zstd")
sink containers = plain into file("containers", format: "avro", compression: "snappy")
`);
  await out.run(["--batch"]);

  // And of all that into topics again, as JSON.
  const back = { avro: await freshTopic(address, "rt-back"), plain: await freshTopic(address, "rt-back"), parquet: await freshTopic(address, "rt-back"), containers: await freshTopic(address, "rt-back") };
  out.write(`${schema}
table avro: Row from ${kafka(`subscribe: "${topics.avro}", format: "avro", registry: "${url}"`)}
table plain: Row from ${kafka(`subscribe: "${topics.plain}", format: "avro", wire: "plain", schemaFile: "row.avsc"`)}
table parquet: Row from file("parquet", format: "parquet")
table containers: Row from file("containers", format: "avro")
${Object.entries(back).map(([name, topic]) => `sink of_${name} = ${name} into ${kafka(`topic: "${topic}", format: "json"`)}`).join("\n")}
`);
  await out.run(["--batch"]);
  for (const [name, topic] of Object.entries(back)) expect([...(await readValues(address, topic))].sort(), name).toEqual([...rows].sort());
}, 180_000);

it("texts and bytes come back as they were: any bytes, empty ones and none, with keys and headers", async () => {
  const input = await freshTopic(address, "raw");
  const [copies, texts, binaries] = [await freshTopic(address, "rt-copies"), await freshTopic(address, "rt-texts"), await freshTopic(address, "rt-binaries")];
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
  await sendMessages(address, input, [
    { key: bytes, value: bytes, headers: [["ü", "😀"], ["ü", null], ["", ""]] },
    { key: "", value: "", headers: [] },
    { key: null, value: null },
    { key: "k", value: "日本語\n\r\n😀" },
  ]);
  const job = jobFolder(`source input from kafka("${address}", subscribe: "${input}", startingOffsets: "earliest")
sink copies = input |> select key, value, headers into kafka("${address}", topic: "${copies}")
sink texts = input |> where offset in (1, 3) |> select cast(value as string) as line into kafka("${address}", topic: "${texts}", format: "text")
sink binaries = input |> where value is not null |> select value into kafka("${address}", topic: "${binaries}", format: "binary", delivery: "exactly once")
`);
  await job.run(["--available-now"]);
  const shown = async (topic: string): Promise<unknown> =>
    (await readTopic(address, topic, "read_committed", true)).map(({ key, value, headers }) => [hex(key), hex(value), headers.filter((header) => !header.key.startsWith("sluice.")).map((header) => [header.key, hex(header.value)])]);
  expect(await shown(copies)).toEqual(await shown(input));
  expect((await readTopic(address, texts)).map(({ value }) => hex(value))).toEqual([hex(Buffer.from("")), hex(Buffer.from("日本語\n\r\n😀"))]);
  expect((await readTopic(address, binaries, "read_committed", true)).map(({ value }) => hex(value))).toEqual([hex(bytes), "", hex(Buffer.from("日本語\n\r\n😀"))]);

  const lines = await freshTopic(address, "rt-lines");
  job.write(`source lines: { line: string } from kafka("${address}", subscribe: "${texts}", startingOffsets: "earliest", format: "text")
sink again = lines |> extend length(line) as n into kafka("${address}", topic: "${lines}", format: "json")
`);
  await job.run(["--available-now", "--checkpoint", `${job.folder}/second`]);
  expect(await readValues(address, lines)).toEqual(['{"line":"","n":0}', '{"line":"日本語\\n\\r\\n😀","n":7}']);
}, 180_000);

function hex(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString("hex");
}
