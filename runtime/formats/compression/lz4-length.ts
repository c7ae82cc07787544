const frameMagic = 0x184d2204;
const skippableMagic = 0x184d2a50;
/** Bytes of a block by the number that a frame's head has for it. */
const blockSizes: readonly number[] = [0, 0, 0, 0, 65_536, 262_144, 1_048_576, 4_194_304];

/**
 * Bytes that the content of LZ4 frames has: counted, not unpacked, and no further than `most`. Throws a `RangeError` where these are no frames.
 * Most batches are known by the number of their blocks, and only what could be too long is gone through.
 */
export function lz4Length(bytes: Uint8Array, most: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const roughly = framesLength(view, bytes, Infinity, (_, __, mostOfBlock) => mostOfBlock);
  return roughly <= most ? roughly : framesLength(view, bytes, most, blockLength);
}

type BlockLength = (bytes: Uint8Array, block: readonly [start: number, end: number], mostOfBlock: number) => number;

function framesLength(view: DataView, bytes: Uint8Array, most: number, lengthOf: BlockLength): number {
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const magic = view.getUint32(at, true);
    if ((magic & 0xfffffff0) === skippableMagic) {
      at += 8 + view.getUint32(at + 4, true);
      continue;
    }
    if (magic !== frameMagic) throw new RangeError("it is no LZ4 frame");
    const flags = view.getUint8(at + 4);
    const mostOfBlock = blockSizes[(view.getUint8(at + 5) >>> 4) & 7] ?? 0;
    at += 7 + ((flags & 8) === 0 ? 0 : 8) + ((flags & 1) === 0 ? 0 : 4);
    for (;;) {
      const head = view.getUint32(at, true);
      at += 4;
      if (head === 0) break;
      const size = head & 0x7fffffff;
      if (at + size > bytes.length) throw new RangeError("a block of it is cut off");
      length += head >= 0x80000000 ? size : lengthOf(bytes, [at, at + size], mostOfBlock);
      if (length > most) return length;
      at += size + ((flags & 16) === 0 ? 0 : 4);
    }
    if ((flags & 4) !== 0) at += 4;
  }
  return length;
}

/** The sum of the literals and copies of a block. */
function blockLength(bytes: Uint8Array, [start, end]: readonly [start: number, end: number]): number {
  let length = 0;
  let at = start;
  const more = (count: number): number => {
    let total = count;
    for (let byte = count === 15 ? 255 : 0; byte === 255 && at < end; ) {
      byte = bytes[at++] ?? 0;
      total += byte;
    }
    return total;
  };
  while (at < end) {
    const token = bytes[at++] ?? 0;
    const literals = more(token >>> 4);
    length += literals;
    at += literals;
    if (at >= end) break;
    at += 2;
    length += 4 + more(token & 15);
  }
  return length;
}
