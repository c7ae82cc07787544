import { toBuffer } from "./compression/to-buffer.ts";

/** The integer that bytes hold: big-endian, two's complement; no byte is zero. */
export function signedInteger(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt.asIntN(bytes.length * 8, BigInt(`0x${toBuffer(bytes).toString("hex")}`));
}
