import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { KafkaClient } from "../../../runtime/connectors/kafka/client/kafka-client.ts";
import { freshTopic } from "../../kafka/support/fresh-topic.ts";
import { startBroker } from "../../kafka/support/start-broker.ts";
import { bundleCopy, bundlePlain, type CopyJob } from "./copy-jobs.ts";
import { measureLatency } from "./measure-latency.ts";
import { MeasuredChild } from "./measured-child.ts";
import { fillOrders, isDear, openClient } from "./orders.ts";

const partitions = 4;

/** What a copy is to reach beside the plain loop: no less. */
const goal = 1;

export interface KafkaBench {
  readonly rows: number;
  readonly rounds: number;
  readonly json: boolean;
  /** Names of what is measured; all where there are none: `plain`, `micro-batch`, `exactly-once`, `continuous`, `latency`. */
  readonly only: readonly string[];
  /** A folder for profiles of the children. */
  readonly profiles: string | undefined;
}

interface Copy {
  readonly name: string;
  readonly title: string;
  readonly job: Pick<CopyJob, "sink" | "trigger" | "source"> | undefined;
}

/**
 * Kafka to Kafka over a broker of its own: orders in JSON, half of them copied with five of their eight columns, by emitted modules and by a plain loop on kafkajs, each in a
 * process of its own whose CPU time counts (with its start, which all have). Then latencies at a fixed rate, and what an idle query takes.
 * Gives how many goals were missed.
 */
export async function benchKafka({ rows, rounds, json, only, profiles }: KafkaBench): Promise<number> {
  const cache = fileURLToPath(new URL("../../../node_modules/.cache", import.meta.url));
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "sluice-bench-"));
  const broker = await startBroker();
  const client = await openClient(broker.address);
  const wanted = (name: string): boolean => only.length === 0 || only.includes(name);
  const show = (result: Readonly<Record<string, unknown>>, line: string): void => console.log(json ? JSON.stringify(result) : line);
  let missed = 0;
  try {
    const input = await freshTopic(broker.address, "orders", partitions);
    await fillOrders(client, input, partitions, rows);
    const dear = Array.from({ length: rows }, (_, id) => id).filter(isDear).length;
    const batches = `, maxOffsetsPerTrigger: ${Math.ceil(rows / 4)}`;
    const copies: readonly Copy[] = [
      { name: "plain", title: "plain loop on kafkajs", job: undefined },
      { name: "micro-batch", title: "micro-batch, at least once", job: { source: batches } },
      { name: "exactly-once", title: "micro-batch, exactly once", job: { source: batches, sink: ', delivery: "exactly once"' } },
      { name: "continuous", title: "continuous", job: { trigger: "trigger continuous" } },
    ];
    if (!json && copies.some(({ name }) => wanted(name))) console.log(`Kafka to Kafka, ${rows} orders, ${partitions} partitions, median of ${rounds}\n${"".padEnd(34)}${"CPU a row".padStart(10)}${"rows a CPU second".padStart(20)}${"ratio".padStart(9)}`);
    let plain = NaN;
    for (const { name, title, job } of copies.filter((copy) => wanted(copy.name))) {
      const seconds: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const output = await freshTopic(broker.address, `${name}-out`, partitions);
        const words = profiles === undefined ? [] : ["--cpu-prof", "--cpu-prof-dir", profiles, "--cpu-prof-name", `${name}-${round}.cpuprofile`];
        const run = `${name}-${round}`;
        const isEndless = job?.trigger !== undefined;
        const program = job === undefined ? await bundlePlain(folder) : await bundleCopy(folder, run, { address: broker.address, input, output, ...job });
        const arguments_ = job === undefined ? [broker.address, input, output] : ["--checkpoint", `${run}-checkpoint`, ...(isEndless ? [] : ["--available-now"])];
        const child = new MeasuredChild(program, arguments_, folder, words);
        if (isEndless) await Promise.race([untilCount(client, output, dear), child.failure]);
        seconds.push(await (isEndless ? child.stop() : child.end()));
        const copied = await countOf(client, output, dear);
        if (copied !== dear) throw new Error(`${title}: ${copied} messages and not ${dear}`);
      }
      const cpu = seconds.sort((a, b) => a - b)[rounds >> 1] ?? NaN;
      if (job === undefined) plain = cpu;
      const ratio = plain / cpu;
      const reached = job === undefined || !(ratio < goal);
      if (!reached) missed++;
      const compared = job === undefined || Number.isNaN(ratio) ? "" : `${ratio.toFixed(2)}x`.padStart(9) + `   goal ${goal}x${reached ? "" : "   missed"}`;
      show({ name, seconds: cpu, rows, ratio, reached }, `${title.padEnd(34)}${`${((cpu * 1e9) / rows).toFixed(0)} ns`.padStart(10)}${Math.round(rows / cpu).toLocaleString("en").padStart(20)}${compared}`);
    }
    if (wanted("latency")) {
      if (!json) console.log(`\nLatency at 5,000 orders a second, from the producer's time to the output's; then of messages alone\n${"".padEnd(34)}${"p50".padStart(10)}${"p99".padStart(10)}${"most".padStart(10)}${"alone".padStart(10)}${"CPU".padStart(8)}${"idle CPU".padStart(10)}`);
      for (const { name, title, trigger, sink } of [
        { name: "micro-batch asap", title: "micro-batch, at least once", trigger: "", sink: "" },
        { name: "exactly once asap", title: "micro-batch, exactly once", trigger: "", sink: ', delivery: "exactly once"' },
        { name: "continuous", title: "continuous", trigger: "trigger continuous", sink: "" },
      ]) {
        const measured = await measureLatency({ address: broker.address, client, folder, name, partitions, trigger, sink });
        const percent = (part: number): string => `${(part * 100).toFixed(1)}%`;
        const idles = measured.idle < 0.05;
        if (!idles) missed++;
        show({ name, ...measured }, `${title.padEnd(34)}${[measured.p50, measured.p99, measured.most, measured.first].map((ms) => `${ms.toFixed(0)} ms`.padStart(10)).join("")}${percent(measured.busy).padStart(8)}${percent(measured.idle).padStart(10)}   goal < 5 % idle${idles ? "" : "   missed"}`);
      }
    }
    return missed;
  } finally {
    await client.close();
    await broker.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Messages that a reader with `read_committed` counts; waits a little for marks of transactions. */
async function countOf(client: KafkaClient, topic: string, expected: number): Promise<number> {
  const places = Array.from({ length: partitions }, (_, partition) => ({ topic, partition }));
  let count = 0;
  const ends = await client.offsets(places, "latest", "read_uncommitted");
  const ranges = places.map((place, at) => ({ ...place, from: 0, until: ends[at] ?? 0 })).filter(({ until }) => until > 0);
  const giveUp = AbortSignal.timeout(60_000);
  for await (const { messages } of client.fetch(ranges, { isolation: "read_committed", bytesAhead: 4 << 20, maxWait: 100, signal: giveUp })) count += messages.length;
  if (giveUp.aborted) throw new Error(`${topic}: ${count} of ${expected} messages after a minute`);
  return count;
}

async function untilCount(client: KafkaClient, topic: string, count: number): Promise<void> {
  const places = Array.from({ length: partitions }, (_, partition) => ({ topic, partition }));
  while ((await client.offsets(places, "latest", "read_uncommitted")).reduce<number>((sum, end) => sum + (end ?? 0), 0) < count) await sleep(100);
}
