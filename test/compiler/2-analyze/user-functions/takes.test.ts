import { expect, test } from "vitest";
import { takes } from "../../../../compiler/2-analyze/user-functions/takes.ts";
import type { DataType } from "../../../../compiler/ir/types/data-type.ts";
import * as t from "../../../../compiler/ir/types/data-type.ts";
import type { ScalarShape, Shape } from "../../../../compiler/ir/types/shape.ts";

const none = { nullable: false, optional: false };
const scalar = (kind: ScalarShape["kind"]): Shape => ({ kind, ...none });

function why(type: DataType, shape: Shape, nullable = false): string {
  const misfit = takes({ type, nullable }, shape);
  return misfit === undefined ? "fits" : `${misfit.path} ${misfit.why}`.trim();
}

test("a parameter takes the columns that the table of types says", () => {
  const types: readonly DataType[] = [t.booleanType, t.intType, t.longType, t.floatType, t.doubleType, t.decimalType(10, 2), t.stringType, t.binaryType, t.dateType, t.timestampType, t.durationType];
  const takenBy = (kind: ScalarShape["kind"]): string => types.filter((type) => why(type, scalar(kind)) === "fits").map((type) => type.kind).join(" ");
  expect(takenBy("boolean")).toBe("boolean");
  expect(takenBy("string")).toBe("string");
  expect(takenBy("number")).toBe("int long float double");
  expect(takenBy("bigint")).toBe("int long");
  expect(takenBy("Date")).toBe("date timestamp");
  expect(takenBy("Uint8Array")).toBe("binary");
});

test("null goes only where null or undefined may stand", () => {
  expect(why(t.stringType, scalar("string"), true)).toBe("null");
  expect(why(t.stringType, { kind: "string", nullable: true, optional: false }, true)).toBe("fits");
  expect(why(t.stringType, { kind: "string", nullable: false, optional: true }, true)).toBe("fits");
  expect(why(t.nullType, scalar("string"))).toBe("null");
});

test("arrays, maps and records are compared within, and the innermost misfit is named", () => {
  const price: Shape = { kind: "record", name: "Item", fields: [{ name: "price", shape: scalar("number") }], ...none };
  const order: Shape = { kind: "record", name: "Order", fields: [{ name: "items", shape: { kind: "array", element: price, ...none } }, { name: "note", shape: { kind: "string", nullable: false, optional: true } }], ...none };
  const orderOf = (field: t.Field, nullable = false): DataType => t.recordType([{ name: "items", type: t.arrayType(t.recordType([field]), nullable), nullable: false }]);
  expect(why(orderOf({ name: "price", type: t.longType, nullable: false }), order)).toBe("fits");
  expect(why(orderOf({ name: "price", type: t.decimalType(4, 1), nullable: false }), order)).toBe(".items[].price type");
  expect(why(orderOf({ name: "price", type: t.intType, nullable: true }), order)).toBe(".items[].price null");
  expect(why(orderOf({ name: "cost", type: t.intType, nullable: false }), order)).toBe(".items[].price missing");
  expect(why(orderOf({ name: "price", type: t.intType, nullable: false }, true), order)).toBe(".items[] null");
  expect(why(t.mapType(t.stringType, t.intType, true), { kind: "map", value: scalar("number"), ...none })).toBe("[] null");
  expect(why(t.mapType(t.intType, t.intType, false), { kind: "map", value: scalar("number"), ...none })).toBe("type");
  expect(why(t.arrayType(t.nullType, false), { kind: "array", element: scalar("string"), ...none })).toBe("fits");
});
