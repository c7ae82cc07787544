import fc from "fast-check";
import { expect, it } from "vitest";
import { distinct, invertibleAggregate, type Lane, retractable, retractableDistinct, userAggregate } from "../../../../runtime/operators/lanes/index.ts";
import { RowDecoder } from "../../../../runtime/state/row-decoder.ts";
import { RowEncoder } from "../../../../runtime/state/row-encoder.ts";
import type { UserType } from "../../../../runtime/user/value-codec.ts";

/** All that it is given, in order, in one array that is changed in place wherever that can be. */
const all = {
  init: (): string[] => [],
  add(state: string[], text: string) {
    state.push(text);
    return state;
  },
  merge(a: string[], b: string[]) {
    a.push(...b.splice(0));
    return a;
  },
  result: (state: string[]) => state.reverse(),
};

/** A sum that remembers nothing of the values. */
const total = {
  init: () => ({ sum: 0n }),
  add: (state: { sum: bigint }, value: bigint) => ({ sum: state.sum + value }),
  retract(state: { sum: bigint }, value: bigint) {
    state.sum -= value;
    return state;
  },
  merge: (a: { sum: bigint }, b: { sum: bigint }) => ({ sum: a.sum + b.sum }),
  result: (state: { sum: bigint }) => state.sum,
};

const spec = { name: "all", state: { array: "string" } } as const;
const totalSpec = { name: "total", state: { fields: { sum: "bigint" } }, values: (value: number): [bigint] => [BigInt(value)], result: Number } as const;

function written(lane: Lane, slot: number): Uint8Array {
  const row = new RowEncoder();
  lane.write(slot, row);
  return row.take();
}

function restored<L extends Lane>(lane: L, into: L, slot: number): L {
  into.ensure(8);
  into.read(slot, new RowDecoder(written(lane, slot)));
  return into;
}

function laneOfAll(): ReturnType<typeof userAggregate<[text: string], string[]>> {
  const lane = userAggregate(all, spec);
  lane.ensure(8);
  return lane;
}

it("gives the result of no rows for an empty slot, and is empty again after a reset", () => {
  const lane = laneOfAll();
  expect(lane.get(0)).toEqual([]);
  lane.add(0, "a");
  lane.reset(0);
  expect(lane.get(0)).toEqual([]);
  expect(written(lane, 0)).toEqual(written(laneOfAll(), 0));
});

it("shows `result` a copy: what it does to it changes no state", () => {
  const lane = laneOfAll();
  for (const text of ["a", "b", "c"]) lane.add(0, text);
  expect(lane.get(0)).toEqual(["c", "b", "a"]);
  expect(lane.get(0)).toEqual(["c", "b", "a"]);
});

it("puts panes together into several windows, whatever `merge` does to what it is given", () => {
  const [panes, windows] = [laneOfAll(), laneOfAll()];
  panes.add(0, "a");
  panes.add(1, "b");
  panes.add(2, "c");
  for (const [window, pane] of [[0, 0], [0, 1], [1, 1], [1, 2]] as const) windows.merge(window, panes, pane);
  expect([windows.get(0), windows.get(1)]).toEqual([["b", "a"], ["c", "b"]]);
  expect([panes.get(0), panes.get(1), panes.get(2)]).toEqual([["a"], ["b"], ["c"]]);
});

it("starts with a state of its own, even if `init` gives the same object each time", () => {
  const shared: string[] = [];
  const lane = userAggregate({ ...all, init: () => shared }, spec);
  lane.ensure(2);
  lane.add(0, "a");
  expect([lane.get(0), lane.get(1), shared]).toEqual([["a"], [], []]);
});

it("comes back from its written form as it was, and goes on from there", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary", maxLength: 20 }), { maxLength: 6 }), fc.array(fc.string(), { maxLength: 3 }), (before, after) => {
      const lane = laneOfAll();
      for (const text of before) lane.add(3, text);
      const back = restored(lane, laneOfAll(), 3);
      expect(back.get(3)).toEqual(lane.get(3));
      for (const text of after) for (const one of [lane, back]) one.add(3, text);
      expect(Buffer.compare(written(back, 3), written(lane, 3))).toBe(0);
    }),
  );
});

