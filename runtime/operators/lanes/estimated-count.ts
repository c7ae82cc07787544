/** 1 / (2 ln 2): what an estimate is scaled by with endlessly many registers. */
const endless = 0.5 / Math.LN2;

/**
 * How many different values 2^b registers stand for. The estimate of HyperLogLog++ (doi.org/10.1145/2452376.2452456) as Spark's
 * HyperLogLogPlusPlusHelper puts it together, but that its bias between 2.5 and five values a register is computed from the expected
 * state of the registers instead of taken from a measured table.
 */
export function estimatedCount(registers: Uint8Array): number {
  const size = registers.length;
  const bits = Math.log2(size);
  let sum = 0;
  let empty = 0;
  for (const rank of registers) {
    sum += 2 ** -rank;
    if (rank === 0) empty++;
  }
  const raw = (scaleOf(bits, size) * size * size) / sum;
  // With few values the empty registers tell more.
  if (empty > 0 && raw <= 2.5 * size) return Math.round(size * Math.log(size / empty));
  return Math.round(raw < 5 * size ? withoutBias(raw / size) * size : raw);
}

function scaleOf(bits: number, size: number): number {
  if (bits === 4) return 0.673;
  if (bits === 5) return 0.697;
  return bits === 6 ? 0.709 : 0.7213 / (1 + 1.079 / size);
}

/** The number of values a register for which `estimate` a register is to be expected: bisection of a rising function. */
function withoutBias(estimate: number): number {
  let [low, high] = [0, estimate];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (endless / expectedPart(middle) < estimate) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The expected 2^-rank of a register to which values come with this mean (by Poisson's distribution). */
function expectedPart(mean: number): number {
  let part = 0;
  let below = 0;
  for (let rank = 0; rank < 64; rank++) {
    const upTo = Math.exp(-mean / 2 ** rank);
    part += (upTo - below) / 2 ** rank;
    below = upTo;
  }
  return part;
}
