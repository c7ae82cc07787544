import { expect, it } from "vitest";
import { inferCsv } from "../../../../compiler/catalog/inference/infer-csv.ts";
import { recordType, typeText } from "../../../../compiler/ir/types/data-type.ts";

const plain = { header: false, separator: ",", quote: '"', nullValue: "" };

function inferred(text: string, options: Partial<typeof plain> = {}): string {
  const result = inferCsv(text, { ...plain, ...options });
  return result.ok ? typeText(recordType(result.fields)) : `${result.reason} at ${result.at}`;
}

it("takes the tightest type of each column", () => {
  expect(inferred("1,3000000000,99999999999999999999,0.5,2024-01-31,2024-01-31 10:00:00,true,x\n")).toBe(
    "{ _c0: int?, _c1: long?, _c2: decimal(20,0)?, _c3: double?, _c4: date?, _c5: timestamp?, _c6: boolean?, _c7: string? }",
  );
});

it("widens a column to what all its fields are", () => {
  expect(inferred("1,1,1,2024-01-01,true\n2,3000000000,0.5,2024-01-01T10:00:00Z,1\n,,,,\n")).toBe("{ _c0: int?, _c1: long?, _c2: double?, _c3: timestamp?, _c4: string? }");
  expect(inferred("5\n99999999999999999999\n")).toBe("{ _c0: decimal(20,0)? }");
});

it("takes names from the header, and makes them differ", () => {
  expect(inferred('a,,a,"odd, name"\r\n1,2,3,"say ""hi"""\r\n', { header: true })).toBe("{ a0: int?, _c1: int?, a2: int?, odd, name: string? }");
});

it("takes other separators, quotes and words for null", () => {
  expect(inferred("1;'a;b'\nNA;'c'\n", { separator: ";", quote: "'", nullValue: "NA" })).toBe("{ _c0: int?, _c1: string? }");
});

it("says where a quote is never closed", () => {
  expect(inferred('1,"abc\n2\n')).toBe("the quote is never closed at 2");
  expect(inferred("")).toBe("there is no line in it at 0");
});
