import fc from "fast-check";
import { expect, test } from "vitest";
import { textBytes } from "../../../../runtime/connectors/kafka/text-bytes.ts";

test("gives the bytes that the native encoder gives, of any text", () => {
  const encoder = new TextEncoder();
  const halves = fc.string({ unit: fc.constantFrom("a", "é", "€", "😀", "\ud83d", "\ude00"), maxLength: 60 });
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 60 }), halves), (text) => {
      expect(textBytes(text)).toEqual(encoder.encode(text));
    }),
  );
});
