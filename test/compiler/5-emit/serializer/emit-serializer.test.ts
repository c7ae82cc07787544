import * as fc from "fast-check";
import { expect, test } from "vitest";
import { emitSerializer } from "../../../../compiler/5-emit/serializer/emit-serializer.ts";
import { arrayType, booleanType, dateType, decimalType, doubleType, durationType, floatType, intType, longType, mapType, recordType, stringType, timestampType, windowType, type DataType } from "../../../../compiler/ir/types/data-type.ts";
import { jsonShape } from "../../../../runtime/formats/json-shape.ts";
import { JsonWriter } from "../../../../runtime/formats/json-writer.ts";
import type { ScalarName, TypeDescriptor } from "../../../../runtime/formats/type-descriptor.ts";

type Exports = Readonly<Record<string, (value: unknown) => string>>;

function load(cjs: string): Exports {
  const exports: Record<string, (value: unknown) => string> = {};
  new Function("exports", cjs)(exports);
  return exports;
}

function descriptorOf(type: DataType, nullable: boolean): TypeDescriptor {
  if (type.kind === "record") return { record: type.fields.map((field) => [field.name, descriptorOf(field.type, field.nullable)] as const), ...(nullable ? { nullable: true as const } : {}) };
  if (type.kind === "array") return { array: descriptorOf(type.element, type.elementNullable), ...(nullable ? { nullable: true as const } : {}) };
  if (type.kind === "map") return { map: [descriptorOf(type.key, false), descriptorOf(type.value, type.valueNullable)], ...(nullable ? { nullable: true as const } : {}) };
  const name: ScalarName = type.kind === "decimal" ? `decimal(${type.precision},${type.scale})` : scalarName(type.kind);
  return nullable ? `${name}?` : name;
}

function scalarName(kind: string): ScalarName {
  switch (kind) {
    case "boolean": case "int": case "long": case "float": case "double": case "string": case "binary": case "date": case "timestamp": case "duration":
      return kind;
    default:
      throw new TypeError(kind);
  }
}

/** The text that a value of a nested column must have, by the writer of flat columns. */
function expected(type: DataType, value: unknown): string {
  if (value === null) return "null";
  if (type.kind === "record") return `{${type.fields.map((field) => `${JSON.stringify(field.name)}:${expected(field.type, Reflect.get(Object(value), field.name))}`).join(",")}}`;
  if (type.kind === "array") return `[${(Array.isArray(value) ? value : []).map((element: unknown) => expected(type.element, element)).join(",")}]`;
  if (type.kind === "map" && value instanceof Map) return `{${[...value].map(([key, item]) => `${JSON.stringify(key)}:${expected(type.value, item)}`).join(",")}}`;
  if (type.kind === "binary" && value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString("base64"));
  if (type.kind === "string" || type.kind === "boolean") return JSON.stringify(value);
  const out = new JsonWriter();
  if (typeof value === "bigint" || type.kind === "long") out.long(BigInt(String(value)));
  if (type.kind === "decimal") {
    out.reset();
    out.decimal(typeof value === "bigint" ? value : Number(value), type.scale);
  } else if (typeof value === "number") {
    out.reset();
    if (type.kind === "int" || type.kind === "long") out.long(value);
    else if (type.kind === "double" || type.kind === "float") out[type.kind](value);
    else if (type.kind === "timestamp") out.timestamp(value);
    else if (type.kind === "date") out.date(value);
    else out.duration(value);
  }
  return Buffer.from(out.view()).toString();
}

function serialize(type: DataType, value: unknown): string {
  const emitted = emitSerializer("job", [{ name: "q", columns: [{ name: "c", type, nullable: false }] }]);
  const name = emitted?.encoderFor("q", "c")?.name ?? "";
  return load(emitted?.cjs ?? "")[name]?.(jsonShape(descriptorOf(type, false))(value)) ?? "";
}

const names = fc.oneof(
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom("__proto__", "constructor", "toJSON", "$ref", "", "a b", "\u2028alert(1)", "*/", "${x}", "\"", "\\", "'", "\n//# sourceMappingURL=x", "</script>", "\ud800"),
);
const longs = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => (value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value));
const micros = fc.integer({ min: -60_000_000_000_000_000, max: 200_000_000_000_000_000 }).filter((value) => Number.isSafeInteger(value));

interface Sample {
  readonly type: DataType;
  readonly values: fc.Arbitrary<unknown>;
}

