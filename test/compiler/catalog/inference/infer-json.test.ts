import { expect, it } from "vitest";
import { inferJson } from "../../../../compiler/catalog/inference/infer-json.ts";
import { recordType, typeText } from "../../../../compiler/ir/types/data-type.ts";

const plain = { primitivesAsString: false, prefersDecimal: false, inferTimestamp: false };

function inferred(text: string, options: Partial<typeof plain> = {}): string {
  const result = inferJson(text, { ...plain, ...options });
  return result.ok ? typeText(recordType(result.fields)) : `${result.reason} at ${result.at}`;
}

it("takes whole numbers as long, and as decimal or double where they are longer", () => {
  expect(inferred('{"a": 1, "b": 9223372036854775808, "c": 1.0, "d": 1e2, "e": 123456789012345678901234567890123456789}')).toBe(
    "{ a: long?, b: decimal(19,0)?, c: double?, d: double?, e: double? }",
  );
});

it("merges what records say, in the order of names", () => {
  expect(inferred('{"b": 1, "a": true}\n{"a": null, "c": {"y": 1}}\n{"c": {"x": "t", "y": 0.5}, "b": 99999999999999999999}')).toBe(
    "{ a: boolean?, b: decimal(20,0)?, c: { x: string?, y: double? }? }",
  );
});

it("takes a string where types have nothing in common, or nothing is known", () => {
  expect(inferred('{"a": 1, "b": null, "c": "", "d": [], "e": [1, "x"], "f": {"g": 1}}\n{"a": "x", "f": [1]}')).toBe(
    "{ a: string?, b: string?, c: string?, d: string?[]?, e: string?[]?, f: string? }",
  );
});

it("leaves out records without fields, and fields without a name", () => {
  expect(inferred('{"a": {}, "": 1, "b": [{}], "c": [{"d": 1}, {"e": 2}]}')).toBe("{ c: { d: long?, e: long? }?[]? }");
});

it("reads arrays of records and records over several lines", () => {
  expect(inferred('\uFEFF[{"a": 1},\n {"b": "x"}]\n\n{\n  "c": NaN\n}')).toBe("{ a: long?, b: string?, c: double? }");
});

it("follows Spark's options", () => {
  const text = '{"a": "1.50", "b": 0.01, "c": "2024-01-01T00:00:00Z", "d": true}';
  expect(inferred(text)).toBe("{ a: string?, b: double?, c: string?, d: boolean? }");
  expect(inferred(text, { prefersDecimal: true })).toBe("{ a: decimal(3,2)?, b: decimal(2,2)?, c: string?, d: boolean? }");
  expect(inferred(text, { inferTimestamp: true })).toBe("{ a: string?, b: double?, c: timestamp?, d: boolean? }");
  expect(inferred(text, { primitivesAsString: true })).toBe("{ a: string?, b: string?, c: string?, d: string? }");
});

it("says where a sample is broken", () => {
  expect(inferred('{"a": 1')).toBe("`,` or `}` is wanted at 7");
  expect(inferred('{"a": 1}\n17')).toBe("a record is wanted, found another value at 11");
  expect(inferred("")).toBe("there is no record with a field in it at 0");
  expect(inferred("[".repeat(600))).toMatch(/nested too deep/);
});
