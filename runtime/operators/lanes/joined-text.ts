import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";

/** Texts one after the other with a delimiter between; null where there were none. */
export class JoinedTextLane implements Lane {
  readonly form: string;
  readonly #delimiter: string;
  readonly #texts: (string | undefined)[] = [];

  constructor(delimiter: string) {
    this.form = `joinedText ${JSON.stringify(delimiter)}`;
    this.#delimiter = delimiter;
  }

  add(slot: number, value: string): void {
    const before = this.#texts[slot];
    this.#texts[slot] = before === undefined ? value : before + this.#delimiter + value;
  }

  get(slot: number): string | null {
    return this.#texts[slot] ?? null;
  }

  ensure(capacity: number): void {
    while (this.#texts.length < capacity) this.#texts.push(undefined);
  }

  reset(slot: number): void {
    this.#texts[slot] = undefined;
  }

  move(to: number, from: number): void {
    this.#texts[to] = this.#texts[from];
    this.reset(from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof JoinedTextLane)) return foreignLane(this, from);
    const value = from.get(fromSlot);
    if (value !== null) this.add(slot, value);
  }

  write(slot: number, out: RowWriter): void {
    const value = this.#texts[slot];
    if (value === undefined) out.writeNull();
    else out.writeText(value);
  }

  read(slot: number, row: RowReader): void {
    this.#texts[slot] = row.readNull() ? undefined : row.readText();
  }
}

/** The lane of `string_agg`. */
export function joinedText(delimiter: string): JoinedTextLane {
  return new JoinedTextLane(delimiter);
}
