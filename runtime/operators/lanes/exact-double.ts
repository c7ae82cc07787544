import { canonicalInteger } from "../../functions/exact-integer.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";

const scratch = new DataView(new ArrayBuffer(8));

/** Bits of a whole number that are enough to round it to a double, if the last tells whether anything was cut off. */
const roundedBits = 64;

/** A sum of doubles without any rounding, out of which a double can be taken again: as a whole number of units of a power of two. Infinities and NaN are counted. */
export class ExactDouble {
  #units = 0n;
  /** The sum is the units times two to this power. */
  #exponent = 0;
  #nans = 0;
  #positiveInfinities = 0;
  #negativeInfinities = 0;

  /** Adds a double, or takes it out (−1). */
  change(weight: number, value: number): void {
    if (Number.isFinite(value)) this.#changeFinite(weight, value);
    else if (value === Infinity) this.#positiveInfinities += weight;
    else if (value === -Infinity) this.#negativeInfinities += weight;
    else this.#nans += weight;
  }

  /** Adds another sum. */
  merge(other: ExactDouble): void {
    this.#add(other.#units, other.#exponent);
    this.#nans += other.#nans;
    this.#positiveInfinities += other.#positiveInfinities;
    this.#negativeInfinities += other.#negativeInfinities;
  }

  /** The sum as the double that is nearest to it. */
  get value(): number {
    if (this.#nans > 0 || (this.#positiveInfinities > 0 && this.#negativeInfinities > 0)) return NaN;
    if (this.#positiveInfinities > 0) return Infinity;
    return this.#negativeInfinities > 0 ? -Infinity : nearestDouble(this.#units, this.#exponent);
  }

  write(out: RowWriter): void {
    for (const part of [this.#nans, this.#positiveInfinities, this.#negativeInfinities, this.#exponent]) out.writeNumber(part);
    out.writeLong(canonicalInteger(this.#units));
  }

  read(row: RowReader): void {
    this.#nans = row.readNumber();
    this.#positiveInfinities = row.readNumber();
    this.#negativeInfinities = row.readNumber();
    this.#exponent = row.readNumber();
    this.#units = BigInt(row.readLong());
  }

  #changeFinite(weight: number, value: number): void {
    if (Number.isInteger(value)) {
      this.#add(BigInt(weight) * BigInt(value), 0);
      return;
    }
    scratch.setFloat64(0, value);
    const bits = scratch.getBigUint64(0);
    const power = Number((bits >> 52n) & 0x7ffn);
    const fraction = bits & 0xfffffffffffffn;
    const size = power === 0 ? fraction : fraction | 0x10000000000000n;
    this.#add(value < 0 === weight < 0 ? size : -size, Math.max(power, 1) - 1075);
  }

  #add(units: bigint, exponent: number): void {
    if (exponent < this.#exponent) {
      this.#units <<= BigInt(this.#exponent - exponent);
      this.#exponent = exponent;
    }
    this.#units += units << BigInt(exponent - this.#exponent);
  }
}

function nearestDouble(units: bigint, exponent: number): number {
  const size = units < 0n ? -units : units;
  const cut = size.toString(16).length * 4 - roundedBits;
  if (cut <= 0) return scaled(Number(units), exponent);
  const kept = size >> BigInt(cut);
  const rounded = Number(kept << BigInt(cut) === size ? kept : kept | 1n);
  return scaled(units < 0n ? -rounded : rounded, exponent + cut);
}

/** In steps that are powers of two themselves. */
function scaled(value: number, exponent: number): number {
  let rest = exponent;
  let result = value;
  for (; rest > 1000; rest -= 1000) result *= 2 ** 1000;
  for (; rest < -1000; rest += 1000) result *= 2 ** -1000;
  return result * 2 ** rest;
}
