import { fork } from "node:child_process";
import { once } from "node:events";

export type Side = "plain" | "emitted";

/** One comparison: the same work by a plain loop and by an emitted module, which must give the same checksum. Each side makes its input, of so many rows, and gives what does the work. */
export interface Comparison extends Readonly<Record<Side, (rows: number) => (() => number) | Promise<() => number>>> {
  readonly name: string;
  /** How many times as fast the emitted module must be. */
  readonly goal: number;
}

export interface Measured {
  readonly name: string;
  readonly goal: number;
  /** Nanoseconds of CPU time a row, all threads; medians. */
  readonly plain: number;
  readonly emitted: number;
  readonly ratio: number;
  readonly reached: boolean;
}

/** What a contender says of one run. */
export interface Run {
  readonly result: number;
  /** CPU time, all threads. */
  readonly nanoseconds: number;
}

/** Runs that do not count: the code is made while they run. */
const warmUps = 3;

/**
 * Measures both sides, each in a process of its own, as it would have in use: neither pays for what the other leaves on the heap, nor for code that was made for another comparison. Rounds
 * follow one another without a pause, in which V8 would give up memory and code.
 */
export async function measure({ name, goal }: Comparison, rows: number, rounds: number): Promise<Measured> {
  const plain = await runsOf(name, "plain", rows, warmUps + rounds);
  const emitted = await runsOf(name, "emitted", rows, warmUps + rounds);
  const results = new Set([...plain, ...emitted].map(({ result }) => result));
  if (results.size !== 1) throw new Error(`${name}: the plain loop and the emitted module do not give the same: ${[...results].join(", ")}`);
  const [a, b] = [plain, emitted].map((runs) => median(runs.slice(warmUps).map(({ nanoseconds }) => nanoseconds / rows))) as [number, number];
  return { name, goal, plain: a, emitted: b, ratio: a / b, reached: a / b >= goal };
}

/** The runs of one side of a comparison, by a process that `contender.ts` is. */
async function runsOf(name: string, side: Side, rows: number, count: number): Promise<readonly Run[]> {
  const child = fork(new URL("contender.ts", import.meta.url), [name, side, String(rows), String(count)]);
  const runs: Run[] = [];
  child.on("message", (run) => runs.push(run as Run));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0 || runs.length !== count) throw new Error(`${name}: the ${side} side has ended with ${code}`);
  return runs;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
