import { expect, test } from "vitest";
import { RowError } from "../../../../runtime/errors/row-error.ts";
import * as kernels from "../../../../runtime/functions/user/index.ts";

function failure(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof RowError) return `${error.code} ${error.message}`;
    throw error;
  }
  return "no failure";
}

test("a value of the declared type passes, in the runtime's representation", () => {
  expect(kernels.asText("a", "f")).toBe("a");
  expect(kernels.asBoolean(false, "f")).toBe(false);
  expect(kernels.asNumber(Number.NaN, "f")).toBeNaN();
  expect(kernels.asFloat(0.1, "f")).toBe(Math.fround(0.1));
  expect(kernels.asInt(-(2 ** 31), "f")).toBe(-(2 ** 31));
  expect(kernels.asInt(7n, "f")).toBe(7);
  expect(kernels.asLong(7n, "f")).toBe(7);
  expect(kernels.asLong(2n ** 63n - 1n, "f")).toBe(2n ** 63n - 1n);
  expect(kernels.asSafeLong(2 ** 53 - 1, "f")).toBe(2 ** 53 - 1);
  expect(Object.is(kernels.asSafeLong(-0, "f"), 0)).toBe(true);
  expect(kernels.asTimestamp(new Date(-1), "f")).toBe(-1000);
  expect(kernels.asTimestamp(new Date("1600-01-01T00:00:00.259Z"), "f")).toBe(-11_676_095_999_741_000);
  expect(kernels.asDay(new Date("1969-12-31T23:00:00Z"), "f")).toBe(-1);
  expect(kernels.asBytes(Buffer.from("a"), "f")).toEqual(Uint8Array.of(0x61));
});

test("undefined counts as null where null is declared", () => {
  for (const [name, kernel] of Object.entries(kernels)) {
    if (!name.endsWith("OrNull")) continue;
    const orNull = kernel as (value: unknown, from: string, convert: (item: unknown) => unknown) => unknown;
    expect([name, orNull(undefined, "f", (item) => item), orNull(null, "f", (item) => item)]).toEqual([name, null, null]);
  }
});

test("a value of another type is an error of the row that names the function, the place, what is declared and what was found", () => {
  expect(failure(() => kernels.asText(5, "toPage.url"))).toBe("R7150 `url` of what `toPage` returned is a number, where a string is declared");
  expect(failure(() => kernels.asText(undefined, "label"))).toBe("R7150 what `label` returned is undefined, where a string is declared");
  expect(failure(() => kernels.asNumber(new Date(0), "f.items[].price"))).toBe("R7150 `items[].price` of what `f` returned is a Date, where a number is declared");
  expect(failure(() => kernels.asLong(5, "f[].id"))).toBe("R7150 `[].id` of what `f` returned is a number, where a bigint is declared");
  expect(failure(() => kernels.asRecord([] as object, "f"))).toBe("R7150 what `f` returned is an array, where a record is declared");
  expect(failure(() => kernels.asArray("abc" as unknown as string[], "f.tags", String))).toBe("R7150 `tags` of what `f` returned is a string, where an array is declared");
  expect(failure(() => kernels.asMap({ a: 1 } as unknown as ReadonlyMap<string, number>, "f", Number))).toBe("R7150 what `f` returned is an object, where a Map is declared");
  expect(failure(() => kernels.asMap(new Map([[1, 1]]) as unknown as ReadonlyMap<string, number>, "f", Number))).toBe("R7150 `[key]` of what `f` returned is a number, where a string is declared");
  expect(failure(() => [...kernels.asRows("ab" as unknown as object[], "f")])).toBe("R7150 what `f` returned is a string, where an iterable of rows is declared");
  expect(failure(() => [...kernels.asRows([{}, null] as object[], "f")])).toBe("R7150 `[]` of what `f` returned is null, where a record is declared");
});

test("a value of the declared type that its column cannot hold is an error of the row", () => {
  expect(failure(() => kernels.asLong(2n ** 63n, "f"))).toBe("R7151 what `f` returned is 9223372036854775808, which a long column cannot hold");
  expect(failure(() => kernels.asLong(10n ** 100n, "f"))).toContain("0000…");
  expect(failure(() => kernels.asInt(2 ** 31, "f.n"))).toBe("R7151 `n` of what `f` returned is 2147483648, which an int column cannot hold");
  expect(failure(() => kernels.asSafeLong(0.5, "f.n"))).toBe("R7151 `n` of what `f` returned is 0.5, which a long column cannot hold");
  expect(failure(() => kernels.asTimestamp(new Date(Number.NaN), "f.at"))).toBe("R7151 `at` of what `f` returned is an invalid Date, which a column cannot hold");
  expect(failure(() => kernels.asTimestamp(new Date(8.64e15 - 1), "f.at"))).toBe("R7151 `at` of what `f` returned is a Date too far away, which a timestamp column cannot hold");
});

test("a long goes to a number only while a number holds it", () => {
  expect(kernels.safeNumber(5, "f.bytes")).toBe(5);
  expect(failure(() => kernels.safeNumber(2n ** 53n + 1n, "f.bytes"))).toBe("R7152 `f` takes `bytes` as a number, which does not hold 9007199254740993 exactly");
});

test("a timestamp is cut to whole milliseconds towards the past, a date is its midnight in UTC", () => {
  expect(kernels.dateOfTimestamp(1999)).toEqual(new Date(1));
  expect(kernels.dateOfTimestamp(-1)).toEqual(new Date(-1));
  expect(kernels.dateOfDay(-1)).toEqual(new Date("1969-12-31T00:00:00Z"));
});

test("items of arrays and maps are converted one by one, holes as undefined", () => {
  const holes = new Array<string | undefined>(2);
  expect(kernels.asArray(holes, "f", (item) => kernels.asTextOrNull(item, "f[]"))).toEqual([null, null]);
  expect(kernels.asMap(new Map([["a", 1n]]), "f", (item) => kernels.asLong(item, "f[]"))).toEqual(new Map([["a", 1]]));
});

test("bytes are copies on both sides: neither sees what the other writes to them later", () => {
  for (const bytes of [Uint8Array.of(1, 2), Buffer.from([1, 2])]) {
    const copies = [kernels.copyOfBytes(bytes), kernels.asBytes(bytes, "f"), kernels.asBytesOrNull(bytes, "f")];
    bytes[0] = 9;
    expect(copies).toStrictEqual([Uint8Array.of(1, 2), Uint8Array.of(1, 2), Uint8Array.of(1, 2)]);
  }
});

test("a field is one of the object or of its class, not what every object has", () => {
  interface Odd {
    readonly constructor?: unknown;
    readonly toString?: unknown;
    readonly ["__proto__"]?: unknown;
  }
  const fields = (odd: Odd): readonly unknown[] => [kernels.ownField(odd, "constructor"), kernels.ownField(odd, "toString"), kernels.ownField(odd, "__proto__")];
  const bare: Odd = { };
  expect(fields(bare)).toEqual([undefined, undefined, undefined]);
  expect(fields(JSON.parse('{"constructor":1,"toString":2,"__proto__":3}') as Odd)).toEqual([1, 2, 3]);
  class Made {
    get page(): string {
      return "a";
    }
  }
  expect(kernels.ownField(new Made(), "page")).toBe("a");
});

test("rows are asked for one by one", () => {
  const asked: number[] = [];
  function* rows(): Generator<{ n: number }> {
    for (let n = 0; ; n++) {
      asked.push(n);
      yield { n };
    }
  }
  for (const row of kernels.asRows(rows(), "f")) if (row.n === 2) break;
  expect(asked).toEqual([0, 1, 2]);
});
