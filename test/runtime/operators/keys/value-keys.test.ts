import { describe, expect, it } from "vitest";
import { valueType } from "../../../../runtime/formats/value-type.ts";
import { ValueKeys } from "../../../../runtime/operators/keys/value-keys.ts";

describe("keys of records, arrays and maps", () => {
  it("show one form of all that are equal, whichever came first", () => {
    const arrays = new ValueKeys(valueType({ array: "double?" }));
    expect([[-0, null], [0, null]].map((value) => arrays.idOf(value))).toEqual([0, 0]);
    expect(arrays.get(0)).toEqual([0, null]);
    const records = new ValueKeys(valueType({ record: [["at", { array: "double" }]] }));
    expect([{ at: [-0] }, { at: [0] }, null].map((value) => records.idOf(value))).toEqual([0, 0, 1]);
    expect([records.get(0), records.get(1)]).toEqual([{ at: [0] }, null]);
    const maps = new ValueKeys(valueType({ map: ["string", "double"] }));
    expect([new Map([["b", -0], ["a", 1]]), new Map([["a", 1], ["b", 0]])].map((value) => maps.idOf(value))).toEqual([0, 0]);
    expect([...Object(maps.get(0))]).toEqual([["a", 1], ["b", 0]]);
  });
});
