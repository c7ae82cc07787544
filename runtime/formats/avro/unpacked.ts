import { crc32OfBytes } from "../../functions/digest/crc32.ts";
import type { Compression } from "../../host/host.ts";
import { snappyLength } from "../compression/snappy-length.ts";
import { TooLong } from "../compression/too-long.ts";
import { zstdSize } from "../compression/zstd-frames.ts";

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
  const length = snappyLength(bytes.subarray(0, -4));
  if (length > longestBlock) throw new TooLong(longestBlock, length);
  const { compressors } = await import("hyparquet-compressors");
  const content = compressors.SNAPPY?.(bytes.subarray(0, -4), length) ?? new Uint8Array(0);
  const sum = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4).getUint32(0);
  if (crc32OfBytes(content) !== sum) throw new RangeError("the checksum is wrong");
  return content;
}

/** The sizes in the heads are looked at first: what unpacks it makes room for a window at once, and for all that a few bytes of repeats stand for. */
async function zstandardBlock(bytes: Uint8Array): Promise<Uint8Array> {
  const { most, window } = zstdSize(bytes);
  if (Math.max(most, window) > longestBlock) throw new TooLong(longestBlock, Math.max(most, window));
  const { decompressZstd } = await import("hyparquet-compressors");
  return decompressZstd(bytes);
}
