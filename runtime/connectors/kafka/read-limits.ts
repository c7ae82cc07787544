import type { PartitionOffsets } from "./partition-offsets.ts";

/** What limits how much a batch takes. */
export interface ReadLimits {
  readonly maxOffsets: number | undefined;
  readonly minOffsets: number | undefined;
  /** Milliseconds after which a batch runs with less than `minOffsets`. */
  readonly maxDelay: number;
}

/**
 * The ends of a batch of about `limit` offsets, shared out by how much each partition has waiting (Spark: KafkaMicroBatchStream.rateLimit). Every partition with
 * something new gets one offset at least, so a batch may exceed the limit, or fall short of it.
 */
export function rateLimited(limit: number, from: PartitionOffsets, ends: PartitionOffsets): PartitionOffsets {
  const sizes = new Map([...ends].map(([key, end]) => [key, end - (from.get(key) ?? end)] as const).filter(([, size]) => size > 0));
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (total < 1) return ends;
  return new Map(
    [...ends].map(([key, end]) => {
      const size = sizes.get(key);
      if (size === undefined) return [key, end] as const;
      const share = limit * (size / total);
      return [key, Math.min(end, end - size + (share < 1 ? Math.ceil(share) : Math.floor(share)))] as const;
    }),
  );
}

/** Keeps a batch back until there is enough for it, or it has waited for long enough (Spark: KafkaMicroBatchStream.delayBatch). The first batch always runs. */
export class BatchDelay {
  readonly #limits: ReadLimits;
  /** Milliseconds of the steady clock when the last batch ran. */
  #ran: number | undefined;

  constructor(limits: ReadLimits) {
    this.#limits = limits;
  }

  /** Whether a batch from `from` to `ends` runs now. */
  isDue(from: PartitionOffsets, ends: PartitionOffsets, now: number): boolean {
    const { minOffsets = 0 } = this.#limits;
    const fresh = [...ends].reduce((sum, [key, end]) => sum + Math.max(0, end - (from.get(key) ?? 0)), 0);
    return fresh >= minOffsets || this.dueIn(now) <= 0;
  }

  /** A batch runs. */
  ran(now: number): void {
    this.#ran = now;
  }

  /** Milliseconds until a batch runs with however little. */
  dueIn(now: number): number {
    return this.#ran === undefined ? 0 : this.#ran + this.#limits.maxDelay - now;
  }
}
