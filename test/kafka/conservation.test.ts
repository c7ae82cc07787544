import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, inject, it } from "vitest";
import type { FaultPoint } from "../../runtime/host/fault-points.ts";
import { SeededRandom } from "../../runtime/testing/seeded-random.ts";
import { freshTopic } from "./support/fresh-topic.ts";
import { JobFolder } from "./support/job-process.ts";
import { readValues } from "./support/read-topic.ts";
import { sendMessages, type SentMessage } from "./support/send-messages.ts";

const address = inject("kafka");
const perRun = 1000;
const start = Date.UTC(2024, 0, 1);
/** Where the runs die, or `undefined` at any moment; the last one comes to its end. */
const deaths: readonly (`${FaultPoint}:${number}` | undefined)[] = ["kafka.before-commit:2", "kafka.committed:3", undefined, "state-delta.written:2", "sink-manifest.renamed:1", undefined, "commits.half-written:2", "kafka.flushed:3", "offsets.renamed:2"];

interface Event {
  readonly id: number;
  readonly k: string;
  readonly amount: number;
  readonly at: number;
}

/** Messages in the order of their times, nearly; 1 % are broken, and 1 % come half an hour late. */
class Events {
  readonly valid: Event[] = [];
  broken = 0;
  readonly #random: SeededRandom;
  #next = 0;

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
  }

  some(count: number): readonly SentMessage[] {
    return Array.from({ length: count }, () => this.#message(this.#next++));
  }

  #message(id: number): SentMessage {
    const chance = this.#random.next();
    const late = chance > 0.99 ? 1_800_000 : Math.floor(this.#random.next() * 20_000);
    const event: Event = { id, k: `k${Math.floor(this.#random.next() * 5)}`, amount: Math.floor(this.#random.next() * 1000), at: start + id * 1000 - late };
    const text = JSON.stringify({ ...event, at: new Date(event.at).toISOString() });
    const partition = id % 3;
    if (chance < 0.01) {
      this.broken++;
      const forms = [text.slice(0, -5), text.replace('"amount":', '"amount":"x'), null, "", text.replace(/"at":"[^"]*"/, '"at":null')];
      return { value: forms[id % forms.length] ?? null, partition };
    }
    this.valid.push(event);
    return { value: text, partition };
  }
}

it("what is read is accepted, late or malformed, each message once, whatever dies meanwhile", async () => {
  const seed = 20240101;
  const events = new Events(seed);
  const [input, sums, broken, commits] = [await freshTopic(address, "events", 3), await freshTopic(address, "sums", 2), await freshTopic(address, "broken"), await freshTopic(address, "commits", 1, { "cleanup.policy": "compact" })];
  const exactly = `format: "json", delivery: "exactly once", commitsTopic: "${commits}"`;
  const job = new JobFolder(`source events: { id: long, k: string, amount: long, at: timestamp } from kafka("${address}", subscribe: "${input}", startingOffsets: "earliest", format: "json", maxOffsetsPerTrigger: 300, malformed: broken)
sink sums =
  events
  |> watermark at delay 2 minutes late into late
  |> aggregate count() as n, sum(amount) as total group by k, tumbling(at, 1 minute)
  |> select window_start, k, n, total
  into kafka("${address}", topic: "${sums}", key: k, ${exactly})
sink broken into kafka("${address}", topic: "${broken}", ${exactly})
sink late into file("late", format: "json")
`);
  try {
    let killed = 0;
    const random = new SeededRandom(seed);
    for (const death of deaths) {
      await sendMessages(address, input, events.some(perRun));
      const running = job.start(["--available-now"], death === undefined ? {} : { SLUICE_FAULT: death });
      if (death === undefined) {
        await Promise.race([running.ended, sleep(400 + random.next() * 1200)]);
        running.signal("SIGKILL");
      }
      const { code, signal, stderr } = await running.ended;
      if (signal === "SIGKILL") killed++;
      else expect(code, `${death}: ${stderr}`).toBe(0);
    }
    await job.run(["--drain"]);
    expect(killed).toBeGreaterThanOrEqual(deaths.length - 2);

    const lateIds = linesOf(join(job.folder, "late")).map((line) => (JSON.parse(line) as Event).id);
    const late = new Set(lateIds);
    const results = (await readValues(address, sums)).map((value) => JSON.parse(value ?? "") as { readonly window_start: string; readonly k: string; readonly n: number; readonly total: number });
    const brokenPlaces = (await readValues(address, broken)).map((value) => {
      const { source, position } = JSON.parse(value ?? "") as { readonly source: string; readonly position: string };
      return `${source} ${position}`;
    });
    // None twice.
    expect(late.size).toBe(lateIds.length);
    expect(new Set(brokenPlaces).size).toBe(brokenPlaces.length);
    expect(new Set(results.map(({ window_start, k }) => `${window_start} ${k}`)).size).toBe(results.length);
    // None lost.
    const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
    expect(brokenPlaces.length).toBe(events.broken);
    expect(sumOf(results.map(({ n }) => n)) + lateIds.length + brokenPlaces.length).toBe(deaths.length * perRun);
    expect(sumOf(results.map(({ total }) => total)) + sumOf(events.valid.filter(({ id }) => late.has(id)).map(({ amount }) => amount))).toBe(sumOf(events.valid.map(({ amount }) => amount)));
    // And each in its place: only what was sent late is late, and every window has what is its own.
    expect(events.valid.filter(({ id, at }) => late.has(id) && at > start + id * 1000 - 1_800_000)).toEqual([]);
    expect(late.size).toBeGreaterThan(deaths.length * perRun * 0.005);
    const wanted = new Map<string, number>();
    for (const { id, k, amount, at } of events.valid) {
      if (late.has(id)) continue;
      const window = `${new Date(Math.floor(at / 60_000) * 60_000).toISOString()} ${k}`;
      wanted.set(window, (wanted.get(window) ?? 0) + amount);
    }
    expect(new Map(results.map(({ window_start, k, total }) => [`${window_start} ${k}`, total]))).toEqual(wanted);
  } finally {
    job.remove();
  }
}, 180_000);

/** The lines of the JSON files that a sink has committed in a folder. */
function linesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.jsonl?$/.test(name) && !/(^|\/)[_.]/.test(name))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n").filter((line) => line !== ""));
}
