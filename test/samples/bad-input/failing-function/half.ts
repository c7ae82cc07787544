export function half(v: bigint): bigint {
  if (v % 2n !== 0n) throw new Error(`${v} is odd`);
  return v / 2n;
}
