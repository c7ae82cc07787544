import { expect, test } from "vitest";
import { rowKey } from "../../../../runtime/connectors/kafka/row-key.ts";
import { SimHost } from "../../../../runtime/testing/sim-host.ts";
import { sinkContext } from "../sink-support.ts";

type Columns = readonly { readonly name: string; readonly type: string; readonly nullable: boolean }[];

function keysOf(columns: Columns, ...rows: readonly Readonly<Record<string, unknown>>[]): readonly (string | undefined)[] {
  const { host, queryName, mode, durable, bounded, warn } = sinkContext(new SimHost());
  const key = rowKey<Readonly<Record<string, unknown>>>({ host, queryName, mode, durable, bounded, warn, columns, key: columns.map(({ name }) => name), encodeJson: (row, out) => out.raw(JSON.stringify(row)) });
  return rows.map((row) => key?.(row));
}

test("one key column is its text where it is never null, and JSON where it may be, so that a null is not the text null", () => {
  expect(keysOf([{ name: "k", type: "string", nullable: false }], { k: "null" }, { k: 'a"b' })).toEqual(["null", 'a"b']);
  expect(keysOf([{ name: "k", type: "string", nullable: true }], { k: "null" }, { k: null })).toEqual(['"null"', "null"]);
  expect(keysOf([{ name: "k", type: "long", nullable: true }], { k: 1 }, { k: null })).toEqual(["1", "null"]);
});

test("several key columns are a JSON object", () => {
  expect(keysOf([{ name: "a", type: "string", nullable: true }, { name: "b", type: "int", nullable: false }], { a: null, b: 1 })).toEqual(['{"a":null,"b":1}']);
});
