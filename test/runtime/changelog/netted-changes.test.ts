import fc from "fast-check";
import { expect, test } from "vitest";
import type { Weight } from "../../../runtime/changelog/change.ts";
import { nettedChanges } from "../../../runtime/changelog/netted-changes.ts";

interface Row {
  readonly k: string | null;
  readonly v: number;
}

type Sent = readonly [kind: string, k: string | null, v: number];

function netted(changes: readonly (readonly [Weight, string | null, number])[], key?: readonly string[]): readonly Sent[] {
  const gathered = nettedChanges<Row>(["k", "v"], key);
  for (const [weight, k, v] of changes) gathered.add(weight, { k, v });
  const sent: Sent[] = [];
  gathered.settle((kind, row) => void sent.push([kind, row.k, row.v]));
  gathered.settle(() => expect.unreachable("nothing is left"));
  return sent;
}

test("by key, a row in the place of another is an update, in the order of the keys", () => {
  expect(netted([[1, "b", 1], [-1, "a", 1], [1, "a", 2], [-1, "c", 3]], ["k"])).toEqual([["+I", "b", 1], ["-U", "a", 1], ["+U", "a", 2], ["-D", "c", 3]]);
});

test("by key, what lies between before and after is not sent, whatever the order", () => {
  expect(netted([[1, "a", 2], [-1, "a", 1], [-1, "a", 2], [1, "a", 3]], ["k"])).toEqual([["-U", "a", 1], ["+U", "a", 3]]);
  expect(netted([[-1, "a", 1], [1, "a", 2], [-1, "a", 2], [1, "a", 1]], ["k"])).toEqual([]);
  expect(netted([[-1, "a", NaN], [1, "a", NaN], [1, null, 0], [-1, null, -0]], ["k"])).toEqual([]);
});

test("without a key whole rows leave and enter, those that leave first", () => {
  expect(netted([[1, "a", 2], [1, "a", 2], [-1, "a", 1], [-1, "b", 5], [1, "b", 5]])).toEqual([["-D", "a", 1], ["+I", "a", 2], ["+I", "a", 2]]);
});

test("a result of one row has one key", () => {
  expect(netted([[-1, "a", 1], [1, "b", 2]], [])).toEqual([["-U", "a", 1], ["+U", "b", 2]]);
});

const value = fc.constantFrom(0, 1, 2, NaN);
const name = fc.constantFrom("a", "b", "c", null);

test("applying what was sent without a key gives the sum of the changes", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.record({ k: name, v: value, leaves: fc.boolean() }), { maxLength: 30 }), { maxLength: 6 }), (batches) => {
      const result: string[] = [];
      const applied: string[] = [];
      const gathered = nettedChanges<Row>(["k", "v"], undefined);
      for (const batch of batches) {
        for (const { k, v, leaves } of batch) {
          const at = result.indexOf(`${k} ${v}`);
          if (leaves && at < 0) continue;
          if (leaves) result.splice(at, 1);
          else result.push(`${k} ${v}`);
          gathered.add(leaves ? -1 : 1, { k, v });
        }
        gathered.settle((kind, { k, v }) => {
          if (kind === "+I") return void applied.push(`${k} ${v}`);
          expect(kind).toBe("-D");
          expect(applied).toContain(`${k} ${v}`);
          applied.splice(applied.indexOf(`${k} ${v}`), 1);
        });
        expect([...applied].sort()).toEqual([...result].sort());
      }
    }),
  );
});

test("applying what was sent by key gives the rows that stand, each row before is the one that stood", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.record({ k: name, v: fc.option(value) }), { maxLength: 30 }), { maxLength: 6 }), (batches) => {
      const result = new Map<string | null, number>();
      const applied = new Map<string | null, number>();
      const gathered = nettedChanges<Row>(["k", "v"], ["k"]);
      for (const batch of batches) {
        for (const { k, v } of batch) {
          const before = result.get(k);
          if (before !== undefined) gathered.add(-1, { k, v: before });
          result.delete(k);
          if (v === null) continue;
          result.set(k, v);
          gathered.add(1, { k, v });
        }
        gathered.settle((kind, { k, v }) => {
          if (kind === "+I") expect(applied.has(k)).toBe(false);
          if (kind === "-U" || kind === "-D") expect(applied.get(k)).toBe(v);
          if (kind === "-D") applied.delete(k);
          else if (kind !== "-U") applied.set(k, v);
        });
        expect([...applied].sort()).toEqual([...result].sort());
      }
    }),
  );
});

test("a large batch is netted and forgotten", () => {
  const gathered = nettedChanges<Row>(["k", "v"], ["k"]);
  for (const size of [20_000, 3, 20_000]) {
    for (let at = 0; at < size; at++) gathered.add(1, { k: `k${at}`, v: at });
    for (let at = 0; at < size; at += 2) gathered.add(-1, { k: `k${at}`, v: at });
    let sent = 0;
    gathered.settle((_kind, { v }) => void (sent += v % 2));
    expect(sent).toBe(Math.floor(size / 2));
  }
});
