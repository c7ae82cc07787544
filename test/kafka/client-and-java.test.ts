import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { brokerJars } from "./support/broker-jars.ts";
import { bytes, clients, fetchAll, message, optionsFor, text, withClient } from "./support/clients.ts";
import { freshTopic } from "./support/fresh-topic.ts";

const broker = inject("kafka");
const source = fileURLToPath(new URL("support/Exchange.java", import.meta.url));
const hasCompiler = spawnSync("java", ["--list-modules"], { encoding: "utf8" }).stdout.includes("jdk.compiler");
const java = (...words: readonly string[]): string => execFileSync("java", ["-cp", join(brokerJars(), "*"), source, ...words], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 26 });

const compressions = ["none", "gzip", "snappy", "lz4", "zstd"] as const;

for (const { name, factory } of clients) {
  // Java's program is compiled as it is started, which takes a compiler.
  test.skipIf(!hasCompiler)(`${name}: reads what Java's producer wrote with each compression, and Java's consumer reads what it wrote`, async () => {
    const topic = await freshTopic(broker, "java");
    java("produce", broker, topic, compressions.join(","), "500");
    const ours = await freshTopic(broker, "for-java");
    await withClient(factory, optionsFor(broker), async (client) => {
      const all = (await fetchAll(client, [{ topic, partition: 0, from: 0, until: 2500 }])).flatMap(({ messages }) => messages);
      expect(all.length).toBe(2500);
      all.forEach(({ key, value, headers }, at) => {
        const index = at % 500;
        expect([text(key), text(value), headers.map((header) => [header.key, text(header.value)])]).toEqual([`key ${index}`, index % 10 === 0 ? null : `${"value ".repeat(index % 30)}${index}`, [["index", String(index)], ["nothing", null]]]);
      });
      for (const compression of compressions) {
        const producer = await client.producer({ compression, transactionalId: `${ours}-${compression}` });
        await producer.begin();
        await producer.send(Array.from({ length: 300 }, (_, index) => message(ours, "Größe ".repeat(index % 20) + String(index), { key: bytes(compression), timestamp: (1_700_000_000_000 + index) * 1000, headers: [{ key: "z", value: bytes("1") }, { key: "a", value: null }] })));
        await producer.commit();
        await producer.close();
      }
    });
    const lines = java("consume", broker, ours, "1505").trim().split("\n");
    expect(lines).toEqual(compressions.flatMap((compression, turn) => Array.from({ length: 300 }, (_, index) => `${turn * 301 + index}|${1_700_000_000_000 + index}|${compression}|${"Größe ".repeat(index % 20)}${index}|z=1|a=null`)));
  });
}
