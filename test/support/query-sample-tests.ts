import { beforeAll, describe, expect, it } from "vitest";
import { loadQuerySample, rechunked, type QuerySample } from "./query-sample.ts";
import { runSample, type PlannedCrash, type SampleOutcome } from "./run-sample.ts";
import { goldenTest, sampleFolders } from "./samples.ts";

/**
 * The tests of every `of`th query sample from number `part` on: it runs straight, crashed at its fault points, re-chunked and bounded. They stand in several files, which
 * run side by side.
 */
export function testQuerySamples(part: number, of: number): void {
  const samples = sampleFolders("queries").map((folder, number) => ({ ...folder, number }));
  describe.each(samples.filter(({ number }) => number % of === part))("$name", ({ number, ...folder }) => {
    let sample: QuerySample;
    let straight: SampleOutcome;

    beforeAll(async () => {
      sample = await loadQuerySample(folder);
      straight = await runSample(sample);
    });

    it("gives what its goldens say", () => {
      const rows = Object.entries(straight.results).flatMap(([sink, texts]) => texts.map((text) => `{"sink":${JSON.stringify(sink)},"row":${text}}\n`));
      goldenTest(rows.join(""), `${folder.path}/expected.jsonl`);
      goldenTest(byQuery(straight.capture), `${folder.path}/capture.jsonl`);
    });

    it("gives the same with its input cut into other files and batches", async () => {
      if (sample.batchesMatter === true) return;
      for (const into of ["one file", "a file a record"] as const) {
        const other = await runSample(sample, { inputs: rechunked(sample.inputs, into), queuesAtOnce: into === "one file" });
        expect(ordered(other), into).toEqual(ordered(straight));
      }
    });

    it("gives the same as a bounded run", async () => {
      if (Object.keys(sample.queues).length > 0 || sample.batchesMatter === true) return;
      const bounded = await runSample(sample, { mode: "batch" });
      expect(ordered(bounded)).toEqual(ordered(straight));
    });

    /** The rows of each sink, sorted where only their order depends on the batches. */
    function ordered({ results }: SampleOutcome): SampleOutcome["results"] {
      return sample.orderOfBatches === true ? Object.fromEntries(Object.entries(results).map(([sink, rows]) => [sink, [...rows].sort()])) : results;
    }

    it("gives the same after a crash at any fault point", async () => {
      for (const crash of crashesOf(straight.reached, number)) {
        const name = `${crash.point} ${crash.occurrence}, ${crash.loss}`;
        const outcome = await runSample(sample, { crash });
        expect(outcome.crashed, name).toBe(true);
        expect(outcome.results, name).toEqual(straight.results);
      }
    });
  });
}

/**
 * Each point the first time, in the middle of the run, and at its end, which closes the input. A crash is a power loss, which loses all that was not synced, or a kill, which keeps what
 * was written: they take turns, from sample to sample too, so that each point meets both; `SAMPLE_CRASHES=all` has both everywhere.
 */
function crashesOf(reached: readonly string[], sample: number): readonly PlannedCrash[] {
  const counts = new Map<string, number>();
  for (const point of reached) counts.set(point, (counts.get(point) ?? 0) + 1);
  const losses = ["power loss", "kill"] as const;
  return [...counts].flatMap(([point, count], at) =>
    [...new Set([1, (count + 1) >> 1, count])].flatMap((occurrence, turn): readonly PlannedCrash[] =>
      losses.filter((_, loss) => process.env["SAMPLE_CRASHES"] === "all" || (sample + at + turn + loss) % 2 === 0).map((loss) => ({ point, occurrence, loss })),
    ),
  );
}

/** The lines of a capture, those of one query together: how the queries of a job take turns is no part of the result. */
function byQuery(capture: string): string {
  const queryOf = (line: string): string => line.slice(0, line.indexOf(",") + 1);
  const lines = capture.split(/(?<=\n)/);
  const queries = [...new Set(lines.map(queryOf))].sort();
  return queries.flatMap((query) => lines.filter((line) => queryOf(line) === query)).join("");
}
