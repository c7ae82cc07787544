import fc from "fast-check";
import { expect, it } from "vitest";
import { createKeyedProcess } from "../../../runtime/operators/user-state-process.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";
import { seconds } from "../../../runtime/time/duration-words.ts";
import type { ListState, MapState, Timers, ValueState } from "../../../runtime/user/keyed-state.ts";
import { StoredEntries } from "../../support/stored-entries.ts";

const codec = createStateCodec({ partitions: 4, hash: { name: "murmur3-32", seed: 0 } });

interface States {
  readonly total: ValueState<number>;
  readonly items: ListState<{ readonly name: string }, "2 seconds">;
  readonly byDay: MapState<bigint, number, "1 second">;
  readonly timers: Timers;
}

type Call = (key: string, rows: readonly string[], states: States) => Iterable<string> | string | undefined;

function processOf(call: Call) {
  return createKeyedProcess(
    "steps/state",
    {
      function: "steps",
      key: { k: "string" },
      keyOf: ({ k }) => k,
      states: { total: { value: "number" }, items: { list: { fields: { name: "string" } }, ttl: seconds(2) }, byDay: { map: "number", key: "bigint", ttl: seconds(1) }, timers: "timers" },
      underWatermark: true,
      call,
    },
    codec,
  );
}

/** Runs batches over states that are made anew, and restored, before each of them. */
class Restarted {
  readonly stored = new StoredEntries();
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /** Watermark and clock in milliseconds. */
  batch(watermark: number, clock: number, ...rows: readonly (readonly [key: string, row: string])[]): readonly string[] {
    const { process, kept } = processOf(this.#call);
    this.stored.restoreInto(kept);
    kept.beginBatch({ lateWatermark: watermark, evictWatermark: watermark, timestamp: clock * 1000, isRebuilding: true });
    expect([...process.run()]).toEqual([]);
    kept.evict();
    kept.beginBatch({ lateWatermark: watermark, evictWatermark: watermark, timestamp: clock * 1000, isRebuilding: false });
    for (const [key, row] of rows) process.add([key], row);
    const given = [...process.run()];
    kept.evict();
    this.stored.take(kept);
    return given;
  }
}

it("keeps values, lists and maps of a key, and forgets each by its own time to live", () => {
  const run = new Restarted((key, rows, { total, items, byDay }) => {
    for (const row of rows) {
      total.set((total.get() ?? 0) + 1);
      items.add({ name: row });
      byDay.set(BigInt(row.length), (byDay.get(BigInt(row.length)) ?? 0) + 1);
    }
    return `${key} ${total.get()} [${items.get().map(({ name }) => name).join()}] ${items.length} {${Array.from(byDay.entries(), ([day, count]) => `${day}: ${count}`).join()}} ${byDay.size}`;
  });
  expect(run.batch(0, 0, ["a", "x"], ["a", "yy"])).toEqual(["a 2 [x,yy] 2 {1: 1,2: 1} 2"]);
  expect(run.batch(0, 999, ["a", "zz"], ["b", "v"])).toEqual(["a 3 [x,yy,zz] 3 {1: 1,2: 2} 2", "b 1 [v] 1 {1: 1} 1"]);
  expect(run.batch(0, 1000, ["a", "w"])).toEqual(["a 4 [x,yy,zz,w] 4 {2: 2,1: 1} 2"]);
  expect(run.batch(0, 2000, ["a", "u"])).toEqual(["a 5 [zz,w,u] 3 {1: 1} 1"]);
  expect(run.batch(0, 9000, ["a", "u"])).toEqual(["a 6 [u] 1 {1: 1} 1"]);
});

it("sets a list of more values than a call has room for arguments", () => {
  const run = new Restarted((_key, _rows, { items }) => {
    items.add({ name: "before" });
    items.set(Array.from({ length: 200_000 }, (_, at) => ({ name: String(at) })));
    const last = items.get().at(-1);
    items.set([]);
    return `${last?.name} ${items.length}`;
  });
  expect(run.batch(0, 0, ["a", "x"])).toEqual(["199999 0"]);
});

it("fires timers by time and key once watermark or clock are after them, each for a call of its own, across restarts", () => {
  const run = new Restarted((key, rows, { timers }) => {
    for (const row of rows) {
      const [kind, time = "0"] = row.split(" ");
      if (kind === "event") timers.atEventTime(new Date(Number(time)));
      else if (kind === "clock") timers.atProcessingTime(new Date(Number(time)));
      else timers.delete(new Date(Number(time)));
    }
    const { fired } = timers;
    return `${key} ${fired === undefined ? "rows" : fired.getTime()} at ${timers.watermark?.getTime()}, ${timers.processingTime.getTime()}: ${timers.pending.map((time) => time.getTime()).join()}`;
  });
  expect(run.batch(0, 0, ["b", "event 20"], ["b", "event 10"], ["b", "event 20"], ["a", "event 20"], ["b", "clock 15"], ["a", "event 30"])).toEqual(["b rows at 0, 0: 10,15,20", "a rows at 0, 0: 20,30"]);
  expect(run.batch(10, 15)).toEqual([]);
  expect(run.batch(21, 16)).toEqual(["b 10 at 21, 16: 15,20", "b 15 at 21, 16: 20", "a 20 at 21, 16: 30", "b 20 at 21, 16: "]);
  expect(run.batch(25, 16, ["a", "delete 30"])).toEqual(["a rows at 25, 16: "]);
  expect(run.stored.size).toBe(1);
  expect(run.batch(25, 16, ["a", "event 99"], ["c", "clock 99"])).toEqual(["a rows at 25, 16: 99", "c rows at 25, 16: 99"]);
  expect(run.batch(Infinity, 50)).toEqual(["a 99 at 8640000000000000, 50: ", "c 99 at 8640000000000000, 50: "]);
});

it("fires every timer at the end of input, also those that are set by then, by time and key until none is left", () => {
  const run = new Restarted((key, rows, { timers }) => {
    const { fired, atEnd } = timers;
    if (fired === undefined) {
      for (const row of rows) timers.atEventTime(new Date(Number(row)));
      timers.atProcessingTime(new Date(1500));
      return undefined;
    }
    if (fired.getTime() < 2000) timers.atEventTime(new Date(fired.getTime() + 700));
    return `${key} ${fired.getTime()}${atEnd ? "" : " early"}`;
  });
  expect(run.batch(0, 0, ["b", "1000"], ["a", "1000"], ["a", "3000"])).toEqual([]);
  expect(run.batch(1001, 1000)).toEqual(["a 1000 early", "b 1000 early"]);
  expect(run.batch(Infinity, 1000)).toEqual(["a 1500", "b 1500", "a 1700", "b 1700", "a 2200", "b 2200", "a 2400", "b 2400", "a 3000"]);
  expect(run.stored.size).toBe(1);
});

it("fires the timers of a bounded run in its one batch", () => {
  const { process, kept } = processOf((key, rows, { timers }) => {
    if (rows.length > 0) timers.atProcessingTime(new Date(99));
    return `${key} ${timers.fired?.getTime()} ${timers.atEnd}`;
  });
  kept.beginBatch({ lateWatermark: -Infinity, evictWatermark: Infinity, timestamp: 0, isRebuilding: false });
  process.add(["a"], "x");
  expect([...process.run()]).toEqual(["a undefined false", "a 99 true"]);
  expect(kept.rows).toBe(0);
});

it("ends timers that a function would set for ever at the end of input", () => {
  const failing = (again: (timers: Timers, fired: Date) => void): unknown => {
    const run = new Restarted((_, rows, { timers }) => {
      if (rows.length > 0) timers.atProcessingTime(new Date(5000));
      if (timers.fired !== undefined) again(timers, timers.fired);
      return undefined;
    });
    try {
      run.batch(0, 0, ["a", "x"]);
      return run.batch(Infinity, 4000);
    } catch (error) {
      return error;
    }
  };
  const later = (time: Date, milliseconds: number): Date => new Date(time.getTime() + milliseconds);
  const where = 'function steps, key "a", state steps/state';
  expect(failing((timers) => timers.atProcessingTime(later(timers.processingTime, 1000)))).toMatchObject({ code: "R7516", where, what: "a timer that is set at the end of input must lie after the one that the call is for, 1970-01-01T00:00:05.000Z, found 1970-01-01T00:00:05.000Z" });
  expect(failing((timers, fired) => timers.atProcessingTime(later(fired, 1)))).toMatchObject({ code: "R7516", where, what: "more than 100000 timers of the key fired at the end of input" });
  expect(failing((timers, fired) => (fired.getTime() % 2 === 0 ? timers.atProcessingTime(new Date(5001)) : timers.atEventTime(new Date(5000))))).toMatchObject({ code: "R7516", where });
  expect(failing((timers) => timers.atEventTime(later(timers.watermark ?? timers.processingTime, 1000)))).toMatchObject({ code: "R7516", where, what: "no timer can lie after the watermark of the end of input, the last moment that a Date can say" });
  expect(failing((timers, fired) => (timers.atEnd ? undefined : timers.atProcessingTime(later(fired, 1000))))).toEqual([]);
});

it("fires a timer that is passed when it is set: of a call with rows in the batch, of a timer's call in the next", () => {
  const run = new Restarted((_, rows, { timers, total }) => {
    timers.atEventTime(new Date(5));
    total.set((total.get() ?? 0) + 1);
    if (total.get() === 3) timers.delete(new Date(5));
    return `${total.get()} ${rows.length} ${timers.fired?.getTime()}`;
  });
  expect(run.batch(100, 0, ["a", "x"])).toEqual(["1 1 undefined", "2 0 5"]);
  expect(run.batch(100, 0)).toEqual(["3 0 5"]);
  expect(run.batch(101, 0)).toEqual([]);
});

it("does not fire a timer that an earlier call of the batch deleted", () => {
  const run = new Restarted((_, rows, { timers }) => {
    if (rows.length > 0) for (const time of [1, 2, 3]) timers.atEventTime(new Date(time));
    else timers.delete(new Date(2));
    return `${timers.fired?.getTime()}`;
  });
  run.batch(0, 0, ["a", "x"]);
  expect(run.batch(9, 0)).toEqual(["1", "3"]);
});

it("asks for batches without data when a timer may be due", () => {
  const { process, kept } = processOf((_, __, { timers }) => timers.atProcessingTime(new Date(7)) as undefined);
  kept.beginBatch({ lateWatermark: 0, evictWatermark: 3, timestamp: 0, isRebuilding: false });
  process.add(["a"], "x");
  expect([...process.run()]).toEqual([]);
  expect([kept.dueAt, kept.wantsNoDataBatch(3, 7), kept.wantsNoDataBatch(3, 8), kept.wantsNoDataBatch(4, 0)]).toEqual([8, false, true, true]);
});

it("refuses values and keys of other types, invalid times, and a use behind the call", () => {
  const failing = (use: (states: States) => unknown): unknown => {
    try {
      new Restarted((_, __, states) => void use(states)).batch(0, 0, ["a", "x"]);
    } catch (error) {
      return error;
    }
    return undefined;
  };
  expect(failing(({ total }) => total.set("1" as unknown as number))).toMatchObject({ code: "R7510", what: "the state at total must be a number, found a string", where: 'function steps, key "a", state steps/state' });
  expect(failing(({ items }) => items.add({ name: "a" }, { name: 1 as unknown as string }))).toMatchObject({ code: "R7510", what: "the state at items.name must be a string, found a number" });
  expect(failing(({ byDay }) => byDay.set(1 as unknown as bigint, 1))).toMatchObject({ code: "R7510", what: "the state at a key of byDay must be a bigint, found a number" });
  expect(failing(({ timers }) => timers.atEventTime(new Date(NaN)))).toMatchObject({ code: "R7513" });
  let kept: States | undefined;
  failing((states) => (kept = states));
  for (const use of [() => kept?.total.get(), () => kept?.items.add({ name: "" }), () => kept?.byDay.has(1n), () => kept?.timers.pending, () => kept?.timers.fired]) expect(use).toThrow(expect.objectContaining({ code: "R7515" }));
});

/** What a row asks of the states of its key. */
const operation = fc.oneof(
  fc.integer({ min: 0, max: 3 }).map((value) => `set ${value}`),
  fc.constantFrom("add x", "add y", "list", "clear", "unset", "nothing"),
  fc.tuple(fc.constantFrom("put", "drop"), fc.integer({ min: 0, max: 2 })).map(([word, day]) => `${word} ${day}`),
  fc.tuple(fc.constantFrom("event", "clock", "delete"), fc.integer({ min: 0, max: 6000 })).map(([word, time]) => `${word} ${time}`),
);

it("gives the same whatever restarts are between its batches", () => {
  const call: Call = (key, rows, { total, items, byDay, timers }) => {
    for (const row of rows) {
      const [word, argument = ""] = row.split(" ");
      if (word === "set") total.set(Number(argument));
      else if (word === "add") items.add({ name: argument });
      else if (word === "list") items.set([...items.get(), { name: "z" }].slice(1));
      else if (word === "clear") items.clear();
      else if (word === "unset") total.clear();
      else if (word === "put") byDay.set(BigInt(argument), byDay.size);
      else if (word === "drop") byDay.delete(BigInt(argument));
      else if (word === "event") timers.atEventTime(new Date(Number(argument)));
      else if (word === "clock") timers.atProcessingTime(new Date(Number(argument)));
      else if (word === "delete") timers.delete(new Date(Number(argument)));
    }
    if (timers.fired !== undefined && timers.fired.getTime() % 2 === 0) total.set(timers.fired.getTime());
    const times = timers.pending.map((time) => time.getTime());
    return `${key} ${timers.fired?.getTime()}: ${total.get()} ${items.get().map(({ name }) => name).join("")} ${Array.from(byDay.entries(), ([day, at]) => `${day}:${at}`).join()} ${times.join()}`;
  };
  const batch = fc.record({ rows: fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), operation), { maxLength: 5 }), watermark: fc.integer({ min: 0, max: 900 }), clock: fc.integer({ min: 0, max: 900 }) });
  fc.assert(
    fc.property(fc.array(batch, { minLength: 1, maxLength: 10 }), (batches) => {
      const run = new Restarted(call);
      const straight = processOf(call);
      let [watermark, clock] = [0, 0];
      for (const { rows, ...advance } of batches) {
        watermark += advance.watermark;
        clock += advance.clock;
        straight.kept.beginBatch({ lateWatermark: watermark, evictWatermark: watermark, timestamp: clock * 1000, isRebuilding: false });
        for (const [key, row] of rows) straight.process.add([key], row);
        const given = [...straight.process.run()];
        straight.kept.evict();
        expect(run.batch(watermark, clock, ...rows)).toEqual(given);
        expect(run.stored.size).toBe(straight.kept.rows + 1);
      }
    }),
    { numRuns: 200 },
  );
});

it("takes no more memory for keys whose values expire", () => {
  const { process, kept } = processOf((_, rows, { items, byDay }) => {
    items.add({ name: rows.join() });
    byDay.set(1n, 1);
    return undefined;
  });
  let entries = 0;
  for (let batch = 1; batch <= 10_000; batch++) {
    kept.beginBatch({ lateWatermark: 0, evictWatermark: 0, timestamp: batch * 1_000_000, isRebuilding: false });
    process.add([`key ${batch}`], "x");
    for (const row of process.run()) throw new Error(row);
    kept.evict();
    for (const { value } of kept.changes()) entries += value === undefined ? -1 : 0;
    if (kept.rows > 2) throw new Error(`${kept.rows} keys`);
  }
  expect([kept.takeCounts(), entries]).toEqual([{ updated: 10_000, removed: 9_998, late: 0, partlyLate: 0 }, -9_998]);
  expect(kept.memoryBytes).toBeLessThan(1000);
});
