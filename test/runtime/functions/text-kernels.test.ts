import fc from "fast-check";
import { expect, it } from "vitest";
import { elementAt, itemAt, itemOrNull } from "../../../runtime/functions/array-elements.ts";
import { textLength } from "../../../runtime/functions/code-points.ts";
import { fromJson } from "../../../runtime/functions/from-json.ts";
import { jsonType } from "../../../runtime/functions/json-type.ts";
import { nativePattern } from "../../../runtime/functions/native-pattern.ts";
import { replaceMatches, replacementFor } from "../../../runtime/functions/regexp-replace.ts";
import { splitCharacters } from "../../../runtime/functions/split-text.ts";
import { substringText } from "../../../runtime/functions/substring-text.ts";
import { toJson } from "../../../runtime/functions/to-json.ts";
import { trimEndCharacters, trimText } from "../../../runtime/functions/trim-text.ts";

const text = fc.string({ unit: fc.constantFrom("a", "é", " ", "😀"), maxLength: 10 });

it("counts and cuts characters, not code units", () => {
  fc.assert(
    fc.property(text, fc.integer({ min: -12, max: 12 }), fc.integer({ min: -2, max: 12 }), (value, position, length) => {
      const characters = [...value];
      const start = position > 0 ? position - 1 : position < 0 ? characters.length + position : 0;
      expect(textLength(value)).toBe(characters.length);
      expect(splitCharacters(value)).toEqual(value === "" ? [""] : characters);
      expect(substringText(value, position, length)).toBe(characters.slice(Math.max(0, start), Math.max(0, start + length)).join(""));
    }),
  );
});

it("trims spaces only, or the characters asked for", () => {
  expect(trimText(" \t x ")).toBe("\t x");
  expect(trimEndCharacters("😀a", "x😀a😀")).toBe("x");
});

it("puts groups into a replacement as Java does", () => {
  const pattern = nativePattern("(?<word>[a-z])([0-9])?");
  const replaced = (value: string, replacement: string): string => replaceMatches(value, pattern, replacementFor(pattern, replacement));
  expect(replaced("a1 b", "[$2${word}$10]")).toBe("[1aa0] [bb0]");
  expect(replaced("a1", "\\$1")).toBe("$1");
  expect(() => replacementFor(pattern, "$3")).toThrow("group 3");
  expect(() => replacementFor(pattern, "${other}")).toThrow("other");
  expect(() => replacementFor(pattern, "a$")).toThrow("`$`");
});

it("reaches elements from either end, or says how", () => {
  expect([itemAt([1, 2], 1), elementAt([1, 2], -2), itemOrNull([1, 2], 2)]).toEqual([2, 1, null]);
  expect(() => itemAt([1], 1)).toThrow("the index 1 is outside an array of 1 element");
  expect(() => elementAt([1], 0)).toThrow("counts from 1");
});

it("carries records through JSON text", () => {
  const type = jsonType({ record: [["id", "long?"], ["__proto__", "string?"], ["at", "timestamp?"], ["price", "decimal(20,2)?"], ["tags", { array: "string?", nullable: true }]], nullable: true });
  const record = fromJson('{"id":1234567890123456789,"__proto__":"x","at":"2024-02-29T12:34:56.5Z","price":123456789012345678.125,"tags":["a",null]}', type);
  expect(record?.id).toBe(1234567890123456789n);
  expect(record?.price).toBe(12345678901234567813n);
  expect(toJson(record, type)).toBe('{"id":1234567890123456789,"__proto__":"x","at":"2024-02-29T12:34:56.500Z","price":123456789012345678.13,"tags":["a",null]}');
  expect(fromJson(" ", type)).toBe(null);
  expect(fromJson("{", type)).toEqual({ id: null, ["__proto__"]: null, at: null, price: null, tags: null });
  expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
});
