import { expect, test } from "vitest";
import { recordExcerpt } from "../../../runtime/errors/record-excerpt.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("a text is shown in quotes, cut off between two characters", () => {
  expect(recordExcerpt(bytes('{"a":\t"ü"}'))).toBe('"{\\"a\\":\\t\\"ü\\"}"');
  expect(recordExcerpt(bytes(`a${"ü".repeat(100)}`))).toBe(`"a${"ü".repeat(59)}…"`);
});

test("a text with a byte that is none stays readable", () => {
  expect(recordExcerpt(Uint8Array.of(...bytes('{"k":"'), 0xc3, 0x28, ...bytes('","v":2}')))).toBe('"{\\"k\\":\\"\ufffd(\\",\\"v\\":2}"');
});

test("what is no text is shown as its bytes", () => {
  expect(recordExcerpt(Uint8Array.of(0, 0, 0, 0, 7, 255))).toBe("bytes 00 00 00 00 07 ff");
  expect(recordExcerpt(bytes("\0\0\0\x01ab"))).toBe("bytes 00 00 00 01 61 62");
  expect(recordExcerpt(new Uint8Array(41))).toBe(`bytes ${"00 ".repeat(39)}00…`);
});
