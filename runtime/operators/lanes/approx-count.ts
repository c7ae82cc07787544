import type { TypeDescriptor, ValueOf } from "../../formats/type-descriptor.ts";
import { descriptorText, valueType } from "../../formats/value-type.ts";
import { xxHash } from "../../functions/digest/xx-hash.ts";
import type { ExactInteger } from "../../functions/exact-integer.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { estimatedCount } from "./estimated-count.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";

/**
 * About how many different values there were: HyperLogLog over Spark's 64-bit hash (HyperLogLogPlusPlus). Of a hash the first bits
 * choose a register, which holds the greatest number of leading zeros of the rest, plus one, that came to it.
 */
export class ApproxCountLane<T> implements Lane {
  readonly form: string;
  readonly #indexBits: number;
  readonly #hash: (value: unknown) => ExactInteger;
  readonly #registers: (Uint8Array | undefined)[] = [];

  constructor(indexBits: number, form: string, hash: (value: unknown) => ExactInteger) {
    this.form = `approxCount ${indexBits} ${form}`;
    this.#indexBits = indexBits;
    this.#hash = hash;
  }

  add(slot: number, value: T): void {
    const hash = BigInt(this.#hash(value));
    const bits = this.#indexBits;
    const high = Number(BigInt.asUintN(32, hash >> 32n));
    const low = Number(BigInt.asUintN(32, hash));
    // The rest of the hash, to the left; a one behind it bounds the zeros.
    const upper = (high << bits) | (low >>> (32 - bits));
    const lower = (low << bits) | (1 << (bits - 1));
    const rank = (upper !== 0 ? Math.clz32(upper) : 32 + Math.clz32(lower)) + 1;
    const registers = (this.#registers[slot] ??= new Uint8Array(2 ** bits));
    const index = high >>> (32 - bits);
    if (rank > registers[index]!) registers[index] = rank;
  }

  get(slot: number): number {
    const registers = this.#registers[slot];
    return registers === undefined ? 0 : estimatedCount(registers);
  }

  ensure(): void {
    // Registers are made as they are needed.
  }

  reset(slot: number): void {
    this.#registers[slot] = undefined;
  }

  move(to: number, from: number): void {
    this.#registers[to] = this.#registers[from];
    this.reset(from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof ApproxCountLane) || from.form !== this.form) return foreignLane(this, from);
    const other = from.#registers[fromSlot];
    if (other === undefined) return;
    const own = (this.#registers[slot] ??= new Uint8Array(other.length));
    other.forEach((rank, index) => {
      if (rank > own[index]!) own[index] = rank;
    });
  }

  write(slot: number, out: RowWriter): void {
    const registers = this.#registers[slot];
    if (registers === undefined) out.writeNull();
    else out.writeBytes(registers);
  }

  read(slot: number, row: RowReader): void {
    this.#registers[slot] = row.readNull() ? undefined : Uint8Array.from(row.readBytes());
  }
}

/** The lane of `approx_count_distinct`: 2^indexBits registers, and the type of the values. */
export function approxCount<const D extends TypeDescriptor>(indexBits: number, descriptor: D): ApproxCountLane<ValueOf<D>> {
  const form = descriptorText(valueType(descriptor));
  const type: TypeDescriptor = descriptor;
  if (typeof type === "string" || !("map" in type)) return new ApproxCountLane(indexBits, form, xxHash(descriptor));
  const [key, item] = type.map;
  const ofEntries = xxHash({ array: { record: [["key", key], ["value", item]] } });
  return new ApproxCountLane(indexBits, form, (map) => ofEntries(map instanceof Map ? Array.from(map, ([entryKey, value]: [unknown, unknown]) => ({ key: entryKey, value })) : []));
}
