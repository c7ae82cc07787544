import { crc32OfBytes } from "../../functions/digest/crc32.ts";
import type { Compression } from "../../host/host.ts";

/** No block may become longer than this when it is unpacked. */
export const longestBlock = 256 * 1024 * 1024;

/** The codecs of container files, by the names that they have there. */
export const codecs: ReadonlySet<string> = new Set(["null", "deflate", "snappy", "zstandard"]);

/** The bytes of a block without its compression. Fails with an error of whichever library where they are no block, or one that is too long. */
export async function unpacked(codec: string, bytes: Uint8Array, compression: Compression): Promise<Uint8Array> {
  switch (codec) {
    case "deflate":
      return compression.inflate(bytes, longestBlock);
    case "snappy":
      return snappyBlock(bytes);
    case "zstandard":
      return zstandardBlock(bytes);
    default:
      return bytes;
  }
}

/** Snappy, and behind it the checksum of what was packed. */
async function snappyBlock(bytes: Uint8Array): Promise<Uint8Array> {
  const length = snappyLength(bytes);
  const { compressors } = await import("hyparquet-compressors");
  const content = compressors.SNAPPY?.(bytes.subarray(0, -4), length) ?? new Uint8Array(0);
  const sum = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4).getUint32(0);
  if (crc32OfBytes(content) !== sum) throw new RangeError("the checksum is wrong");
  return content;
}

/** What snappy says the length is: seven bits a byte, the lowest first. */
function snappyLength(bytes: Uint8Array): number {
  let length = 0;
  for (let at = 0; at < 5 && at < bytes.length - 4; at++) {
    const byte = bytes[at] ?? 0;
    length += (byte & 0x7f) * 128 ** at;
    if (byte < 0x80) {
      if (length > longestBlock) throw new RangeError(`${length} bytes, more than ${longestBlock}`);
      return length;
    }
  }
  throw new RangeError("it has no length");
}

async function zstandardBlock(bytes: Uint8Array): Promise<Uint8Array> {
  const { decompressZstd } = await import("hyparquet-compressors");
  const content = decompressZstd(bytes);
  if (content.length > longestBlock) throw new RangeError(`${content.length} bytes, more than ${longestBlock}`);
  return content;
}
