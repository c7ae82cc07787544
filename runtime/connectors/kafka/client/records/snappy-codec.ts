import { snappyLength } from "../../../../formats/compression/snappy-length.ts";
import { SnappyLoader } from "../../../../formats/compression/snappy-loader.ts";
import { TooLong } from "../../../../formats/compression/too-long.ts";

/** The head of the framing that Java's clients write: magic, version 1, oldest version that reads it. */
const head = Uint8Array.of(0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1);
const blockBytes = 32_768;

/** Snappy in the framing of Java's clients, which not all of them can do without. */
export async function toSnappy(bytes: Uint8Array): Promise<Uint8Array> {
  const snappy = await SnappyLoader.loaded();
  const blocks: Uint8Array[] = [];
  let total = head.length;
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const block = snappy.compress(bytes.subarray(at, at + blockBytes));
    blocks.push(block);
    total += 4 + block.length;
  }
  const out = new Uint8Array(total);
  const view = new DataView(out.buffer);
  out.set(head);
  let at = head.length;
  for (const block of blocks) {
    view.setInt32(at, block.length);
    out.set(block, at + 4);
    at += 4 + block.length;
  }
  return out;
}

/** Reads both: with the framing, and the plain format of other clients. The content has `most` bytes at most (`TooLong`). */
export async function fromSnappy(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  const snappy = await SnappyLoader.loaded();
  const packed = hasHead(bytes) ? blocksOf(bytes) : [bytes];
  const total = packed.reduce((sum, block) => sum + snappyLength(block), 0);
  if (total > most) throw new TooLong(most, total);
  if (packed.length === 1) return snappy.uncompress(packed[0] ?? bytes);
  const out = new Uint8Array(total);
  let at = 0;
  for (const each of packed) {
    const block = snappy.uncompress(each);
    out.set(block, at);
    at += block.length;
  }
  return out;
}

function blocksOf(bytes: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks: Uint8Array[] = [];
  for (let at = head.length; at < bytes.length; ) {
    const end = at + 4 + view.getUint32(at);
    if (end > bytes.length) throw new RangeError("a block of it is cut off");
    blocks.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return blocks;
}

function hasHead(bytes: Uint8Array): boolean {
  // The versions may differ.
  return bytes.length >= head.length && head.subarray(0, 8).every((byte, index) => bytes[index] === byte);
}
