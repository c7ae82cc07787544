import type { TypeDescriptor } from "../../formats/type-descriptor.ts";
import type { TextLane } from "../../formats/columns/texts.ts";
import type { Lane } from "../lanes/lane.ts";
import { keyIndex, type KeyIndex } from "./key-index.ts";
import { TextKeyIndex } from "./text-key-index.ts";
import { TupleIndex } from "./tuple-index.ts";

/**
 * Keys by slot with a lane entry for each: the part that kept tables, scratch tables and merged windows share. A single key
 * column's numbers are the slots themselves; several are numbered as tuples of theirs.
 */
export class GroupRows {
  readonly columns: readonly KeyIndex[];
  readonly lanes: readonly Lane[];
  readonly #tuples: TupleIndex;
  readonly #tuple: Int32Array;
  #made = 0;
  #capacity = 0;

  constructor(key: readonly TypeDescriptor[], lanes: readonly Lane[]) {
    this.columns = key.map(keyIndex);
    this.lanes = lanes;
    this.#tuples = new TupleIndex(key.length);
    this.#tuple = new Int32Array(Math.max(1, key.length));
  }

  get size(): number {
    return this.#made;
  }

  /** The slot of a key. */
  slot(key: readonly unknown[]): number {
    const { columns } = this;
    if (columns.length === 1) return this.#checked(columns[0]!.id(key[0]));
    for (let column = 0; column < columns.length; column++) this.#tuple[column] = columns[column]!.id(key[column]);
    return this.#checked(this.#tuples.slot(this.#tuple));
  }

  /** The slot of a key of one column. */
  slotOfOne(value: unknown): number {
    return this.#checked(this.columns[0]!.id(value));
  }

  slotOfTwo(first: unknown, second: unknown): number {
    this.#tuple[0] = this.columns[0]!.id(first);
    this.#tuple[1] = this.columns[1]!.id(second);
    return this.#checked(this.#tuples.slot(this.#tuple));
  }

  /** The slot of the text at a row of a reader's lane, for a key of one string column. */
  slotOfText(lane: TextLane, row: number): number {
    const index = this.columns[0];
    return index instanceof TextKeyIndex ? this.#checked(index.idAt(lane, row)) : this.slotOfOne(null);
  }

  /** The slot of a tuple of column numbers, or −1. */
  findTuple(tuple: Int32Array): number {
    if (this.columns.length === 1) return tuple[0]! < this.#made ? tuple[0]! : -1;
    return this.#tuples.find(tuple);
  }

  /** The number of a slot's value in a key column. */
  part(slot: number, column: number): number {
    return this.columns.length === 1 ? slot : this.#tuples.part(slot, column);
  }

  value(slot: number, column: number): unknown {
    return this.columns[column]!.value(this.part(slot, column));
  }

  clear(): void {
    for (const column of this.columns) column.clear();
    this.#tuples.clear();
    for (let slot = 0; slot < this.#made; slot++) for (const lane of this.lanes) lane.reset(slot);
    this.#made = 0;
  }

  /** Makes a new slot's lane entries. */
  #checked(slot: number): number {
    if (slot >= this.#made) {
      this.#made = slot + 1;
      if (slot >= this.#capacity) {
        this.#capacity = Math.max(64, this.#capacity * 2, slot + 1);
        for (const lane of this.lanes) lane.ensure(this.#capacity);
      }
    }
    return slot;
  }
}
