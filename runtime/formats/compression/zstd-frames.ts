/** What the heads of frames and of their blocks say (RFC 8878, 3.1.1), before anything is unpacked. */
export interface ZstdSize {
  /** Bytes that the content has at most, and at least. */
  readonly most: number;
  readonly least: number;
  /** Bytes that whoever unpacks it in a stream keeps at a time: the largest window. */
  readonly window: number;
  /** Whether every frame says the size of its content. */
  readonly isSaid: boolean;
}

const frameMagic = 0xfd2fb528;
const skippableMagic = 0x184d2a50;
const mostBlock = 128 * 1024;
const raw = 0;
const repeated = 1;
const reserved = 3;

/** How large the content of these bytes can be. A block of repeats and a compressed one of a few bytes stand for up to 128 KiB each. Throws a `RangeError` where they are no frames, or a frame's blocks cannot have what it says. */
export function zstdSize(bytes: Uint8Array): ZstdSize {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let most = 0;
  let least = 0;
  let window = 0;
  let isSaid = true;
  for (let at = 0; at < bytes.length; ) {
    const magic = view.getUint32(at, true);
    if ((magic & 0xfffffff0) === skippableMagic) {
      at += 8 + view.getUint32(at + 4, true);
      continue;
    }
    if (magic !== frameMagic) throw new RangeError("it is no zstd frame");
    const head = headOf(view, at + 4);
    const blocks = blocksOf(view, head.end, Math.min(mostBlock, head.window));
    if (head.size !== undefined && head.size > blocks.most) throw new RangeError(`its blocks cannot have the ${head.size} bytes that it says`);
    most += head.size ?? blocks.most;
    least += head.size ?? blocks.least;
    window = Math.max(window, head.window);
    isSaid &&= head.size !== undefined;
    at = blocks.end + (head.hasChecksum ? 4 : 0);
    if (at > bytes.length) throw new RangeError("it ends too soon");
  }
  return { most, least, window, isSaid };
}

interface FrameHead {
  readonly size: number | undefined;
  readonly window: number;
  readonly hasChecksum: boolean;
  readonly end: number;
}

function headOf(view: DataView, at: number): FrameHead {
  const descriptor = view.getUint8(at);
  const isOneSegment = (descriptor & 0x20) !== 0;
  let end = at + 1;
  let window = 0;
  if (!isOneSegment) {
    const byte = view.getUint8(end++);
    const base = 2 ** (10 + (byte >>> 3));
    window = base + (base / 8) * (byte & 7);
  }
  end += [0, 1, 2, 4][descriptor & 3] ?? 0;
  const form = descriptor >>> 6;
  let size: number | undefined;
  if (form === 3) size = Number(view.getBigUint64(end, true));
  else if (form === 2) size = view.getUint32(end, true);
  else if (form === 1) size = view.getUint16(end, true) + 256;
  else if (isOneSegment) size = view.getUint8(end);
  end += form === 0 ? (isOneSegment ? 1 : 0) : 2 ** form;
  return { size, window: isOneSegment ? (size ?? 0) : window, hasChecksum: (descriptor & 4) !== 0, end };
}

function blocksOf(view: DataView, start: number, mostOfBlock: number): { readonly most: number; readonly least: number; readonly end: number } {
  let most = 0;
  let least = 0;
  for (let at = start; ; ) {
    const head = view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
    const kind = (head >>> 1) & 3;
    const size = head >>> 3;
    if (kind === reserved) throw new RangeError("a block is of no kind that there is");
    const isExact = kind === raw || kind === repeated;
    most += isExact ? size : mostOfBlock;
    if (isExact) least += size;
    at += 3 + (kind === repeated ? 1 : size);
    if ((head & 1) === 1) return { most, least, end: at };
  }
}
