import type { WindowSpec } from "./groups.ts";

/**
 * Windows cut into panes: the greatest spans that every window holds whole. All in microseconds. Windows start at the multiples of the slide,
 * moved by the offset, and a row falls into every window with start ≤ time < start + size, before the epoch too (semantics X1, X2).
 */
export class PaneClock {
  readonly size: number;
  readonly slide: number;
  readonly offset: number;
  /** The span of a pane: the greatest common divisor of size and slide. */
  readonly pane: number;

  constructor({ size, slide, offset }: WindowSpec) {
    this.size = size;
    this.slide = slide;
    this.offset = offset;
    this.pane = greatestCommonDivisor(size, slide);
  }

  /** Whether each window is one pane. */
  get isTumbling(): boolean {
    return this.pane === this.size && this.pane === this.slide;
  }

  /** The start of the pane that a time lies in. */
  paneOf(time: number): number {
    return time - positiveRemainder(time - this.offset, this.pane);
  }

  /** The start of the last window that holds a pane; the others start a slide earlier each, while they end after the pane's start. */
  lastWindowOf(pane: number): number {
    return pane - positiveRemainder(pane - this.offset, this.slide);
  }
}

function positiveRemainder(value: number, divisor: number): number {
  const rest = value % divisor;
  return rest < 0 ? rest + divisor : rest + 0;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
