import fc from "fast-check";
import { expect, it } from "vitest";
import { RowDecoder } from "../../../runtime/state/row-decoder.ts";
import { RowEncoder } from "../../../runtime/state/row-encoder.ts";
import { copyOf } from "../../../runtime/user/copy-value.ts";
import { userCodec, type UserType } from "../../../runtime/user/value-codec.ts";

interface Typed {
  readonly type: UserType;
  readonly value: unknown;
}

const scalars: readonly (readonly ["string" | "number" | "bigint" | "boolean" | "Date" | "Uint8Array", fc.Arbitrary<unknown>])[] = [
  ["string", fc.string({ unit: "binary" })],
  ["number", fc.double()],
  ["bigint", fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  ["boolean", fc.boolean()],
  ["Date", fc.date({ noInvalidDate: true })],
  ["Uint8Array", fc.uint8Array()],
];
const nothing = fc.constantFrom(null, undefined);

/** A type and values of it. */
const types: fc.Arbitrary<{ readonly type: UserType; readonly values: fc.Arbitrary<unknown> }> = fc.letrec((tie) => {
  const part = tie("type") as fc.Arbitrary<{ readonly type: UserType; readonly values: fc.Arbitrary<unknown> }>;
  const scalar = fc.constantFrom(...scalars).chain(([name, values]) => fc.constantFrom<{ readonly type: UserType; readonly values: fc.Arbitrary<unknown> }>({ type: name, values }, { type: `${name}?`, values: fc.oneof(values, nothing) }));
  const names = fc.uniqueArray(fc.constantFrom("a", "b", "__proto__", "toString", "of c"), { maxLength: 3 });
  return {
    type: fc.oneof(
      { depthSize: "small" },
      scalar,
      fc.tuple(part, fc.boolean()).map(([{ type, values }, nullable]) => ({ type: { array: type, ...(nullable ? { nullable: true as const } : {}) }, values: nullable ? fc.oneof(fc.array(values, { maxLength: 3 }), nothing) : fc.array(values, { maxLength: 3 }) })),
      part.map(({ type, values }) => ({ type: { map: type }, values: fc.array(fc.tuple(fc.string(), values), { maxLength: 3 }).map((entries) => new Map(entries)) })),
      names.chain((all) => fc.tuple(...all.map(() => part)).map((parts) => ({
        type: { fields: fieldsOf(all.map((name, at) => [name, parts[at]!.type])) },
        values: fc.tuple(...parts.map(({ values }) => values)).map((values) => fieldsOf(all.flatMap((name, at) => (values[at] === undefined ? [] : [[name, values[at]]])))),
      }))),
    ),
  };
}).type as fc.Arbitrary<{ readonly type: UserType; readonly values: fc.Arbitrary<unknown> }>;

function fieldsOf<Value>(pairs: readonly (readonly [string, Value])[]): Record<string, Value> {
  // `fromEntries` defines the fields: one may be called `__proto__`.
  return Object.fromEntries(pairs);
}

const typed: fc.Arbitrary<Typed> = types.chain(({ type, values }) => values.map((value) => ({ type, value })));

it("gives back what it wrote, null and undefined and absent fields as they were", () => {
  fc.assert(
    fc.property(typed, ({ type, value }) => {
      const codec = userCodec<unknown>(type);
      const out = new RowEncoder();
      codec.write(value, out);
      out.writeText("behind");
      const row = new RowDecoder(out.take());
      expect(codec.read(row)).toStrictEqual(value);
      expect(row.readText()).toBe("behind");
    }),
    { numRuns: 500 },
  );
});

it("reads what a copy of the value is, whatever the value is beside what its type says", () => {
  fc.assert(
    fc.property(typed, ({ type, value }) => {
      const codec = userCodec<unknown>(type);
      const out = new RowEncoder();
      const odd = withOddities(value);
      codec.write(odd, out);
      const copy = copyOf(type);
      if (copy !== undefined) expect(copy(odd)).toStrictEqual(codec.read(new RowDecoder(out.take())));
    }),
    { numRuns: 500 },
  );
});

class OwnMap extends Map<unknown, unknown> {}
class OwnDate extends Date {}

/** The same value with properties that no type names, holes for undefined, and objects of other classes. */
function withOddities(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return new OwnDate(value);
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (value instanceof Map) return new OwnMap(Array.from(value as ReadonlyMap<unknown, unknown>, ([key, item]) => [key, withOddities(item)]));
  if (!Array.isArray(value)) return Object.fromEntries([...Object.entries(value).map(([name, field]) => [name, withOddities(field)] as const), ["beside", 1]]);
  const items = value.map(withOddities);
  for (const [at, item] of items.entries()) if (item === undefined) Reflect.deleteProperty(items, at);
  return Object.assign(items, { beside: 1 });
}

it("refuses what does not have the type, with where it lies", () => {
  const type = { fields: { count: "number", last: "Date?", pages: { array: { fields: { url: "string" } } }, seen: { map: "bigint" } } } as const;
  const good = { count: 1, pages: [], seen: new Map() };
  const errorOf = (value: object): string => {
    try {
      userCodec<object>(type).write({ ...good, ...value }, new RowEncoder());
    } catch (error) {
      expect(error).toHaveProperty("code", "R7510");
      return (error as { readonly what: string }).what;
    }
    return "none";
  };
  expect([errorOf({}), errorOf({ last: undefined }), errorOf({ last: null })]).toEqual(["none", "none", "none"]);
  expect([
    errorOf({ count: "1" }), errorOf({ count: undefined }), errorOf({ last: new Date(NaN) }), errorOf({ pages: [{ url: "a" }, { url: 5 }] }), errorOf({ pages: {} }),
    errorOf({ seen: new Map([["a", 2n ** 63n]]) }), errorOf({ seen: new Map([[1, 1n]]) }),
  ]).toEqual([
    "the state at count must be a number, found a string",
    "the state at count must be a number, found undefined",
    "the state at last must be a valid Date, found an invalid Date",
    "the state at pages[1].url must be a string, found a number",
    "the state at pages must be an array, found an object",
    'the state at seen["a"] must be a bigint of 64 bits, found a bigint beyond it',
    "the state at seen key must be a string, found a number",
  ]);
  expect(userCodec(type).text).toBe('{ "count": number, "last": Date?, "pages": { "url": string }[], "seen": Map<string, bigint> }');
});
