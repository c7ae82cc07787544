import { expect, test } from "vitest";
import type { OptionData } from "../../../../compiler/ir/logical/input.ts";
import { analyzeText } from "../../../support/analyze-text.ts";

/** What an option holds as pairs, its text where it has none, or the message of what is wrong. */
function option(name: string, written: string): OptionData | undefined {
  const topics = name === "assign" ? "" : 'subscribe: "bids", ';
  const { job, diagnostics } = analyzeText(`param start: string = "earliest"
source bids from kafka("localhost:9092", ${topics}${name}: ${written})
sink out = bids into discard()
`);
  const found = job?.inputs[0]?.options.find((candidate) => candidate.name === name);
  return found === undefined ? diagnostics.map(({ message }) => message) : (found.data ?? (found.value.kind === "Literal" ? String(found.value.value) : found.value.kind));
}

test("partitions of topics are a record or JSON", () => {
  expect(option("assign", "{ bids: [0, 2], `late-bids`: [1] }")).toEqual([["bids", [0, 2]], ["late-bids", [1]]]);
  expect(option("assign", `'{"bids":[0,2]}'`)).toEqual([["bids", [0, 2]]]);
  expect(option("assign", "{ bids: [0, 0] }")).toEqual(["`assign` names partition 0 twice"]);
  expect(option("assign", "{ bids: [-1] }")).toEqual(["`assign` wants numbers of partitions"]);
  expect(option("assign", "start")).toEqual(["`assign` wants partitions by topic"]);
});

test("offsets are words, a record, JSON or a param", () => {
  expect(option("startingOffsets", '"latest"')).toBe("latest");
  expect(option("startingOffsets", "start")).toBe("ParamRef");
  expect(option("startingOffsets", "{ bids: { `0`: 23, `1`: -2, `2`: -1 } }")).toEqual([["bids", [[0, 23], [1, -2], [2, -1]]]]);
  expect(option("startingOffsets", `'{"bids":{"0":23,"1":-2}}'`)).toEqual([["bids", [[0, 23], [1, -2]]]]);
  expect(option("startingOffsets", '"newest"')).toEqual(["`startingOffsets` is neither `earliest` nor `latest`, and no JSON"]);
});

test("offsets beyond 2^53 keep their digits", () => {
  expect(option("startingOffsets", "{ bids: { `0`: 9007199254740993 } }")).toEqual([["bids", [[0, 9007199254740993n]]]]);
  expect(option("startingOffsets", `'{"bids":{"0":9007199254740993}}'`)).toEqual([["bids", [[0, 9007199254740993n]]]]);
  expect(option("startingOffsets", `'{"bids":{"0":9223372036854775808}}'`)).toEqual(["`startingOffsets` has a position that is none"]);
});

test("timestamps are the language's own, and milliseconds in JSON", () => {
  const micros = Date.UTC(2024, 4, 1) * 1000;
  expect(option("startingOffsetsByTimestamp", '{ bids: { `0`: timestamp "2024-05-01 00:00:00" } }')).toEqual([["bids", [[0, micros]]]]);
  expect(option("startingOffsetsByTimestamp", `'{"bids":{"0":${micros / 1000}}}'`)).toEqual([["bids", [[0, micros]]]]);
  expect(option("startingOffsetsByTimestamp", "{ bids: { `0`: 5 } }")).toEqual(["`startingOffsetsByTimestamp` wants a constant timestamp"]);
});
