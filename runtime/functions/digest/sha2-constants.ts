// FIPS 180-4 takes its constants from the fractions of the square and cube roots of the first primes; they are worked out here
// instead of being listed. SHA-256 has the upper halves of SHA-512's.

/** The first 64 bits of the fractions of the cube roots of the first 80 primes. */
export const roundConstants: readonly bigint[] = firstPrimes(80).map((prime) => BigInt.asUintN(64, root(BigInt(prime) << 192n, 3n)));

/** The first 64 bits of the fractions of the square roots of the first 16 primes. */
export const startConstants: readonly bigint[] = firstPrimes(16).map((prime) => BigInt.asUintN(64, root(BigInt(prime) << 128n, 2n)));

function firstPrimes(count: number): readonly number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  return primes;
}

/** The whole part of a root, by Newton's method from above. */
function root(value: bigint, degree: bigint): bigint {
  let guess = 1n << (BigInt(value.toString(2).length) / degree + 1n);
  for (;;) {
    const next = ((degree - 1n) * guess + value / guess ** (degree - 1n)) / degree;
    if (next >= guess) return guess;
    guess = next;
  }
}
