import fc from "fast-check";
import { QueueRegistry } from "../../runtime/connectors/queue.ts";
import { capturedResult } from "../../runtime/query/capture-reader.ts";
import type { JobDefinition } from "../../runtime/query/definition.ts";
import { startHarness, type RecordedBatch } from "../../runtime/testing/index.ts";
import { compileText, loadJob } from "./load-job.ts";
import { randomInputs } from "./random-pipeline.ts";

type Row = Readonly<Record<string, number | null>>;

/** What comes into one batch; `restart`: the query is started anew before it. */
export interface Step {
  readonly restart: boolean;
  readonly ones: readonly Row[];
  readonly twos: readonly Row[];
}

const small = fc.integer({ min: 0, max: 4 });
/** The batches of a random run. */
export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    restart: fc.boolean(),
    ones: fc.array(fc.record({ a: small, b: fc.option(small), c: small }), { maxLength: 5 }),
    twos: fc.array(fc.record({ d: small, e: fc.option(small), f: small }), { maxLength: 5 }),
  }),
  { minLength: 1, maxLength: 5 },
);
export const sideRows: readonly Row[] = [{ g: 0, h: 1 }, { g: 1, h: 2 }, { g: 1, h: 3 }, { g: 3, h: 0 }];

/** A job of one sink, or undefined where the laws of streaming refuse what was drawn. `streams`: declarations that the pipeline uses. */
export function jobOf(pipeline: string, mode: "update" | "complete", optimize: boolean, streams = ""): JobDefinition | undefined {
  try {
    return loadJob(compileText(`${randomInputs} ${streams} sink out = ${pipeline} into memory() mode ${mode}`, { optimize }));
  } catch (error) {
    // Refused by a law (E3…): drawn for nothing. Anything else is a fault.
    if (error instanceof Error && /^E3\d{3}:/m.test(error.message) && !/^E[1245679]\d{3}:/m.test(error.message)) return undefined;
    throw error;
  }
}

/** What a job gives in these batches, and at the end of its input. */
export async function streamed(job: JobDefinition, given: readonly Step[]): Promise<readonly RecordedBatch[]> {
  const harness = startHarness(job);
  const inputs = new Set(Object.values(job.queries[0]?.reads ?? {}).map(({ input }) => input));
  if (inputs.has("side")) harness.queues.handle("side").add(sideRows);
  const batches: RecordedBatch[] = [];
  for (const { ones, twos, restart } of given) {
    if (restart) batches.push(...(await harness.restart()));
    batches.push(...(await harness.step({ ...(inputs.has("ones") ? { ones } : {}), ...(inputs.has("twos") ? { twos } : {}) })));
  }
  for (const input of inputs) harness.queues.handle(input).close();
  batches.push(...(await harness.restart({ mode: "drain" })), ...(await harness.finish()));
  if (harness.failure !== undefined) throw harness.failure;
  return batches;
}

/** What a job gives as a batch over all rows. */
export async function bounded(job: JobDefinition, given: readonly Step[]): Promise<readonly string[]> {
  const queues = new QueueRegistry();
  const inputs = new Set(Object.values(job.queries[0]?.reads ?? {}).map(({ input }) => input));
  const rows = { ones: given.flatMap(({ ones }) => ones), twos: given.flatMap(({ twos }) => twos), side: sideRows };
  for (const [name, all] of Object.entries(rows)) {
    if (!inputs.has(name)) continue;
    queues.handle(name).add(all);
    queues.handle(name).close();
  }
  const harness = startHarness(job, { mode: "batch", checkpoint: null, queues });
  const batches = await harness.finish();
  if (harness.failure !== undefined) throw harness.failure;
  return resultOf(job, batches);
}

/** The rows that are there at the end, in no order. */
export function resultOf(job: JobDefinition, batches: readonly RecordedBatch[]): readonly string[] {
  const output = job.queries[0]?.outputs[0];
  const captured = batches.map(({ id, attempt, rows }) => ({ query: "out", batch: id, attempt, rows, end: undefined }));
  return [...capturedResult(captured, output?.mode ?? "append", output?.key)].sort();
}
