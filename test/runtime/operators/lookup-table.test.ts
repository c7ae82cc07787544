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
