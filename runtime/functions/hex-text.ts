const encoder = new TextEncoder();

/** Spark's `hex` of a number: 64 bits in two's complement, upper case, without leading zeros. */
export function hexLong(value: number | bigint): string {
  if (typeof value === "number" && value >= 0) return value.toString(16).toUpperCase();
  return BigInt.asUintN(64, BigInt(value)).toString(16).toUpperCase();
}

/** Spark's `hex` of a string: its UTF-8 bytes, two digits each. */
export function hexText(text: string): string {
  return hexBytes(encoder.encode(text));
}

/** Spark's `hex` of bytes. */
export function hexBytes(bytes: Uint8Array): string {
  let out = "";
  for (const byte of bytes) out += (byte < 16 ? "0" : "") + byte.toString(16);
  return out.toUpperCase();
}
