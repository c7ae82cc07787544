import fc from "fast-check";
import { expect, it } from "vitest";
import { seeded } from "../../examples/seeded.ts";
import { readCapture } from "../../runtime/query/capture-reader.ts";
import { compileText, loadJob } from "../support/load-job.ts";
import { machineWith, runOn, sinkLines, type InputFile } from "../examples/machine.ts";

const job = loadJob(
  compileText(
    `schema Event { id: int, k: string, at: timestamp }
     source events: Event from file("/data", format: "json", maxFilesPerTrigger: 1, malformed: bad)
     sink bad into file("/bad", format: "json")
     sink late into file("/late", format: "json")
     sink counts =
       events
       |> where k != "filtered"
       |> watermark at delay 1 minute late into late
       |> aggregate count() as n group by k, tumbling(at, 1 minute)
       into memory()`,
    { optimize: true },
  ),
);

/** What was made, by kind. */
interface Made {
  readonly files: readonly InputFile[];
  readonly rows: number;
  readonly malformed: number;
  readonly filtered: number;
  /** Rows two hours back, which no window can take any more. Those of the first files may come before the watermark has moved. */
  readonly back: number;
}

const malformedLines = ['{"id":1,"k":"a"', '{"id":"x","k":"a","at":"2024-01-01T00:00:00Z"}', "no json", '{"id":1,"k":"a","at":"noon"}', "[1]"];

/** Six files of 300 lines: one in a hundred is no record, one in a hundred is too late. */
const made: fc.Arbitrary<Made> = fc.nat().map((seed) => {
  const random = seeded(seed);
  let [malformed, filtered, back] = [0, 0, 0];
  const lines = Array.from({ length: 1800 }, (_, at) => {
    const [draw, seconds] = [Math.floor(random() * 1000), Math.floor(random() * 60)];
    if (draw < 10) {
      malformed++;
      return malformedLines[draw % malformedLines.length] ?? "";
    }
    const k = draw % 10 === 3 ? "filtered" : `k${draw % 7}`;
    const isBack = draw < 20 && k !== "filtered";
    if (k === "filtered") filtered++;
    if (isBack) back++;
    return JSON.stringify({ id: at, k, at: new Date(Date.UTC(2024, 0, 1) + at * 1000 - seconds * 1000 - (isBack ? 7_200_000 : 0)).toISOString() });
  });
  const files = [0, 1, 2, 3, 4, 5].map((file) => ({ name: `${file}.json`, text: `${lines.slice(file * 300, (file + 1) * 300).join("\n")}\n` }));
  return { files, rows: lines.length, malformed, filtered, back };
});

it("rows in are rows out, filtered, late and malformed", async () => {
  await fc.assert(
    fc.asyncProperty(made, async ({ files, rows, malformed, filtered, back }) => {
      const host = machineWith(files);
      expect(await runOn(host, job, ["--drain", "--checkpoint", "/checkpoints", "--progress", "json"]), host.stderr).toBe(0);
      const batches = readCapture(host.fs.text("/capture") ?? "");
      const total = (count: (batch: (typeof batches)[number]) => number | undefined): number => batches.reduce((sum, batch) => sum + (count(batch) ?? 0), 0);
      const counted = total((batch) => batch.rows.reduce((sum, { json }) => sum + (JSON.parse(json) as { readonly n: number }).n, 0));
      const late = total(({ end }) => end?.late);

      expect(counted + filtered + late + malformed).toBe(rows);
      expect(total(({ end }) => end?.malformed)).toBe(malformed);
      expect(total(({ end }) => end?.inputRows)).toBe(rows);
      expect(total(({ end }) => end?.outputRows)).toBe(batches.flatMap((batch) => batch.rows).length);
      expect(late).toBeLessThanOrEqual(back);
      expect(Math.min(counted, filtered, late, malformed)).toBeGreaterThan(0);
      expect(sinkLines(host, "/bad")).toHaveLength(malformed);
      expect(sinkLines(host, "/late")).toHaveLength(late);
      expect(sinkLines(host, "/late").every((line) => line.includes('"step":"counts/aggregate"'))).toBe(true);

      const dropped = host.stderr.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as { readonly stateOperators: readonly { readonly numRowsDroppedByWatermark: number }[] }] : []));
      expect(dropped.reduce((sum, { stateOperators }) => sum + stateOperators.reduce((of, operator) => of + operator.numRowsDroppedByWatermark, 0), 0)).toBe(late);
    }),
    { numRuns: 6 },
  );
});
