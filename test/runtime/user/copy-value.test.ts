import { expect, it } from "vitest";
import { copyOf, holdsText } from "../../../runtime/user/copy-value.ts";

it("copies what can be changed in place, and only the declared fields", () => {
  const copy = copyOf({ fields: { at: "Date", counts: { map: { array: "number" } }, bytes: "Uint8Array?", note: "string?" } });
  const value = { at: new Date(5), counts: new Map([["a", [1, 2]]]), bytes: new Uint8Array([1]), other: "not declared" };
  const copied = copy?.(value);
  expect(copied).toEqual({ at: new Date(5), counts: new Map([["a", [1, 2]]]), bytes: new Uint8Array([1]) });
  value.at.setTime(6);
  value.counts.get("a")?.push(3);
  value.bytes[0] = 9;
  expect(copied).toEqual({ at: new Date(5), counts: new Map([["a", [1, 2]]]), bytes: new Uint8Array([1]) });
});

it("has nothing to do for values that do not change", () => {
  expect([copyOf("string"), copyOf("number?"), copyOf("bigint"), copyOf("boolean")]).toEqual([undefined, undefined, undefined, undefined]);
});

it("keeps nulls, and a field called __proto__ as a field", () => {
  const copy = copyOf({ fields: JSON.parse('{"__proto__": "number", "none": "string?"}') as Record<string, "number" | "string?"> });
  const value = JSON.parse('{"__proto__": 1, "none": null}') as object;
  expect(JSON.stringify(copy?.(value))).toBe('{"__proto__":1,"none":null}');
  expect(copyOf({ array: "Date?", nullable: true })?.(null)).toBeNull();
});

it("takes no field from what every object has", () => {
  const copy = copyOf({ fields: JSON.parse('{"sum": "number", "constructor": "string?", "toString": "string?", "__proto__": "number?"}') as Record<string, "number" | "string?"> });
  expect(copy?.({ sum: 1 })).toStrictEqual({ sum: 1 });
  expect(JSON.stringify(copy?.({ sum: 1, constructor: "own" }))).toBe('{"sum":1,"constructor":"own"}');
});

it("leaves values of other types to whoever stores them", () => {
  expect(copyOf({ array: "Date" })?.("no array")).toBe("no array");
  expect(copyOf({ map: "number" })?.(7)).toBe(7);
  expect(copyOf({ fields: { a: "number" } })?.([1])).toEqual([1]);
});

it("knows where texts may be kept", () => {
  expect([holdsText("string?"), holdsText({ map: "number" }), holdsText({ array: { fields: { a: "number", b: "string" } } }), holdsText({ fields: { a: "Date", b: { array: "bigint" } } })]).toEqual([true, true, true, false]);
});
