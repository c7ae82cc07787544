import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import avro from "avsc";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { orders, products, type Order } from "../../examples/kafka/generate.ts";
import { runCli } from "../support/run-cli.ts";
import { TestRegistry } from "../support/schema-registry.ts";
import { freshTopic } from "./support/fresh-topic.ts";
import { readTopic } from "./support/read-topic.ts";
import { sendMessages } from "./support/send-messages.ts";

const address = inject("kafka");
const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sluice-kafka-examples-"));
const registry = new TestRegistry();
let served: Awaited<ReturnType<TestRegistry["listen"]>>;

beforeAll(async () => {
  served = await registry.listen();
});

afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs an example over what is there: killed once the query has committed a batch, then to the end. */
async function runTwice(job: string, query: string, committed: number, how: string, params: Readonly<Record<string, string>>): Promise<void> {
  const checkpoint = join(folder, job);
  const words = ["run", `examples/kafka/${job}.sluice`, how, "--checkpoint", checkpoint, ...Object.entries({ brokers: address, ...params }).flatMap(([name, value]) => ["--param", `${name}=${value}`])];
  const killed = await runCli(words, { killedAt: join(checkpoint, query, "commits", String(committed)) });
  expect(killed.signal, killed.stderr).toBe("SIGKILL");
  const ended = await runCli(words);
  expect(ended.code, ended.stderr).toBe(0);
}

const text = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString("utf8");

/** Keys and values of what is committed to a topic. */
async function committed(topic: string): Promise<readonly (readonly [key: string, value: string])[]> {
  return (await readTopic(address, topic, "read_committed", true)).map(({ key, value }) => [text(key), text(value)]);
}

async function ordersTopic(): Promise<string> {
  const topic = await freshTopic(address, "orders", 2);
  await sendMessages(address, topic, orders().map((order) => ({ partition: null, key: order.customer, value: JSON.stringify(order) })), "gzip");
  return topic;
}

