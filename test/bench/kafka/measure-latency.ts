import { setTimeout as sleep } from "node:timers/promises";
import type { KafkaClient } from "../../../runtime/connectors/kafka/client/kafka-client.ts";
import { freshTopic } from "../../kafka/support/fresh-topic.ts";
import { readTopic } from "../../kafka/support/read-topic.ts";
import { bundleCopy } from "./copy-jobs.ts";
import { MeasuredChild } from "./measured-child.ts";
import { isDear, orderMessage } from "./orders.ts";

const perSecond = 5000;
const seconds = 10;
/** Milliseconds between two sends, those that do not count, and those of the idle time. */
const tick = 10;
const warmUp = 3000;
const idleTime = 10_000;

export interface LatencyRun {
  readonly address: string;
  readonly client: KafkaClient;
  readonly folder: string;
  readonly name: string;
  readonly partitions: number;
  readonly trigger: string;
  readonly sink: string;
}

export interface Latency {
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  /** Of messages that come after a quiet time: the middle. */
  readonly first: number;
  /** Parts of a core: while orders come, and while none come. */
  readonly busy: number;
  readonly idle: number;
}

/** Runs a copy, sends orders at a fixed rate, and compares the time in each with that at which the broker took its copy; then lets it idle, then sends a few alone. */
export async function measureLatency({ address, client, folder, name, partitions, trigger, sink }: LatencyRun): Promise<Latency> {
  const input = await freshTopic(address, "latency-in", partitions);
  const output = await freshTopic(address, "latency-out", partitions, { "message.timestamp.type": "LogAppendTime" });
  const file = `latency-${name.replaceAll(" ", "-")}`;
  const child = new MeasuredChild(await bundleCopy(folder, file, { address, input, output, trigger, sink }), ["--checkpoint", `${file}-checkpoint`], folder);
  const producer = await client.producer({ compression: "none" });
  let id = 0;
  const send = (count: number): Promise<void> => producer.send(Array.from({ length: count }, () => orderMessage(input, partitions, id++, Date.now())));
  await sleep(2000);
  const begun = Date.now();
  const before = await child.cpuSoFar();
  let until = 0;
  while ((until = Date.now() - begun) < seconds * 1000) {
    const due = Math.floor((until * perSecond) / 1000) - id;
    if (due > 0) await send(due);
    await Promise.race([sleep(tick), child.failure]);
  }
  const [sent, busyTime] = [id, (Date.now() - begun) / 1000];
  const busy = ((await child.cpuSoFar()) - before) / busyTime;
  await sleep(1500);
  const [from, cpu] = [performance.now(), await child.cpuSoFar()];
  await Promise.race([sleep(idleTime), child.failure]);
  const idle = ((await child.cpuSoFar()) - cpu) / ((performance.now() - from) / 1000);
  for (let alone = 0; alone < 5; alone++) {
    await send(8);
    await sleep(2000);
  }
  await child.stop();
  await producer.close();
  const steady: number[] = [];
  const first: number[] = [];
  const copied = new Set<number>();
  for (const { timestamp, value } of await readTopic(address, output, "read_committed", true)) {
    const order = JSON.parse(Buffer.from(value ?? []).toString("utf8")) as { readonly id: number; readonly sent: number };
    copied.add(order.id);
    const latency = timestamp / 1000 - order.sent;
    if (order.id >= sent) first.push(latency);
    else if (order.sent - begun >= warmUp) steady.push(latency);
  }
  const dear = Array.from({ length: id }, (_, number) => number).filter(isDear).length;
  if (copied.size !== dear) throw new Error(`${name}: ${copied.size} orders were copied and not ${dear}`);
  steady.sort((a, b) => a - b);
  first.sort((a, b) => a - b);
  const at = (part: number): number => steady[Math.floor(steady.length * part)] ?? NaN;
  return { p50: at(0.5), p99: at(0.99), most: steady.at(-1) ?? NaN, first: first[first.length >> 1] ?? NaN, busy, idle };
}
