/** The batch that random values belong to: they begin anew with each attempt, and the same way in every attempt of one batch. */
export interface RandomBatch {
  readonly id: number;
}

/** Gives the next 32 random bits. */
type Generator = () => number;

const generators = new WeakMap<RandomBatch, Map<number, Generator>>();

/** Spark's `rand`: the next number from 0 up to but not including 1, of the sequence of a seed in this batch. */
export function nextRandom(batch: RandomBatch, seed: number | bigint = 0): number {
  const next = generatorOf(batch, seed);
  return ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 9_007_199_254_740_992;
}

/** Spark's `randn`: the next number of the standard normal distribution. */
export function nextNormal(batch: RandomBatch, seed: number | bigint = 0): number {
  const radius = Math.sqrt(-2 * Math.log(1 - nextRandom(batch, seed)));
  return radius * Math.cos(2 * Math.PI * nextRandom(batch, seed));
}

/** Spark's `uuid`: a random UUID of version 4. */
export function nextUuid(batch: RandomBatch): string {
  const next = generatorOf(batch, 0);
  const digits = [next(), next(), next(), next()].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 3) | 8).toString(16);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
}

/** Spark's `shuffle`: the elements of an array in random order. */
export function shuffled<T>(items: readonly T[], batch: RandomBatch, seed: number | bigint = 0): readonly T[] {
  const keyed = items.map((item) => ({ item, key: nextRandom(batch, seed) }));
  return keyed.sort((left, right) => left.key - right.key).map(({ item }) => item);
}

function generatorOf(batch: RandomBatch, seed: number | bigint): Generator {
  const ofBatch = generators.get(batch) ?? new Map<number, Generator>();
  generators.set(batch, ofBatch);
  const key = Number(BigInt.asUintN(32, BigInt(seed)));
  const generator = ofBatch.get(key) ?? xorShift(batch.id, key);
  ofBatch.set(key, generator);
  return generator;
}

/** Marsaglia's xorshift of 128 bits; its state is made of the batch's number and the seed. */
function xorShift(batch: number, seed: number): Generator {
  let [a, b, c, d] = [scrambled(seed), scrambled(batch + 0x9e3779b9), scrambled(seed ^ 0x85ebca6b), scrambled(batch ^ 0xc2b2ae35) | 1];
  const next = (): number => {
    const mixed = a ^ (a << 11);
    [a, b, c] = [b, c, d];
    d = d ^ (d >>> 19) ^ mixed ^ (mixed >>> 8);
    return d | 0;
  };
  for (let warm = 0; warm < 16; warm++) next();
  return next;
}

function scrambled(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  const twice = Math.imul(once ^ (once >>> 15), 0x846ca68b);
  return twice ^ (twice >>> 16);
}
