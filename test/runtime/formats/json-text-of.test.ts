import { expect, test } from "vitest";
import { jsonTextOf } from "../../../runtime/formats/json-text-of.ts";

test("a value is written as JSON in the forms of the output page", () => {
  expect(jsonTextOf("long")(9007199254740993n)).toBe("9007199254740993");
  expect(jsonTextOf("double")(0.5)).toBe("0.5");
  expect(jsonTextOf("timestamp")(0)).toBe('"1970-01-01T00:00:00.000Z"');
  expect(jsonTextOf({ record: [["url", "string"], ["user", "long?"]] })({ url: "a\"é", user: null })).toBe('{"url":"a\\"é","user":null}');
});

test("null stays null, and one text does not run into the next", () => {
  const text = jsonTextOf({ array: "int?" });
  expect(text([1, null])).toBe("[1,null]");
  expect(text(null)).toBeNull();
  expect(text([])).toBe("[]");
});
