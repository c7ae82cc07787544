import { expect, it } from "vitest";
import { readParamText } from "../../../runtime/query/param-text.ts";

it("reads texts by the declared type, in the runtime's representation", () => {
  expect(readParamText("p", "5", "string")).toBe("5");
  expect(readParamText("p", "-5", "int")).toBe(-5);
  expect(readParamText("p", "9223372036854775807", "long")).toBe(9223372036854775807n);
  expect(readParamText("p", "1e3", "double")).toBe(1000);
  expect(readParamText("p", "true", "boolean")).toBe(true);
  expect(readParamText("p", "2024-01-01T00:00:00Z", "timestamp")).toBe(Date.UTC(2024, 0, 1) * 1000);
  expect(readParamText("p", "1970-01-02", "date")).toBe(1);
  expect(readParamText("p", "1.505", "decimal(9,2)")).toBe(151);
});

it("reads durations in the language's words and in ISO form", () => {
  expect(readParamText("p", "5 minutes", "duration")).toBe(300e6);
  expect(readParamText("p", "1 hour 30 minutes", "duration")).toBe(5400e6);
  expect(readParamText("p", "250 ms", "duration")).toBe(250e3);
  expect(readParamText("p", "PT5M", "duration")).toBe(300e6);
});

it("takes null where the type allows it, and the text null where it is a string", () => {
  expect(readParamText("p", "null", "int?")).toBeNull();
  expect(readParamText("p", "null", "string")).toBe("null");
});

it.each([["int", "x"], ["int", "3000000000"], ["long", ""], ["boolean", "maybe"], ["duration", "5 mins"], ["duration", "5"], ["date", "yesterday"], ["decimal(4,2)", "1000"], ["int", "null"]])(
  "refuses a text that is no %s: %j",
  (type, text) => {
    expect(() => readParamText("p", text, type)).toThrow(expect.objectContaining({ code: "R7604" }));
  },
);
