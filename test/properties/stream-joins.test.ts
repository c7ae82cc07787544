import fc from "fast-check";
import { expect, it } from "vitest";
import type { RunMode } from "../../runtime/query/run-mode.ts";
import { compileText, loadJob } from "../support/load-job.ts";
import type { InputFile } from "../support/query-sample.ts";
import { runSample } from "../support/run-sample.ts";

const head = `
  source l: { k: int?, g: string, v: int?, t: timestamp, e: timestamp } from file("in/l", format: "json", maxFilesPerTrigger: 1)
  source r: { k: int?, g: string, v: int?, t: timestamp, e: timestamp } from file("in/r", format: "json", maxFilesPerTrigger: 1)
  stream L = l |> watermark t delay 10 seconds late drop
  stream R = r |> watermark t delay 20 seconds late drop
`;

const keys = ["L.k = R.k", "L.k is not distinct from R.k", "L.g = R.g and L.k = R.k"];
const times = ["R.t between L.t - 20 seconds and L.t + 30 seconds", "L.t = R.t", "tumbling(L.t, 30 seconds) = tumbling(R.t, 30 seconds)", "R.t > L.t - 15 seconds and R.t <= L.t + 1 minute", "R.t between L.t and L.e"];
const others = ["true", "L.v > 3", "R.v > 3", "L.v > R.v", "(L.v > 2 or R.v is null)", "coalesce(L.v, 0) + 1 > 2 and R.v != 4"];
const condition = fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...times), fc.constantFrom(...others)).map((parts) => parts.join(" and "));
const pairs = "|> where coalesce(L.v, 7) != 2 |> select L.k as a, R.k as b, L.v as c, R.v as d, L.t as t";
const kinds: Readonly<Record<string, string>> = { inner: pairs, left: pairs, right: pairs, full: pairs, semi: "|> select L.k as a, L.v as b, L.t as t", anti: "|> select L.k as a, L.v as b, L.t as t" };

const start = Date.UTC(2024, 0, 1);
const timestamp = (second: number): string => new Date(start + second * 1000).toISOString();
const row = fc.record({ k: fc.constantFrom(1, 2, null), g: fc.constantFrom("x", "y"), v: fc.option(fc.integer({ min: 1, max: 6 })), second: fc.integer({ min: 0, max: 300 }), early: fc.integer({ min: 0, max: 9 }), length: fc.integer({ min: 0, max: 40 }) });

/** The rows of a stream, out of order by less than the delay. */
const stream = fc.array(row, { minLength: 1, maxLength: 25 }).map((rows) =>
  [...rows]
    .sort((a, b) => a.second - b.second)
    .map(({ second, early, length, ...rest }) => JSON.stringify({ ...rest, t: timestamp(Math.max(0, second - early)), e: timestamp(second + length) })),
);
const cuts = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 });

/** A stream as files of so many rows each. */
function files(folder: string, lines: readonly string[], sizes: readonly number[]): readonly InputFile[] {
  const found: InputFile[] = [];
  for (let at = 0, n = 0; at < lines.length; at += sizes[n % sizes.length] ?? 1, n++) {
    found.push({ path: `in/${folder}/${String(n).padStart(3, "0")}.jsonl`, bytes: Buffer.from(`${lines.slice(at, at + (sizes[n % sizes.length] ?? 1)).join("\n")}\n`) });
  }
  return found;
}

/** The rows of a job, in no order. */
async function rowsOf(text: string, inputs: readonly InputFile[], { mode = "drain", optimize = true }: { readonly mode?: RunMode; readonly optimize?: boolean } = {}): Promise<readonly string[]> {
  const job = loadJob(compileText(`${head}sink out = ${text} into memory()`, { optimize }));
  const { results } = await runSample({ job, mode, params: {}, env: {}, inputs, queues: {} });
  return [...(results["out"] ?? [])].sort();
}

it("a join of two streams gives in the end what it gives over all rows at once, however they are cut into batches, optimized or not", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.entries(kinds)), condition, stream, stream, cuts, cuts, async ([kind, above], on, left, right, one, other) => {
      const text = `L |> join ${kind} R on ${on} ${above}`;
      const cut = [...files("l", left, one), ...files("r", right, other)];
      const whole = await rowsOf(text, cut, { mode: "batch" });
      expect(await rowsOf(text, cut)).toEqual(whole);
      expect(await rowsOf(text, [...files("l", left, other), ...files("r", right, [25])])).toEqual(whole);
      expect(await rowsOf(text, cut, { optimize: false })).toEqual(whole);
    }),
    { numRuns: 30 },
  );
});

it("a left join is the right join of its sides the other way round", async () => {
  await fc.assert(
    fc.asyncProperty(condition, stream, stream, cuts, async (on, left, right, sizes) => {
      const inputs = [...files("l", left, sizes), ...files("r", right, sizes)];
      expect(await rowsOf(`R |> join right L on ${on} ${pairs}`, inputs)).toEqual(await rowsOf(`L |> join left R on ${on} ${pairs}`, inputs));
    }),
    { numRuns: 10 },
  );
});
