import type { RowReader, RowWriter } from "../../state/row-codec.ts";

/** As many new values wait unsorted. */
const waitingAtMost = 50_000;
const samplesAtMost = 10_000;

/**
 * A sample of the values so far: `gap`, by how much its least rank exceeds that of the sample before it; `slack`, by how much
 * its rank may be greater than the least.
 */
interface Sample {
  readonly value: number;
  readonly gap: number;
  readonly slack: number;
}

/**
 * Approximate quantiles of doubles by the algorithm of Greenwald and Khanna (doi.org/10.1145/375663.375670) with the sizes and the
 * rounding of Spark's QuantileSummaries, so that the answers are the same: ranks are right to within `error` × the number of values.
 */
export class QuantileSummary {
  readonly #error: number;
  #samples: readonly Sample[] = [];
  /** Values that the samples stand for. */
  #count = 0;
  #waiting: number[] = [];

  /** `error`: 1 / accuracy. */
  constructor(error: number) {
    this.#error = error;
  }

  add(value: number): void {
    this.#waiting.push(value);
    if (this.#waiting.length < waitingAtMost) return;
    this.#take();
    if (this.#samples.length >= samplesAtMost) this.#samples = this.#thinned(this.#samples, this.#count);
  }

  merge(other: QuantileSummary): void {
    const from = other.#settled();
    if (from.#count === 0) return;
    const own = this.#settled();
    this.#waiting = [];
    if (own.#count === 0) {
      this.#samples = from.#samples;
      this.#count = from.#count;
      return;
    }
    this.#count = own.#count + from.#count;
    this.#samples = this.#thinned(interleaved(own.#samples, from.#samples, this.#slackOf(own.#count), this.#slackOf(from.#count)), this.#count);
  }

  /** The value at each share of the way, or undefined where there are no values. */
  query(percentages: readonly number[]): readonly number[] | undefined {
    const settled = this.#settled();
    return settled.#samples.length === 0 ? undefined : percentages.map((percentage) => settled.#valueAt(percentage));
  }

  write(out: RowWriter): void {
    out.writeNumber(this.#count);
    out.writeNumber(this.#samples.length);
    for (const { value, gap, slack } of this.#samples) for (const part of [value, gap, slack]) out.writeNumber(part);
    out.writeNumber(this.#waiting.length);
    for (const value of this.#waiting) out.writeNumber(value);
  }

  read(row: RowReader): void {
    this.#count = row.readNumber();
    this.#samples = Array.from({ length: row.readNumber() }, () => ({ value: row.readNumber(), gap: row.readNumber(), slack: row.readNumber() }));
    this.#waiting = Array.from({ length: row.readNumber() }, () => row.readNumber());
  }

  /** A summary of the same values in which none waits; this one stays as it is. */
  #settled(): QuantileSummary {
    const settled = new QuantileSummary(this.#error);
    settled.#samples = this.#samples;
    settled.#count = this.#count;
    settled.#waiting = this.#waiting;
    settled.#take();
    settled.#samples = settled.#thinned(settled.#samples, settled.#count);
    return settled;
  }

  /** Puts the waiting values among the samples. */
  #take(): void {
    const values = Float64Array.from(this.#waiting).sort();
    const samples: Sample[] = [];
    let next = 0;
    values.forEach((value, at) => {
      for (let sample = this.#samples[next]; sample !== undefined && sample.value <= value; sample = this.#samples[++next]) samples.push(sample);
      this.#count++;
      const isOutermost = samples.length === 0 || (next === this.#samples.length && at === values.length - 1);
      samples.push({ value, gap: 1, slack: isOutermost ? 0 : this.#slackOf(this.#count) });
    });
    this.#samples = [...samples, ...this.#samples.slice(next)];
    this.#waiting = [];
  }

  #slackOf(count: number): number {
    return Math.floor(2 * this.#error * count);
  }

  /** Leaves out samples that the next one can stand for; never the first and the last. */
  #thinned(samples: readonly Sample[], count: number): readonly Sample[] {
    const [first] = samples;
    let head = samples.at(-1);
    if (first === undefined || head === undefined) return [];
    const threshold = 2 * this.#error * count;
    const kept: Sample[] = [];
    for (let at = samples.length - 2; at >= 1; at--) {
      const sample = samples[at]!;
      if (sample.gap + head.gap + head.slack < threshold) {
        head = { ...head, gap: head.gap + sample.gap };
      } else {
        kept.push(head);
        head = sample;
      }
    }
    kept.push(head);
    if (first.value <= head.value && samples.length > 1) kept.push(first);
    return kept.reverse();
  }

  #valueAt(percentage: number): number {
    const samples = this.#samples;
    const [first, last] = [samples[0]!, samples.at(-1)!];
    if (percentage <= this.#error || samples.length === 1) return first.value;
    if (percentage >= 1 - this.#error) return last.value;
    const rank = Math.ceil(percentage * this.#count);
    const tolerance = Math.floor(samples.reduce((most, { gap, slack }) => Math.max(most, gap + slack), 0) / 2);
    let least = 0;
    for (const { value, gap, slack } of samples.slice(0, -1)) {
      least += gap;
      if (least + slack - tolerance <= rank && rank <= least + tolerance) return value;
    }
    return last.value;
  }
}

/** Two lists of samples by value; one that comes among those of the other side is less certain by the other's slack. */
function interleaved(own: readonly Sample[], other: readonly Sample[], ownSlack: number, otherSlack: number): readonly Sample[] {
  const merged: Sample[] = [];
  let [left, right] = [0, 0];
  while (left < own.length && right < other.length) {
    const [a, b] = [own[left]!, other[right]!];
    if (a.value < b.value) {
      merged.push({ ...a, slack: a.slack + (right > 0 ? otherSlack : 0) });
      left++;
    } else {
      merged.push({ ...b, slack: b.slack + (left > 0 ? ownSlack : 0) });
      right++;
    }
  }
  return [...merged, ...own.slice(left), ...other.slice(right)];
}
