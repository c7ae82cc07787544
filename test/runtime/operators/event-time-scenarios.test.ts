import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { collectList, count } from "../../../runtime/operators/lanes/index.ts";
import { createRowLimit } from "../../../runtime/operators/row-limit-counter.ts";
import { createSeenKeys } from "../../../runtime/operators/seen-keys-table.ts";
import { createSessions } from "../../../runtime/operators/sessions-table.ts";
import type { KeptOperator } from "../../../runtime/operators/stateful.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";

/** What Spark did in each batch: watermark (ms), number of input rows, result rows, and rows of state kept, updated, removed and dropped as late. */
interface SparkBatch {
  readonly wm?: number;
  readonly in: number;
  readonly out: readonly (readonly unknown[])[];
  readonly st: readonly (readonly [number, number, number, number])[];
}

interface Scenario {
  readonly id: string;
  readonly steps: readonly { readonly do: { readonly add?: { readonly a: readonly unknown[] } }; readonly batches?: readonly SparkBatch[] }[];
}

/** An operator in the place of Spark's: takes a row, and gives the batch's result rows. */
interface Probe {
  readonly state: KeptOperator;
  take(row: unknown, out: unknown[][]): void;
  finish(out: unknown[][]): void;
}

const scenarios = JSON.parse(readFileSync(new URL("../../facts/scenarios.json", import.meta.url), "utf8")) as readonly Scenario[];
const codec = createStateCodec({ partitions: 4, hash: { name: "murmur3-32", seed: 0 } });
const second = 1_000_000;

/** Sessions of words: rows are `[words, seconds]`. */
function sessionsOfWords(closing: "window end" | "late only", gapOf: (word: string) => number): Probe {
  return sessionsOf(closing, (row) => {
    const [words, time] = row as readonly [string, number];
    return words.split(" ").map((word) => [word, time * second, gapOf(word) * second] as const);
  });
}

function sessionsOf(closing: "window end" | "late only", spansOf: (row: unknown) => readonly (readonly [key: string, time: number, gap: number])[], unit: number = second): Probe {
  const { sessions, state } = createSessions("x/aggregate", { key: { k: "string" }, closing, lanes: () => ({ rows: count(), times: collectList("timestamp") }) }, codec);
  return {
    state,
    take(row) {
      for (const [key, time, gap] of spansOf(row)) {
        if (gap <= 0 || sessions.isLate(time, gap)) continue;
        const slot = sessions.slot(time, gap, key);
        sessions.lanes.rows.add(slot);
        sessions.lanes.times.add(slot, time);
      }
    },
    finish(out) {
      const view = closing === "window end" ? sessions.closed() : sessions.snapshot();
      for (const slot of view.slots) {
        expect(view.lanes.times.get(slot).length).toBe(view.lanes.rows.get(slot));
        out.push([view.keys.k.get(slot), view.windowStart(slot) / unit, view.windowEnd(slot) / unit, view.lanes.rows.get(slot)]);
      }
    },
  };
}

function seen(key: Parameters<typeof createSeenKeys>[1], valuesOf: (row: unknown) => readonly unknown[], timeOf: (row: unknown) => number | null, outOf: (row: unknown) => unknown[]): Probe {
  const made = createSeenKeys("x/dedup", key, codec);
  return {
    state: made.state,
    take(row, out) {
      if (!made.seen.isLate(timeOf(row)) && made.seen.isFirst(valuesOf(row), timeOf(row))) out.push(outOf(row));
    },
    finish: () => undefined,
  };
}

function limitOf(count: number): Probe {
  const { limit, state } = createRowLimit("x/limit", count, codec);
  return {
    state,
    take(row, out) {
      if (limit.takes()) out.push([row]);
    },
    finish: () => undefined,
  };
}

const at = (row: unknown, index: number): unknown => (row as readonly unknown[])[index];
const secondsOf = (row: unknown): number => Number(row) * second;
const doubles: Readonly<Record<string, number>> = { NaN: NaN, "-0.0": -0 };
const doubleOf = (text: unknown): number | null => (text === null ? null : (doubles[String(text)] ?? Number(text)));
const dynamicGap = (word: string): number => ({ hello: 1, structured: 0, world: -10 })[word] ?? 10;

