import { expect, it } from "vitest";
import { unifiedDiff } from "../../../compiler/cli/unified-diff.ts";

const lines = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, at) => `${from + at}\n`).join("");

it("shows changes with three lines of context, and joins those that are near", () => {
  expect(unifiedDiff("f", lines(1, 20), lines(1, 4) + "five\n" + lines(6, 10) + lines(12, 20) + "end\n")).toBe(
    "--- f\n+++ f\n@@ -2,13 +2,12 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 9\n 10\n-11\n 12\n 13\n 14\n@@ -18,3 +17,4 @@\n 18\n 19\n 20\n+end\n",
  );
});

it("shows a file that is not there, or is to go, as a whole", () => {
  expect(unifiedDiff("f", undefined, "a\nb\n")).toBe("--- /dev/null\n+++ f\n@@ -0,0 +1,2 @@\n+a\n+b\n");
  expect(unifiedDiff("f", "a\n", undefined)).toBe("--- f\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a\n");
});

it("is empty where nothing changed", () => {
  expect(unifiedDiff("f", "a\n", "a\n")).toBe("");
});
