import { expect, it } from "vitest";
import { filesMeant, isOfScript, joined } from "../../../../compiler/2-analyze/user-functions/module-paths.ts";

it.each([
  ["./lib/a.ts", "./b.ts", "./lib/b.ts"],
  ["./a.ts", "./lib/b.ts", "./lib/b.ts"],
  ["./lib/a.ts", "../b.ts", "./b.ts"],
  ["./lib/a.ts", "../../b.ts", "../b.ts"],
  ["./lib/a.ts", "../../../../runtime/index.ts", "../../../runtime/index.ts"],
  ["../a.ts", "./b.ts", "../b.ts"],
  ["../lib/a.ts", "../../b.ts", "../../b.ts"],
])("seen from %s, %s is %s", (from, target, meant) => {
  expect(joined(from, target)).toBe(meant);
});

it("looks for sources where an import names what is made of them, or leaves the ending out", () => {
  expect(filesMeant("./b.ts")).toEqual(["./b.ts"]);
  expect(filesMeant("./b.js")[0]).toBe("./b.ts");
  expect(filesMeant("./b.mjs")[0]).toBe("./b.mts");
  expect(filesMeant("./lib")).toEqual(expect.arrayContaining(["./lib.ts", "./lib/index.ts"]));
});

it("takes data and native code for no module of the language", () => {
  expect(["./a.ts", "./a.js", "./a.mjs", "./a", "../lib/a"].every(isOfScript)).toBe(true);
  expect(["./a.json", "./a.node", "./a.wasm"].some(isOfScript)).toBe(false);
});
