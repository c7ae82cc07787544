import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, it } from "vitest";
import { tryDurationFromText } from "../../../runtime/functions/cast-duration.ts";
import { readDurationWords } from "../../../runtime/time/duration-words-text.ts";
import { askPython, hasPython } from "../../support/python-answers.ts";

// A duration that is given by --param is read by a program of Spark as the module for Node reads it, or refused by both.

const micros = (text: string): number | null => tryDurationFromText(text) ?? readDurationWords(text);

// The tests of sluice_spark.py bring a stand-in where pyspark is not installed.
const script = `
import datetime, json, sys
sys.path.insert(0, ${JSON.stringify(fileURLToPath(new URL(".", import.meta.url)))})
import sluice_spark_test
values = [sluice_spark_test.sluice.duration_of(text) for text in json.load(sys.stdin)]
print(json.dumps([None if value is None else value // datetime.timedelta(microseconds=1) for value in values]))
`;

const taken: Readonly<Record<string, number>> = {
  "5 minutes": 300e6,
  "1 hour 30 minutes": 5400e6,
  " 2\tweeks ": 1_209_600e6,
  "250 ms": 250_000,
  "1 microsecond 1 millisecond": 1001,
  "\ufeff1 day\u00a0": 86_400e6,
  PT5M: 300e6,
  P1DT2H: 93_600e6,
  "-PT0.5S": -500_000,
  "\u007f+PT0.000001S\u0000": 1,
  "1 02:03:04.5": 93_784.5e6,
  "-0 00:00:01.1234567": -1_123_456,
  "INTERVAL '1 00:00:00' DAY TO SECOND": 86_400e6,
  "interval\u2003-'-1 00:00:00' day to second": 86_400e6,
  "INTERVAL -'0 00:00:01' DAY TO SECOND": -1e6,
  "9007199254740991 microseconds": Number.MAX_SAFE_INTEGER,
  "104249 23:47:34.740991": Number.MAX_SAFE_INTEGER,
  "104249991374 microseconds 7 ms": 104_249_998_374,
};

const refused = [
  "", " ", "5", "x minutes", "5 minutes x", "PT", "P", "P1W", "PT1", "5 fortnights", "-5 minutes", "1.5 hours", "5minutes", "5 minutes, 3 seconds", "5\nminutes", "5 mss", "5 mss s", "5 Minutes", "٥ minutes",
  "999999999999 days", "104249 23:47:34.740992", "9007199254740992 microseconds", "P999999999999D", "999999999999 00:00:00", "1 24:00:00", "1 00:60:00", "1 00:00:60", "1 02:03", "1 02:03:04.", "1 02:03:04.1234567891",
  "INTERVAL 'PT5M' DAY TO SECOND", "INTERVAL '1' DAY", "ıNTERVAL '1 00:00:00' DAY TO SECOND", `${"0".repeat(5000)}5 ${"9".repeat(5000)}`, `${"9".repeat(5000)} days`, "PT0.1234567S", "\u0085PT5M",
];

it.skipIf(!hasPython)("Spark reads a duration as Node does, to the microsecond", () => {
  const texts = [...Object.keys(taken), ...refused, `${"0".repeat(5000)}5 days`];
  expect(texts.map(micros)).toEqual([...Object.values(taken), ...refused.map(() => null), 432_000e6]);
  expect(askPython(script, texts)).toEqual(texts.map(micros));
});

it.skipIf(!hasPython)("whatever the text", () => {
  const pieces = ["1", "07", "5", "999999999999", ".", ":", " ", " ", "\t", "-", "+", "P", "T", "D", "H", "M", "S", "day", "days", "hours", "ms", "s", "seconds", "weeks", "INTERVAL ", "'", " DAY TO SECOND", "1 02:03:04", "PT5M", "\u00a0", "\ufeff", "\u0001", "\n"];
  const pieced = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(""));
  const counted = fc.array(fc.tuple(fc.nat({ max: 400_000 }), fc.constantFrom("day", "hours", "ms", "microseconds", "weeks")).map(([count, unit]) => `${count} ${unit}`), { maxLength: 3 }).map((parts) => parts.join(" "));
  const texts = fc.sample(fc.oneof(pieced, counted), { seed: 31, numRuns: 4000 });
  const expected = texts.map(micros);
  expect(expected.filter((value) => value !== null).length).toBeGreaterThan(500);
  expect(askPython(script, texts)).toEqual(expected);
});
