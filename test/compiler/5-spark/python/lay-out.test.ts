import fc from "fast-check";
import { expect, it } from "vitest";
import { layOut } from "../../../../compiler/5-spark/python/lay-out.ts";

it("a short line stays as it is", () => {
  expect(layOut('rows = rows.select("a")', "    ")).toEqual(['    rows = rows.select("a")']);
});

it("a long call is opened at its longest brackets, and an argument a line where one line is too short", () => {
  const items = Array.from({ length: 4 }, (_, at) => `"${"x".repeat(30)}${at}"`);
  expect(layOut(`rows = rows.select(${items.slice(0, 3).join(", ")}).limit(3)`)).toEqual(["rows = rows.select(", `    ${items.slice(0, 3).join(", ")}`, ").limit(3)"]);
  expect(layOut(`rows = rows.select(${items.join(", ")})`)).toEqual(["rows = rows.select(", ...items.map((item) => `    ${item},`), ")"]);
});

it("a long condition is broken before its outermost operators", () => {
  const [a, b, c] = ["a", "b", "c"].map((name) => `F.col("${name.repeat(40)}")`);
  expect(layOut(`rows = rows.where(${a} & (${b} | ${c}))`)).toEqual(["rows = rows.where(", `    ${a}`, `    & (${b} | ${c})`, ")"]);
});

it("brackets and commas in texts are no places to break, and nothing but spaces and last commas changes", () => {
  const text = fc.constantFrom('"a, b"', '"(("', '"\\""', "F.col(x)", "[1, 2]", "f(g(h(1), k=2), \"]\")", '"x & y | z"', "(a & b)");
  const call = fc.array(text, { minLength: 1, maxLength: 30 }).map((items) => `rows = call(${items.join(", ")}).alias("n")`);
  const bare = (line: string): string => line.replace(/,?\s*([)\]}])/g, "$1").replace(/([([{])\s+/g, "$1").replace(/\s+/g, " ");
  fc.assert(fc.property(call, (line) => bare(layOut(line).map((part) => part.trim()).join(" ")) === bare(line)));
});
