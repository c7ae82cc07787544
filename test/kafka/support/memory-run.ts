import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { kafkajsClient } from "../../../runtime/connectors/kafka/client/kafkajs-client.ts";
import { brokerJars } from "./broker-jars.ts";
import { freshTopic } from "./fresh-topic.ts";
import { JobFolder } from "./job-process.ts";

export interface MemoryRunOptions {
  /** `host:port`. */
  readonly address: string;
  /** How many bytes the values of the messages have. */
  readonly bytes: number;
  /** How many bytes a second the brokers take of the job. */
  readonly bytesPerSecond: number;
  readonly report?: (message: string) => void;
}

export interface MemoryOutcome {
  readonly messages: number;
  readonly arrived: number;
  /** Most bytes of the job's process that were resident at once. */
  readonly resident: number;
  readonly seconds: number;
}

const perMessage = 2000;

/**
 * A job reads a topic whole, in one batch, into another topic to which its brokers let it write so fast and no faster (a quota of Kafka's): a
 * sink that is slower than the source. The job is a process by itself, and has no limits beside those of Node.
 */
export async function memoryRun({ address, bytes, bytesPerSecond, report = () => undefined }: MemoryRunOptions): Promise<MemoryOutcome> {
  const [input, output] = [await freshTopic(address, "memory-in", 3), await freshTopic(address, "memory-out", 2)];
  limitClient(address, output, bytesPerSecond);
  const messages = Math.ceil(bytes / perMessage);
  const job = new JobFolder(`source events: { id: long, text: string } from kafka("${address}", subscribe: "${input}", startingOffsets: "earliest", format: "json")
sink copies = events |> where id >= 0 into kafka("${address}", topic: "${output}", clientId: "${output}", key: id, format: "json")
`);
  try {
    // The compiler is not what is measured: it keeps what it makes.
    await job.run(["--available-now", "--checkpoint", join(job.folder, "first")]);
    await fill(address, input, messages);
    report(`${messages} messages of ${perMessage} bytes are sent`);
    const began = Date.now();
    const running = job.start(["--available-now"]);
    let resident = 0;
    let isOver = false;
    const ended = running.ended.finally(() => (isOver = true));
    for (let said = began; !isOver; await Promise.race([sleep(100), ended])) {
      resident = Math.max(resident, residentBytes(running.pid));
      if (Date.now() - said < 10_000) continue;
      said = Date.now();
      report(`${Math.round((said - began) / 1000)} seconds, at most ${Math.round(resident / 1e6)} MB resident`);
    }
    const { code, stderr } = await ended;
    if (code !== 0) throw new Error(`the job ended with ${code}: ${stderr}`);
    return { messages, arrived: await count(address, output), resident, seconds: (Date.now() - began) / 1000 };
  } finally {
    job.remove();
  }
}

function limitClient(address: string, client: string, bytesPerSecond: number): void {
  execFileSync("java", ["-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", join(brokerJars(), "*"), "kafka.admin.ConfigCommand", "--bootstrap-server", address, "--alter", "--add-config", `producer_byte_rate=${bytesPerSecond}`, "--entity-type", "clients", "--entity-name", client], { stdio: ["ignore", "ignore", "pipe"] });
}

async function fill(address: string, topic: string, messages: number): Promise<void> {
  const client = await kafkajsClient({ brokers: [address], clientId: "writer", connectionTimeout: 5000, requestTimeout: 30_000, retries: 100, retryInterval: 200, report: () => undefined });
  try {
    const producer = await client.producer({ compression: "lz4" });
    const line = "every message has a text that is long enough to be felt, and that no compiler knows; ";
    const filler = line.repeat(Math.ceil(perMessage / line.length));
    for (let from = 0; from < messages; from += 300) {
      const sent = Array.from({ length: Math.min(300, messages - from) }, (_, at) => {
        const head = `{"id":${from + at},"text":"`;
        return { topic, partition: at % 3, key: null, value: Buffer.from(`${head}${filler.slice(0, perMessage - head.length - 2)}"}`), headers: [] };
      });
      await producer.send(sent);
    }
    await producer.close();
  } finally {
    await client.close();
  }
}

/** The most that a process has had resident so far (Linux), or has now (elsewhere); 0 where it is gone. */
function residentBytes(pid: number): number {
  try {
    if (process.platform !== "linux") return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1024;
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

async function count(address: string, topic: string): Promise<number> {
  const client = await kafkajsClient({ brokers: [address], clientId: "reader", connectionTimeout: 5000, requestTimeout: 10_000, retries: 20, retryInterval: 200, report: () => undefined });
  try {
    const partitions = ((await client.partitions([topic])).get(topic) ?? []).map((partition) => ({ topic, partition }));
    return (await client.offsets(partitions, "latest", "read_committed")).reduce<number>((sum, end) => sum + (end ?? 0), 0);
  } finally {
    await client.close();
  }
}
