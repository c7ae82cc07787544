const encoder = new TextEncoder();

/**
 * A piece of text that a record is expected to hold at a place, such as `,"price":`, made for comparing many bytes at a
 * time: eight bytes are equal if the doubles that they make are (JSON text makes neither NaN nor zero).
 */
export class RecordLiteral {
  readonly length: number;
  /** The first and the last eight bytes, for lengths of 8 to 16. */
  readonly #head8: number;
  readonly #tail8: number;
  /** The first and the last four bytes, for lengths of 4 to 8. */
  readonly #head4: number;
  readonly #tail4: number;
  readonly #bytes: Uint8Array;

  constructor(text: string) {
    this.#bytes = encoder.encode(text);
    const length = this.#bytes.length;
    const padded = new DataView(new ArrayBuffer(length + 8));
    this.#bytes.forEach((byte, at) => padded.setUint8(at, byte));
    this.length = length;
    this.#head8 = padded.getFloat64(0, true);
    this.#tail8 = padded.getFloat64(Math.max(0, length - 8), true);
    this.#head4 = padded.getInt32(0, true);
    this.#tail4 = padded.getInt32(Math.max(0, length - 4), true);
  }

  /** Whether the text stands at `at`; any length. */
  isAt(view: DataView, at: number): boolean {
    const length = this.length;
    if (length >= 8 && length <= 16) return view.getFloat64(at, true) === this.#head8 && view.getFloat64(at + length - 8, true) === this.#tail8;
    if (length >= 4 && length < 8) return view.getInt32(at, true) === this.#head4 && view.getInt32(at + length - 4, true) === this.#tail4;
    const bytes = this.#bytes;
    for (let n = 0; n < length; n++) if (view.getUint8(at + n) !== bytes[n]) return false;
    return true;
  }
}
