import fc from "fast-check";
import { expect, it } from "vitest";
import { stringType } from "../../../../compiler/ir/types/data-type.ts";
import { chunksOf, fieldOf, jsonReader, readChunks } from "../../../support/read-lines.ts";

const reader = jsonReader([fieldOf("value", stringType, false)], { format: "text" });

it("gives every line as it is, blank ones too, without line ends", () => {
  const text = '\ufeffone\r\n\ntwo "x"\\\rthree\n  \nfour';
  expect(readChunks(reader, [Buffer.from(text)]).rows.map((row) => row["value"])).toEqual(["one", "", 'two "x"\\', "three", "  ", "four"]);
});

it("refuses a line that is not UTF-8, and only that one", () => {
  const { rows, malformed, rowsRead } = readChunks(reader, [Buffer.from("caf\xc3\xa9\nbad \xff\nnext\n", "latin1")]);
  expect(rows.map((row) => row["value"])).toEqual(["café", "next"]);
  expect(malformed).toEqual([{ raw: "bad \xff", position: "byte 6" }]);
  expect(rowsRead).toBe(3);
});

it("gives the same lines however they are chunked", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }).filter((line) => !/[\r\n\ufeff]|\p{Surrogate}/u.test(line)), { minLength: 1 }), fc.nat(), fc.constantFrom("\n", "\r\n"), (lines, cuts, lineEnd) => {
      const bytes = Buffer.from(lines.map((line) => line + lineEnd).join(""));
      expect(readChunks(reader, chunksOf(bytes, (line) => ((cuts >> (line % 30)) & 1) === 1)).rows.map((row) => row["value"])).toEqual(lines);
    }),
  );
});
