/** Upper bounds of the buckets for durations, in seconds: Prometheus' own, and more for long batches. */
const bounds: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** A histogram of durations in seconds, by Prometheus' rule: a bucket counts all that is not above its bound. */
export class Histogram {
  readonly #buckets = bounds.map(() => 0);
  #sum = 0;
  #count = 0;

  add(seconds: number): void {
    const at = bounds.findIndex((bound) => seconds <= bound);
    if (at >= 0) this.#buckets[at] = (this.#buckets[at] ?? 0) + 1;
    this.#sum += seconds;
    this.#count++;
  }

  get sum(): number {
    return this.#sum;
  }

  get count(): number {
    return this.#count;
  }

  /** Counts up to each bound, the last `+Inf`. */
  get cumulative(): readonly { readonly bound: string; readonly count: number }[] {
    let count = 0;
    const below = bounds.map((bound, at) => ({ bound: String(bound), count: (count += this.#buckets[at] ?? 0) }));
    return [...below, { bound: "+Inf", count: this.#count }];
  }
}