it("ranked-pages, killed in the middle, gives each row of the batch over the files once, and sets broken lines aside", async () => {
  const logs = join(folder, "logs");
  mkdirSync(logs);
  const names = ["web-log-3.json", "web-log-4.json"];
  for (const name of names) copyFileSync(join(root, "examples/web-log/data", name), join(logs, name));
  const lines = names.flatMap((name) => readFileSync(join(logs, name), "utf8").trimEnd().split("\n"));
  const [log, ranking, broken, late] = [await freshTopic(address, "web-log", 2), await freshTopic(address, "ranking", 2), await freshTopic(address, "broken"), await freshTopic(address, "late")];
  lines.splice(1234, 0, "{ broken");
  await sendMessages(address, log, lines.map((line) => ({ partition: null, key: /"host":"([^"]*)"/.exec(line)?.[1] ?? null, value: line })), "gzip");
  await runTwice("ranked-pages", "ranked_pages", 1, "--drain", { log, ranking, broken, late });

  const batch = await runCli(["run", "examples/kafka/ranked-pages-files.sluice", "--batch", "--param", `logs=${logs}`, "--json", "--sql", "select * from ranked_pages"]);
  const rows = batch.stdout.trimEnd().split("\n").sort();
  expect(rows.length).toBeGreaterThan(100);
  const ranked = await committed(ranking);
  expect(ranked.map(([, value]) => value).sort()).toEqual(rows);
  expect(new Set(ranked.map(([key]) => key)).size).toBe(rows.length);
  expect((await committed(broken)).map(([, value]) => Buffer.from(String(Reflect.get(Object(JSON.parse(value)), "raw")), "base64").toString("utf8"))).toEqual(["{ broken"]);
  expect(await committed(late)).toEqual([]);

  const table = await runCli(["run", "examples/kafka/read-ranking.sluice", "--param", `brokers=${address}`, "--param", `ranking=${ranking}`, "--json", "--sql", "select count(*) as n from ranked_pages"]);
  expect(table.stdout, table.stderr).toBe(`{"n":${rows.length}}\n`);
}, 120_000);

it("enriched-orders, killed in the middle, gives each order once with what the Parquet file knows, and keeps those of unknown products", async () => {
  const [incoming, enriched] = [await ordersTopic(), await freshTopic(address, "enriched")];
  await runTwice("enriched-orders", "enriched_orders", 2, "--available-now", { incoming, enriched });
  const known = new Map(products().map((product) => [product.sku, product]));
  const expected = orders().map(({ id, customer, sku, quantity, at }) => {
    const product = known.get(sku);
    const cents = product === undefined ? null : BigInt(product.price.replace(".", "")) * BigInt(quantity);
    const total = cents === null ? null : `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;
    const row = { id, customer, sku, product: product?.name ?? null, category: product?.category ?? "unknown", quantity };
    return [String(id), `${JSON.stringify(row).slice(0, -1)},"total":${total},"at":"${at}"}`];
  });
  expect((await committed(enriched)).toSorted(([a], [b]) => Number(a) - Number(b))).toEqual(expected);
}, 120_000);

it("json-to-avro writes messages that name their schema, and customer-totals reads these and those of a later schema", async () => {
  const [incoming, outgoing, refused, totals] = [await ordersTopic(), await freshTopic(address, "orders-avro", 2), await freshTopic(address, "refused"), await freshTopic(address, "totals")];
  await sendMessages(address, incoming, [{ partition: null, key: "ada", value: '{"id":"no number"}' }], "gzip");
  await runTwice("json-to-avro", "avro_orders", 2, "--available-now", { incoming, outgoing, refused, registry: served.url });
  expect([...registry.subjects]).toEqual([[`${outgoing}-value`, [1]]]);
  const schema = registry.answer({ method: "GET", path: "/schemas/ids/1", headers: {} });
  const type = avro.Type.forSchema(JSON.parse(String(Reflect.get(Object(JSON.parse(schema.body)), "schema"))) as avro.Schema);
  const messages = await readTopic(address, outgoing, "read_committed", true);
  const decoded = messages.map(({ key, value }) => {
    const bytes = Buffer.from(value ?? []);
    expect([bytes[0], bytes.readUInt32BE(1)]).toEqual([0, 1]);
    const row = type.fromBuffer(bytes.subarray(5)) as Order & { readonly at: number };
    expect(text(key)).toBe(row.customer);
    return { ...row, at: new Date(row.at / 1000).toISOString() };
  });
  expect(decoded.toSorted((a, b) => a.id - b.id)).toEqual(orders());
  expect((await committed(refused)).length).toBe(1);

  // The same columns in another order, one that was not there before, and one that is there no longer.
  const later = { type: "record", name: "Order", fields: [{ name: "at", type: { type: "long", logicalType: "timestamp-millis" } }, { name: "quantity", type: "int" }, { name: "channel", type: ["null", "string"], default: null }, { name: "customer", type: "string" }] };
  const id = registry.add(later);
  const written = [{ at: Date.UTC(2024, 4, 13), quantity: 2, channel: { string: "web" }, customer: "ada" }, { at: Date.UTC(2024, 4, 14), quantity: 1, channel: null, customer: "gil" }];
  const laterType = avro.Type.forSchema(later as avro.Schema, { wrapUnions: true });
  await runTwice("customer-totals", "customer_totals", 1, "--available-now", { incoming: outgoing, totals, registry: served.url });
  await sendMessages(address, outgoing, written.map((row) => ({ partition: null, key: row.customer, value: Buffer.concat([Buffer.from([0, 0, 0, 0, id]), laterType.toBuffer(row)]) })), "gzip");
  const after = await runCli(["run", "examples/kafka/customer-totals.sluice", "--available-now", "--checkpoint", join(folder, "customer-totals"), "--param", `brokers=${address}`, "--param", `incoming=${outgoing}`, "--param", `totals=${totals}`, "--param", `registry=${served.url}`]);
  expect(after.code, after.stderr).toBe(0);
  const all = [...orders().map(({ customer, quantity, at }) => ({ customer, quantity, at, web: 0 })), { customer: "ada", quantity: 2, at: "2024-05-13T00:00:00.000Z", web: 1 }, { customer: "gil", quantity: 1, at: "2024-05-14T00:00:00.000Z", web: 0 }];
  const expected = Object.fromEntries(
    [...new Set(all.map(({ customer }) => customer))].sort().map((customer) => {
      const own = all.filter((order) => order.customer === customer);
      const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
      return [customer, JSON.stringify({ customer, orders: own.length, pieces: sum(own.map(({ quantity }) => quantity)), web: sum(own.map(({ web }) => web)), latest: own.map(({ at }) => at).sort().at(-1) })];
    }),
  );
  expect(Object.fromEntries(await committed(totals))).toEqual(expected);
}, 180_000);