it.each<readonly [what: string, state: UserType, add: (state: unknown, text: string) => unknown]>([
  ["properties that the type does not name", { fields: { sum: "number" } }, (state, text) => ({ sum: fieldOf(state, "sum", 0) + text.length - fieldOf(state, "last", 0), last: text.length })],
  ["an object that is there twice", { fields: { all: { array: { array: "string" } }, last: { array: "string", nullable: true } } }, (state, text) => {
    const { all = [], last } = state as { all?: string[][]; last?: string[] };
    const open = last ?? [];
    open.push(text);
    return { all: last === undefined ? [...all, open] : all, last: open };
  }],
  ["a field that is there and undefined", { fields: { last: "string?", blanks: "number" } }, (state, text) => ({ last: undefined, blanks: fieldOf(state, "blanks", 0) + ("last" in Object(state) ? 1 : text.length * 100) })],
  ["an array with holes", { array: "string?" }, (state, text) => {
    const items = state as (string | undefined)[];
    items[items.length + 1] = `${text} ${Object.keys(items).length}`;
    return items;
  }],
  ["an array of a class of its own", { array: "string" }, (state, text) => {
    const texts = state instanceof Texts ? state : Texts.from(state as string[]);
    texts.push(`${text} ${(state as string[]).constructor.name}`);
    return texts;
  }],
  ["bytes in a Buffer", "Uint8Array", (state, text) => Buffer.from([...(state as Uint8Array), state instanceof Buffer ? 1 : 2, text.length])],
])("goes on from what it wrote as from what is read of it: %s", (_, state, add) => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 4 }), (batches) => {
      const aggregate = { init: () => (state === "Uint8Array" ? new Uint8Array(0) : typeof state === "object" && "array" in state ? [] : { sum: 0, all: [], blanks: 0 }), add, merge: (a: unknown) => a, result: (value: unknown) => value };
      const laneOf = () => userAggregate<[text: string], unknown>(aggregate, { name: "odd", state });
      const live = laneOf();
      let restarted = laneOf();
      for (const lane of [live, restarted]) lane.ensure(8);
      for (const batch of batches) {
        for (const text of batch) for (const lane of [live, restarted]) lane.add(0, text);
        expect(Buffer.compare(written(live, 0), written(restarted, 0))).toBe(0);
        restarted = restored(restarted, laneOf(), 0);
        expect(live.get(0)).toStrictEqual(restarted.get(0));
      }
    }),
  );
});

class Texts extends Array<string> {}

function fieldOf(state: unknown, name: string, absent: number): number {
  const value: unknown = Reflect.get(Object(state), name);
  return typeof value === "number" ? value : absent;
}

it("converts values and results, and takes values back by `retract`", () => {
  const lane = invertibleAggregate(total, totalSpec);
  lane.ensure(2);
  lane.change(0, 1, 5);
  lane.change(0, 1, 7);
  lane.change(0, -1, 5);
  expect(lane.get(0)).toBe(7);
  expect(restored(lane, invertibleAggregate(total, totalSpec), 0).get(0)).toBe(7);
});

it("is built anew from the values that are left where it cannot take any back", () => {
  const lane = retractable(laneOfAll(), "string");
  lane.ensure(8);
  for (const [weight, text] of [[1, "a"], [1, "b"], [1, "a"], [-1, "a"], [1, "c"], [-1, "b"]] as const) lane.change(0, weight, text);
  expect(lane.settled(0).get(0)).toEqual(["c", "a"]);
});

it("is given each different value once with `distinct`", () => {
  const lane = distinct(userAggregate(total, totalSpec), "int");
  const changing = retractableDistinct(userAggregate(total, totalSpec), "int");
  for (const one of [lane, changing]) one.ensure(1);
  for (const value of [3, 4, 3]) {
    lane.add(0, value);
    changing.change(0, 1, value);
  }
  changing.change(0, -1, 4);
  expect([lane.inner.get(0), changing.settled(0).get(0)]).toEqual([7, 3]);
});

it("tells which of its functions failed", () => {
  const broken = userAggregate(
    {
      init: () => 0,
      add(_state: number, value: number): number {
        throw new RangeError(`no ${value}`);
      },
      merge(): number {
        throw new RangeError("no two");
      },
      result(): number {
        throw new RangeError("none");
      },
    },
    { name: "broken", state: "number" },
  );
  broken.ensure(2);
  expect(() => { broken.add(0, 4); }).toThrow("`add` of the aggregate `broken` failed: no 4");
  expect(() => broken.get(0)).toThrow("`result` of the aggregate `broken` failed: none");
  broken.read(0, new RowDecoder(written(counted(1), 0)));
  broken.read(1, new RowDecoder(written(counted(2), 0)));
  expect(() => { broken.merge(0, broken, 1); }).toThrow("`merge` of the aggregate `broken` failed: no two");
});

/** A lane with a number for a state. */
function counted(state: number): Lane {
  const lane = userAggregate({ init: () => state, add: (before: number) => before, merge: (a: number) => a, result: (value: number) => value }, { name: "broken", state: "number" });
  lane.ensure(1);
  lane.add(0);
  return lane;
}

it("refuses to write a state that its type does not say", () => {
  const lane = userAggregate({ ...all, add: () => [7] }, spec);
  lane.ensure(1);
  lane.add(0);
  expect(() => written(lane, 0)).toThrow("the state at [0] must be a string, found a number");
});
