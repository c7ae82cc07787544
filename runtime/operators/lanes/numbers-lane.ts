import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { grown } from "../grown.ts";
import type { Lane } from "./lane.ts";

/** A lane whose entry is a fixed number of doubles, side by side in one array, all 0 in an empty slot. */
export abstract class NumbersLane implements Lane {
  readonly form: string;
  /** How many doubles an entry has; that of slot `s` begins at `s * width`. */
  protected readonly width: number;
  protected values: Float64Array = new Float64Array(0);

  protected constructor(form: string, width: number) {
    this.form = form;
    this.width = width;
  }

  abstract merge(slot: number, from: Lane, fromSlot: number): void;

  ensure(capacity: number): void {
    this.values = grown(this.values, capacity * this.width, 0);
  }

  reset(slot: number): void {
    this.values.fill(0, slot * this.width, (slot + 1) * this.width);
  }

  move(to: number, from: number): void {
    this.values.copyWithin(to * this.width, from * this.width, (from + 1) * this.width);
    this.reset(from);
  }

  write(slot: number, out: RowWriter): void {
    for (let at = slot * this.width; at < (slot + 1) * this.width; at++) out.writeNumber(this.values[at]!);
  }

  read(slot: number, row: RowReader): void {
    for (let at = slot * this.width; at < (slot + 1) * this.width; at++) this.values[at] = row.readNumber();
  }
}
