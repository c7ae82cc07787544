/** Reads Kafka's binary forms from bytes, one behind the other. Numbers of 64 bits become doubles: offsets and times are below 2^53. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    // Parts of a Buffer are Buffers, which take longer to make.
    this.bytes = bytes instanceof Buffer ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) : bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  int8(): number {
    return this.#view.getInt8(this.at++);
  }

  int16(): number {
    this.at += 2;
    return this.#view.getInt16(this.at - 2);
  }

  int32(): number {
    this.at += 4;
    return this.#view.getInt32(this.at - 4);
  }

  uint32(): number {
    this.at += 4;
    return this.#view.getUint32(this.at - 4);
  }

  int64(): number {
    this.at += 8;
    return this.#view.getInt32(this.at - 8) * 0x1_0000_0000 + this.#view.getUint32(this.at - 4);
  }

  /** A signed number of a varying count of bytes (zigzag), exact up to 2^53. */
  varint(): number {
    let low = 0;
    let shift = 0;
    let byte = 0;
    // The first 28 bits as an integer: nearly all numbers end here.
    do {
      byte = this.bytes[this.at++]!;
      low |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte >= 0x80 && shift < 28);
    if (byte < 0x80) return (low >>> 1) ^ -(low & 1);
    let value = low;
    let scale = 2 ** 28;
    do {
      byte = this.bytes[this.at++]!;
      value += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte >= 0x80);
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** An unsigned number of a varying count of bytes. */
  unsignedVarint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  }

  /** The next bytes, not copied. */
  take(length: number): Uint8Array {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** Bytes behind their count, which is -1 for null. */
  varintBytes(): Uint8Array | null {
    const length = this.varint();
    return length < 0 ? null : this.take(length);
  }

  string(): string {
    return decoder.decode(this.take(this.int16()));
  }
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
