/** FNV-1a of 64 bits over bytes or UTF-16 code units, as 16 hexadecimal digits. */
export function fnvHash(units: Iterable<number>): string {
  let hash = 0xcbf29ce484222325n;
  for (const unit of units) hash = BigInt.asUintN(64, (hash ^ BigInt(unit)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}
