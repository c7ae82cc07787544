import { sha256Text } from "./sha256.ts";
import { sha512Text } from "./sha512.ts";

/** Spark's `sha2`: the digest of 224, 256 (0 means this), 384 or 512 bits; null for any other number. */
export function sha2Text(message: Uint8Array, bits: number): string | null {
  switch (bits) {
    case 0:
      return sha256Text(message, 256);
    case 224:
    case 256:
      return sha256Text(message, bits);
    case 384:
    case 512:
      return sha512Text(message, bits);
    default:
      return null;
  }
}
