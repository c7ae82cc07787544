import { expect, it } from "vitest";
import type { Chunk, MalformedRow } from "../../../runtime/formats/column-batch.ts";
import { CsvRecords, JsonRecords, TextRecords } from "../../../runtime/formats/readers/index.ts";
import type { LineRecords } from "../../../runtime/formats/readers/line-records.ts";

const context = { malformedAsNull: false };
const chunk = (text: string): Chunk => ({ bytes: Buffer.from(text), start: 0, end: Buffer.byteLength(text), origin: "in/a", offset: 100 });

/** The records that were read at those places, set aside again. */
function refused(records: LineRecords, text: string, places: readonly number[]): readonly (readonly [raw: string, MalformedRow["position"]])[] {
  records.begin(chunk(text));
  for (const [row, at] of places.entries()) records.accept(at, row);
  const batch = records.batch(places.length, {});
  return places.map((_, row) => {
    const { raw, error, source, position } = batch.refused(row, "too far");
    expect([error, source]).toEqual(["too far", "in/a"]);
    return [Buffer.from(raw).toString(), position];
  });
}

it("gives the bytes of a row's record without its line end, and where it is", () => {
  expect(refused(new JsonRecords(context, []), '{"a":1}\r\n{"a":2}\n{"a":3}', [0, 9, 17])).toEqual([['{"a":1}', "byte 100"], ['{"a":2}', "byte 109"], ['{"a":3}', "byte 117"]]);
  expect(refused(new TextRecords(context), "one\rtwo\nthree\n", [0, 4, 8])).toEqual([["one", "byte 100"], ["two", "byte 104"], ["three", "byte 108"]]);
});

it("gives a record of several lines whole", () => {
  expect(refused(new JsonRecords(context, [], { multiLine: true }), '[{"a":1},\n{"a":2}]', [0, 0])).toEqual([['[{"a":1},\n{"a":2}]', "byte 100"], ['[{"a":1},\n{"a":2}]', "byte 100"]]);
  expect(refused(new CsvRecords(context, [["a", "string"], ["b", "string"]], { multiLine: true }), '1,"x\ny"\r\n2,z\n', [0, 9])).toEqual([['1,"x\ny"', "byte 100"], ["2,z", "byte 109"]]);
});