const probes: Readonly<Record<string, () => Probe>> = {
  C01: () => sessionsOfWords("window end", () => 10),
  C02: () => sessionsOfWords("late only", () => 10),
  C03: () => sessionsOf("window end", (row) => [[String(at(row, 0)), Number(at(row, 1)), 10 * second]], 1),
  C04: () => sessionsOfWords("window end", () => 10),
  C05: () => sessionsOfWords("window end", dynamicGap),
  C06: () => sessionsOf("window end", (row) => [[String(at(row, 0)), Number(at(row, 2)) * second, Number(at(row, 1)) * second]]),
  D01: () => seen({ key: { k: "string" } }, (row) => [at(row, 0)], () => null, (row) => [at(row, 0), at(row, 1)]),
  D02: () => seen({ key: { t: "timestamp" }, closing: { key: "t" }, underWatermark: true }, (row) => [secondsOf(row)], secondsOf, (row) => [row]),
  D03: () => seen({ key: { id: "int" }, underWatermark: true }, (row) => [at(row, 0)], (row) => secondsOf(at(row, 1)), (row) => [at(row, 0), at(row, 1)]),
  D04: () => seen({ key: { t: "timestamp" }, closing: { within: 10 * second }, underWatermark: true }, (row) => [secondsOf(row)], secondsOf, (row) => [row]),
  D05: () => seen({ key: { k: "string" }, closing: { within: 2 * second }, underWatermark: true }, (row) => [at(row, 0)], (row) => secondsOf(at(row, 1)), (row) => [at(row, 0), at(row, 1)]),
  D06: () => seen({ key: { k: "double?" } }, (row) => [doubleOf(at(row, 0))], () => null, (row) => [textOf(doubleOf(at(row, 0)))]),
  L01: () => limitOf(4),
};

/** A double as the scenarios write it. */
function textOf(value: number | null): unknown {
  return Number.isNaN(value) ? "double:NaN" : Object.is(value, -0) ? "double:-0.0" : value;
}

const sorted = (rows: readonly unknown[]): readonly string[] => rows.map((row) => JSON.stringify(row)).sort();

/** Runs the batches that Spark ran, and makes the operator anew from its entries before every batch where `restarts`. */
function run(scenario: Scenario, makeProbe: () => Probe, restarts: boolean): void {
  let probe = makeProbe();
  let [late, evict] = [0, 0];
  for (const step of scenario.steps) {
    for (const batch of step.batches ?? []) {
      if (restarts) {
        const entries = [...probe.state.entries()];
        probe = makeProbe();
        for (const { partition, key, value } of entries) if (value !== undefined) probe.state.restore(partition, key, value);
        probe.state.beginBatch({ lateWatermark: late, evictWatermark: evict, timestamp: 0, isRebuilding: true });
      }
      [late, evict] = [evict, batch.wm ?? 0];
      if (batch.in === 0) expect(probe.state.wantsNoDataBatch(evict, 0)).toBe(true);
      probe.state.beginBatch({ lateWatermark: late, evictWatermark: evict, timestamp: 0, isRebuilding: false });
      const out: unknown[][] = [];
      if (batch.in > 0) for (const row of step.do.add?.a ?? []) probe.take(row, out);
      probe.finish(out);
      probe.state.evict();
      const { state } = probe;
      expect(sorted(out)).toEqual(sorted(batch.out));
      const counts = state.takeCounts();
      expect([state.rows, counts.updated, counts.removed, counts.late]).toEqual(batch.st[0]);
      expect(state.wantsNoDataBatch(evict, 0)).toBe(false);
    }
  }
}

it.each(Object.keys(probes))("%s gives Spark's rows and counts of state, straight and made anew before every batch", (id) => {
  const scenario = scenarios.find((each) => each.id === id);
  const makeProbe = probes[id];
  if (scenario === undefined || makeProbe === undefined) throw new Error(`no such scenario: ${id}`);
  run(scenario, makeProbe, false);
  run(scenario, makeProbe, true);
});
