/** Up to so many bytes a loop is faster than a copy. */
const shortBytes = 24;

/** Writes Kafka's binary forms one behind the other into bytes that grow. */
export class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #at = 0;

  constructor(room = 256) {
    this.#bytes = new Uint8Array(room);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** What was written; it stays valid until the next write. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  int8(value: number): void {
    const at = this.#next(1);
    this.#view.setInt8(at, value);
  }

  int16(value: number): void {
    const at = this.#next(2);
    this.#view.setInt16(at, value);
  }

  int32(value: number): void {
    const at = this.#next(4);
    this.#view.setInt32(at, value);
  }

  int64(value: number): void {
    const at = this.#next(8);
    this.#view.setInt32(at, Math.floor(value / 0x1_0000_0000));
    this.#view.setUint32(at + 4, value >>> 0);
  }

  /** A signed number in as few bytes as it needs (zigzag). */
  varint(value: number): void {
    this.unsignedVarint(zigzag(value));
  }

  /** A number from 0 on in as few bytes as it needs. */
  unsignedVarint(value: number): void {
    if (value < 128) {
      const at = this.#next(1);
      this.#bytes[at] = value;
      return;
    }
    let rest = value;
    while (rest >= 128) {
      this.int8((rest % 128) | 0x80);
      rest = Math.floor(rest / 128);
    }
    this.int8(rest);
  }

  bytes(bytes: Uint8Array): void {
    const { length } = bytes;
    const at = this.#next(length);
    if (length > shortBytes) this.#bytes.set(bytes, at);
    else for (let index = 0; index < length; index++) this.#bytes[at + index] = bytes[index]!;
  }

  varintBytes(bytes: Uint8Array | null): void {
    if (bytes === null) {
      this.varint(-1);
      return;
    }
    this.varint(bytes.length);
    this.bytes(bytes);
  }

  string(text: string | null): void {
    if (text === null) {
      this.int16(-1);
      return;
    }
    const bytes = utf8.encode(text);
    this.int16(bytes.length);
    this.bytes(bytes);
  }

  /** Makes room and says where it is. The bytes and the view are others after it, so it is called before they are named. */
  #next(count: number): number {
    const at = this.#at;
    this.#at += count;
    if (this.#at > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#at, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return at;
  }
}

const utf8 = new TextEncoder();

/** How many bytes `varint` writes. */
export function varintSize(value: number): number {
  let size = 1;
  for (let rest = zigzag(value); rest >= 128; rest = Math.floor(rest / 128)) size++;
  return size;
}

function zigzag(value: number): number {
  return value < 0 ? -value * 2 - 1 : value * 2;
}
