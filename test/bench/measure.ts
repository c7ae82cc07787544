/** One comparison: the same work by a plain loop and by an emitted module, which must give the same checksum. */
export interface Comparison {
  readonly name: string;
  /** How many times as fast the emitted module must be. */
  readonly goal: number;
  plain(): number;
  emitted(): number;
}

export interface Measured {
  readonly name: string;
  readonly goal: number;
  /** Nanoseconds of CPU time a row, all threads; medians. */
  readonly plain: number;
  readonly emitted: number;
  /** The median of the ratios of each round. */
  readonly ratio: number;
  readonly reached: boolean;
}

/** Measures in rounds of one plain and one emitted run each, after two that do not count. */
export function measure(comparison: Comparison, rows: number, rounds: number): Measured {
  const plain: number[] = [];
  const emitted: number[] = [];
  const ratios: number[] = [];
  for (let round = -2; round < rounds; round++) {
    const a = timed(() => comparison.plain());
    const b = timed(() => comparison.emitted());
    if (a.result !== b.result) throw new Error(`${comparison.name}: the plain loop gives ${a.result}, the emitted module ${b.result}`);
    if (round < 0) continue;
    plain.push(a.nanoseconds / rows);
    emitted.push(b.nanoseconds / rows);
    ratios.push(a.nanoseconds / b.nanoseconds);
  }
  const ratio = median(ratios);
  return { name: comparison.name, goal: comparison.goal, plain: median(plain), emitted: median(emitted), ratio, reached: ratio >= comparison.goal };
}

function timed(run: () => number): { readonly result: number; readonly nanoseconds: number } {
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  return { result, nanoseconds: (user + system) * 1000 };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
