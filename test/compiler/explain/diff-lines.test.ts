import fc from "fast-check";
import { expect, it } from "vitest";
import { diffLines } from "../../../compiler/explain/diff-lines.ts";

interface Line {
  readonly text: string;
}

const lines = (text: string): readonly Line[] => [...text].map((letter) => ({ text: letter }));

function diffText(before: string, after: string): string {
  return diffLines(lines(before), lines(after), (a, b) => a.text === b.text)
    .map(({ kind, line }) => `${kind}${line.text}`)
    .join(" ");
}

it("gives lines of both as they are", () => {
  expect(diffText("abc", "abc")).toBe("=a =b =c");
});

it("gives what is gone before what is new", () => {
  expect(diffText("abd", "acd")).toBe("=a -b +c =d");
});

it("gives a line that moved as gone and new", () => {
  expect(diffText("ab", "ba")).toBe("-a =b +a");
});

it("leads from one text to the other, whatever they are", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = diffLines(lines(before), lines(after), (a, b) => a.text === b.text);
      const without = (kind: string): string => changes.filter((change) => change.kind !== kind).map((change) => change.line.text).join("");
      expect(without("+")).toBe(before);
      expect(without("-")).toBe(after);
    }),
  );
});