const scalars = fc.constantFrom<Sample>(
  { type: booleanType, values: fc.boolean() },
  { type: intType, values: fc.integer() },
  { type: longType, values: longs },
  { type: doubleType, values: fc.oneof(fc.double(), fc.constantFrom(-0, Number.NaN, Infinity, -Infinity, 1e21, 5e-324)) },
  { type: floatType, values: fc.oneof(fc.float(), fc.constantFrom(-0, 16777216, Math.fround(0.1))) },
  { type: decimalType(38, 4), values: longs },
  { type: stringType, values: fc.string({ unit: "binary" }) },
  { type: timestampType, values: micros },
  { type: dateType, values: fc.integer({ min: -700_000, max: 2_000_000 }) },
  { type: durationType, values: micros },
  { type: { kind: "binary" }, values: fc.uint8Array() },
);

/** Nested types with values, nulls where the type has room for them. */
function samples(depth: number): fc.Arbitrary<Sample> {
  const inner = depth === 0 ? scalars : fc.oneof(scalars, samples(depth - 1));
  const place = fc.record({ sample: inner, nullable: fc.boolean() });
  const values = (sample: Sample, nullable: boolean): fc.Arbitrary<unknown> => (nullable ? fc.option(sample.values) : sample.values);
  return fc.oneof(
    place.map(({ sample, nullable }): Sample => ({
      type: mapType(stringType, sample.type, nullable),
      values: fc.array(fc.tuple(names, values(sample, nullable)), { maxLength: 3 }).map((entries) => new Map(entries)),
    })),
    place.map(({ sample, nullable }): Sample => ({ type: arrayType(sample.type, nullable), values: fc.array(values(sample, nullable), { maxLength: 3 }) })),
    fc.uniqueArray(fc.tuple(names, place), { maxLength: 4, selector: ([name]) => name }).map((fields): Sample => ({
      type: recordType(fields.map(([name, { sample, nullable }]) => ({ name, type: sample.type, nullable }))),
      values: fc.tuple(...fields.map(([, { sample, nullable }]) => values(sample, nullable))).map((parts) => {
        const record = {};
        fields.forEach(([name], at) => Object.defineProperty(record, name, { value: parts[at], enumerable: true }));
        return record;
      }),
    })),
  );
}

test("a nested column has the text that flat columns have, for all types, values and names", () => {
  // A map alone has no serializer: its shape is its text.
  const cases = samples(2).filter((sample) => sample.type.kind !== "map").chain((sample) => sample.values.map((value) => ({ type: sample.type, value })));
  fc.assert(fc.property(cases, ({ type, value }) => {
    expect(serialize(type, value)).toBe(expected(type, value));
  }), { numRuns: 300 });
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test("numbers keep all digits, specials are texts, nulls are null", () => {
  const type = recordType([
    { name: "l", type: longType, nullable: true },
    { name: "d", type: doubleType, nullable: true },
    { name: "m", type: decimalType(38, 2), nullable: false },
    { name: "w", type: windowType, nullable: true },
  ]);
  expect(serialize(type, { l: 2n ** 63n - 1n, d: Number.NaN, m: 12345678901234567890123n, w: { start: 0, end: 60_000_001 } })).toBe(
    '{"l":9223372036854775807,"d":"NaN","m":123456789012345678901.23,"w":{"start":"1970-01-01T00:00:00.000Z","end":"1970-01-01T00:01:00.000001Z"}}',
  );
  expect(serialize(type, { l: null, d: null, m: 5, w: null })).toBe('{"l":null,"d":null,"m":0.05,"w":null}');
});

test("a job without nested columns has no serializer", () => {
  expect(emitSerializer("job", [{ name: "q", columns: [{ name: "c", type: longType, nullable: true }] }])).toBeUndefined();
});

test("the module is typed, in ASCII, the same for the same job, and equal types share a function", () => {
  const type = recordType([{ name: "é\u2028", type: arrayType(longType, true), nullable: true }]);
  const queries = [
    { name: "urls", columns: [{ name: "window", type: windowType, nullable: false }, { name: "n", type: longType, nullable: false }] },
    { name: "odd name", columns: [{ name: "window", type: windowType, nullable: true }, { name: "r", type, nullable: false }] },
  ];
  const emitted = emitSerializer("weblogs", queries);
  expect(emitSerializer("weblogs", queries)).toMatchObject({ cjs: emitted?.cjs, dcts: emitted?.dcts });
  expect(emitted?.cjs).toMatch(/^[\n\t\x20-\x7e]*$/);
  expect(emitted?.dcts).toBe(
    [
      "// Emitted from weblogs.sluice; change the job and run `sluice build`.",
      "export declare function serializeUrlsWindow(value: { readonly start: string; readonly end: string }): string;",
      'export declare function serializeOddNameR(value: { readonly "é\\u2028": readonly (number | bigint | null)[] | null }): string;',
      "",
    ].join("\n"),
  );
  expect(emitted?.encoderFor("urls", "window")).toEqual({ name: "serializeUrlsWindow", type: windowType });
  expect(emitted?.encoderFor("odd name", "window")?.name).toBe("serializeUrlsWindow");
  expect(emitted?.encoderFor("urls", "n")).toBeUndefined();
});
