import fc from "fast-check";
import { expect, test } from "vitest";
import { renumbering } from "../../../runtime/operators/keys/renumbering.ts";
import { PaneEntries } from "../../../runtime/operators/pane-entries.ts";

const pair = fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 5 }));

/** More panes of a key than a chain is searched for: from the last to the first, so that each search passes all. */
const longChain = Array.from({ length: 40 }, (_, at): [number, number] => [40 - at, 0]);

test("pairs are numbered in the order in which they come, in chains and hashed", () => {
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 200 }), fc.boolean(), (pairs, isHashed) => {
      const entries = new PaneEntries();
      const expected: string[] = [];
      for (const [pane, key] of isHashed ? [...longChain, ...pairs] : pairs) {
        const text = `${pane} ${key}`;
        expect(entries.find(pane, key)).toBe(expected.indexOf(text));
        if (!expected.includes(text)) expected.push(text);
        expect(entries.idOf(pane, key)).toBe(expected.indexOf(text));
      }
      expect(expected.map((_, id) => `${entries.paneOf(id)} ${entries.keyOf(id)}`)).toEqual(expected);
    }),
  );
});

test("pairs that are kept have new numbers and parts, and are found by them", () => {
  fc.assert(
    fc.property(fc.uniqueArray(pair, { selector: String, maxLength: 200 }), fc.func(fc.boolean()), (pairs, isKept) => {
      const entries = new PaneEntries();
      for (const [pane, key] of pairs) entries.idOf(pane, key);
      const ids = Int32Array.from(pairs.keys()).filter((id) => isKept(id));
      const panes = renumbering(ids.map((id) => entries.paneOf(id)), 61);
      const keys = renumbering(ids.map((id) => entries.keyOf(id)), 6);
      entries.keep(ids, panes.numbers, keys.numbers);
      const left = Array.from(ids, (id) => pairs[id] ?? [NaN, NaN]);
      expect(left.map((_, id) => [panes.kept[entries.paneOf(id)], keys.kept[entries.keyOf(id)]])).toEqual(left);
      left.forEach((_, id) => expect(entries.idOf(entries.paneOf(id), entries.keyOf(id))).toBe(id));
      expect(entries.idOf(61, 6)).toBe(left.length);
    }),
  );
});

test("a key of very many panes is found as fast as one of few, wherever its rows lie", () => {
  const entries = new PaneEntries();
  const panes = 200_000;
  // Chains would be searched for 2·10¹⁰ steps.
  for (let pane = panes; pane > 0; pane--) entries.idOf(pane, 0);
  expect(entries.find(1, 0)).toBe(panes - 1);
  expect(entries.find(panes, 0)).toBe(0);
});
