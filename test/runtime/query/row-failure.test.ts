import { expect, it } from "vitest";
import { rowFailure } from "../../../runtime/query/row-failure.ts";

const batch = { length: 1, rowsRead: 1, malformed: [], refused: (row: number, error: string) => ({ raw: new Uint8Array(0), error, source: "in/a.json", position: `byte ${row}` }), columns: {}, position: () => "in/a.json, byte 0" };

function pageOf(): never {
  throw new Error("no page");
}

function siteOf(): never {
  return pageOf();
}

const thrown = (f: () => never): unknown => {
  try {
    return f();
  } catch (error) {
    return error;
  }
};

it.each([
  ["the only function of a loop", new Error("x"), ["pageOf"], "the imported function `pageOf` failed: x"],
  ["of several the one that was called", thrown(pageOf), ["siteOf", "pageOf"], "the imported function `pageOf` failed: no page"],
  ["of two that call each other the one that the loop called", thrown(siteOf), ["pageOf", "siteOf"], "the imported function `siteOf` failed: no page"],
  ["all where nothing tells them apart", "x", ["pageOf", "siteOf"], "an imported function (`pageOf`, `siteOf`) failed: x"],
  ["none where none is known", "x", [], "an imported function failed: x"],
])("names %s", (_, error, functions, what) => {
  expect(rowFailure("q", error, batch, 0, functions)).toMatchObject({ code: "R7126", what, where: "query q, in/a.json, byte 0" });
});
