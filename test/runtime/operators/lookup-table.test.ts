import { expect, it } from "vitest";
import { createLookup } from "../../../runtime/operators/lookup-table.ts";

it("gives the rows of a key in the order added, and none for a key that is not there", () => {
  const table = createLookup<string>({ key: { a: "string", b: "double" } });
  table.add(["x", 0], "first");
  table.add(["y", NaN], "second");
  table.add(["x", -0], "third");
  expect(table.find(["x", 0])).toEqual(["first", "third"]);
  expect(table.find(["y", NaN])).toEqual(["second"]);
  expect(table.find(["z", 0])).toEqual([]);
  expect(table.find(["x", 1])).toEqual([]);
  expect(table.all()).toEqual(["first", "second", "third"]);
  table.clear();
  expect(table.find(["x", 0])).toEqual([]);
  expect(table.all()).toEqual([]);
});

it("tells rows that found a partner from those that did not, and forgets it then", () => {
  const table = createLookup<{ readonly name: string }>({ key: { a: "string?" } });
  const [first, second, third] = [{ name: "first" }, { name: "second" }, { name: "third" }];
  table.add(["x"], first);
  table.addApart(second);
  table.add([null], third);
  expect(table.has([null])).toBe(true);
  expect(table.has(["y"])).toBe(false);
  for (const row of table.find([null])) table.mark(row);
  expect(table.takeUnmatched()).toEqual([first, second]);
  for (const row of table.find(["x"])) table.mark(row);
  expect(table.takeMatched()).toEqual([first]);
  expect(table.takeUnmatched()).toEqual([first, second, third]);
});
