import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { inferParquet } from "../../../../compiler/catalog/inference/infer-parquet.ts";
import { typeText } from "../../../../compiler/ir/types/data-type.ts";

function columnsOf(name: string): readonly string[] | string {
  const found = inferParquet(readFileSync(new URL(`../../../facts/parquet/${name}.parquet`, import.meta.url)));
  if (found.ok) return found.fields.map((field) => `${field.name}: ${typeText(field.type)}${field.nullable ? "?" : ""}`);
  return "reason" in found ? found.reason : `${found.column}: ${found.found}`;
}

const all = [
  "b: boolean?", "i: int?", "l: long?", "f: float?", "d: double?", "s: string?", "bin: binary?", "day: date?", "at: timestamp?", "d9: decimal(9,2)?", "d18: decimal(18,6)?", "d38: decimal(38,10)?",
  "list: int?[]?", "rec: { x: int?, y: { z: string? }? }?", "map: map<string, long?>?", "recs: { k: string?, n: long?[]? }?[]?", "lists: string?[]?[]?", "byInt: map<int, { v: double? }?>?",
];

it.each(["spark-snappy", "spark-legacy", "spark-int96", "arrow-v1", "arrow-old-lists", "arrow-int-decimals"])("gives the columns of %s, whichever way lists, decimals and timestamps are written", (name) => {
  expect(columnsOf(name)).toEqual(all);
});

it("gives unsigned numbers the next wider type, and what a file requires is not null", () => {
  expect(columnsOf("duckdb-types")).toEqual(["u8: int", "u16: int", "u32: long", "u64: decimal(20,0)", "i8: int", "local: timestamp", "ms: timestamp", "ns: timestamp", "uuid: string", "e: string"]);
  expect(columnsOf("arrow-pages")).toEqual(["id: long", "words: string?[]?"]);
});

it("names a column that no type holds, and says of other files that they are none", () => {
  const opening = inferParquet(readFileSync(new URL("../../../samples/diagnostics/modules/opening.parquet", import.meta.url)));
  expect(opening).toEqual({ ok: false, column: "opens", found: "INT64 (TIME)" });
  expect(inferParquet(Buffer.from("no parquet at all"))).toMatchObject({ ok: false, reason: expect.stringContaining("it is no Parquet file") });
});
