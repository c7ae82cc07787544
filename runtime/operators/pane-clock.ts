import type { WindowSpec } from "./groups.ts";

/**
 * Windows cut into paired panes: each slide is cut once, where windows that began earlier end, so that every window is a run of whole panes. All in
 * microseconds. Windows start at the multiples of the slide, moved by the offset, and a row falls into every window with
 * start ≤ time < start + size, before the epoch too (semantics X1, X2).
 */
export class PaneClock {
  readonly size: number;
  readonly slide: number;
  readonly offset: number;
  /** The span of the first pane of a slide, to where windows end; 0 where they end at the end of a slide, which then is one pane. */
  readonly cut: number;

  constructor({ size, slide, offset }: WindowSpec) {
    this.size = size;
    this.slide = slide;
    this.offset = offset;
    this.cut = size % slide;
  }

  /** Whether each window is one pane. */
  get isTumbling(): boolean {
    return this.size === this.slide;
  }

  /** The start of the pane that a time lies in. */
  paneOf(time: number): number {
    const start = this.lastWindowOf(time);
    return this.cut > 0 && time >= start + this.cut ? start + this.cut : start;
  }

  /** The end of the pane that starts at a time. */
  paneEnd(pane: number): number {
    const start = this.lastWindowOf(pane);
    return this.cut > 0 && pane === start ? start + this.cut : start + this.slide;
  }

  /** The start of the last window that holds a time (or a pane, by its start); the others start a slide earlier each, while they end after it. */
  lastWindowOf(time: number): number {
    return time - positiveRemainder(time - this.offset, this.slide);
  }

  /** The start of the last window that has ended at a time; an infinite one for an infinite time. */
  lastEnded(time: number): number {
    return Number.isFinite(time) ? this.lastWindowOf(time - this.size) : time;
  }

  /** The end of the first window that holds a pane and has not ended at `after`. */
  firstEnd(pane: number, after: number): number {
    return this.lastEnded(Math.max(pane, after)) + this.slide + this.size;
  }
}

function positiveRemainder(value: number, divisor: number): number {
  const rest = value % divisor;
  return rest < 0 ? rest + divisor : rest + 0;
}
