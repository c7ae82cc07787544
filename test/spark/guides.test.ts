import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readTopic } from "../kafka/support/read-topic.ts";
import { sendMessages } from "../kafka/support/send-messages.ts";
import { type Broker, startBroker } from "../kafka/support/start-broker.ts";
import { withBroker } from "../kafka/support/with-broker.ts";
import { partitioner } from "../../runtime/connectors/kafka/partitioner.ts";
import { sparkJars } from "./support/spark-jars.ts";
import { sparkSubmit } from "./support/spark-submit.ts";
import { sparkVenv } from "./support/spark-venv.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Where the commands run: all of the repository but what they write. */
const folder = mkdtempSync(join(tmpdir(), "sluice-guides-"));
let broker: Broker;

beforeAll(async () => {
  for (const name of readdirSync(root)) if (!name.startsWith(".") && name !== "generated") symlinkSync(join(root, name), join(folder, name));
  const { command, settings } = sparkSubmit(folder);
  const commands = {
    sluice: `exec ${process.execPath} ${join(root, "compiler/cli/bin.mjs")} "$@"`,
    pip: `exec ${join(sparkVenv(), "bin/python")} -m pip --disable-pip-version-check "$@"`,
    // The jars are there: no look-ups.
    "spark-submit": `[ "$1" = --packages ] && shift 2\nexec ${command} "$@"`,
  };
  mkdirSync(join(folder, ".bin"));
  for (const [name, text] of Object.entries(commands)) {
    writeFileSync(join(folder, ".bin", name), `#!/usr/bin/env bash\n${text}\n`);
    chmodSync(join(folder, ".bin", name), 0o755);
  }
  writeFileSync(join(folder, ".bin", "spark-defaults.conf"), Object.entries({ ...settings, "spark.jars": sparkJars().join(",") }).map(([name, value]) => `${name} ${value}\n`).join(""));
  broker = await startBroker();
});

afterAll(async () => {
  await broker.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** The commands of a page, a block each, with the comment before it. */
function commandsOf(page: string): readonly { readonly comment: string | undefined; readonly text: string }[] {
  const blocks = [...readFileSync(join(root, page), "utf8").matchAll(/(?:^<!-- (.*) -->\n)?^```sh run\n((?:(?!```).*\n)*)^```$/gm)].map(([, comment, text = ""]) => ({ comment, text }));
  expect(blocks.length).toBeGreaterThan(0);
  return blocks;
}

function shell(commands: string): Promise<string> {
  const { env: sparks } = sparkSubmit(folder);
  const env = { ...process.env, ...sparks, NO_COLOR: "1", PATH: `${join(folder, ".bin")}:${sparks["PATH"] ?? ""}`, KAFKA_BROKERS: broker.address, SPARK_CONF_DIR: join(folder, ".bin"), PIP_NO_INDEX: "1" };
  return new Promise((resolve, reject) => {
    execFile("bash", ["-e", "-o", "pipefail", "-c", commands], { cwd: folder, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${commands}\n${stdout}${stderr}`, { cause: error }));
    });
  });
}

const tenMinutes = 600_000;
const start = Date.UTC(2024, 4, 12, 10);
const partitions = 4;
let clicked = 0;

/** A click each 7 s, in the partitions of their users. */
function click(id: number): { readonly user: string; readonly page: string; readonly at: string } {
  return { user: `user-${id % 11}`, page: id % 5 === 0 ? "/buy" : "/home", at: new Date(start + id * 7000).toISOString() };
}

async function moreClicks(): Promise<void> {
  const clicks = Array.from({ length: 400 }, () => click(clicked++));
  await sendMessages(broker.address, "clicks", clicks.map((each) => ({ key: each.user, value: JSON.stringify(each), partition: partitioner([{ name: "user", type: "string" }])([each.user], partitions) ?? 0 })));
}

async function rowsOf(topic: string): Promise<readonly string[]> {
  return (await readTopic(broker.address, topic)).map(({ value }) => Buffer.from(value ?? []).toString("utf8").replaceAll(/\.000Z/g, "Z")).sort();
}

it("every command of docs/scaling.md runs, and on the way from three shards to Spark and back each row is given once", async () => {
  await withBroker(broker.address, async (client) => {
    for (const [topic, count] of [["clicks", partitions], ["clicks-per-user", 1], ["purchases", 1]] as const) await client.createTopic(topic, { partitions: count, replication: 1, config: {} });
  });
  await moreClicks();
  for (const { comment, text } of commandsOf("docs/scaling.md")) {
    if (comment === "more clicks") await moreClicks();
    await shell(text);
  }
  const clicks = Array.from({ length: clicked }, (_, id) => click(id));
  expect(await rowsOf("purchases")).toEqual(clicks.filter(({ page }) => page === "/buy").map((each) => JSON.stringify(each).replaceAll(".000Z", "Z")).sort());
  const watermark = Date.parse(clicks.at(-1)?.at ?? "") - 60_000;
  const counts = new Map<string, number>();
  for (const { user, at } of clicks) {
    const from = Math.floor(Date.parse(at) / tenMinutes) * tenMinutes;
    const name = JSON.stringify({ user, window_start: new Date(from), window_end: new Date(from + tenMinutes) });
    if (from + tenMinutes <= watermark) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  expect(await rowsOf("clicks-per-user")).toEqual([...counts].map(([name, count]) => `${name.slice(0, -1)},"clicks":${count}}`.replaceAll(".000Z", "Z")).sort());
}, 600_000);

it("every command of docs/spark.md runs", async () => {
  for (const { text } of commandsOf("docs/spark.md")) await shell(text);
}, 600_000);
