import { outsideCall } from "./user-group-state.ts";

/** What is kept of a key with named states: of each variable what it holds, in the order of the spec, and the times of its timers. */
export interface KeyEntry {
  readonly slots: Slot[];
  /** Milliseconds, ascending. */
  readonly eventTimers: number[];
  readonly processingTimers: number[];
  /** Microseconds: no value expires before; +∞ where none does. */
  expiry: number;
}

/** A value of a key, kept as bytes so that nothing that a function does to its objects reaches it. */
export interface Item {
  readonly bytes: Uint8Array;
  /** Microseconds of the batch's clock; +∞ where it stays. */
  readonly expiresAt: number;
}

/** What a variable holds: a value under the key null, the values of a list under places that ascend, those of a map under its keys. In the order of writing. */
export interface Slot {
  readonly items: Map<ItemKey, Item>;
  /** Of a list: the place of its next value. */
  next: number;
}

export type ItemKey = string | number | bigint | null;

/** The timer that a call is for. */
export interface FiredTimer {
  /** Milliseconds. */
  readonly time: number;
  readonly isEventTime: boolean;
  /** Input and time are at their end: what the call sets fires in the same batch. */
  readonly atEnd: boolean;
}

/** The call that the variables of a program are used in: one for all calls, open while one runs. */
export class UserCallScope {
  #entry: KeyEntry | undefined;
  /** Microseconds: the batch's clock. */
  #timestamp = 0;
  #watermark: number | undefined;
  #fired: FiredTimer | undefined;
  #isTouched = false;

  begin(entry: KeyEntry, facts: { readonly timestamp: number; readonly watermark: number | undefined; readonly fired: FiredTimer | undefined }): void {
    this.#entry = entry;
    this.#timestamp = facts.timestamp;
    this.#watermark = facts.watermark;
    this.#fired = facts.fired;
    this.#isTouched = false;
  }

  /** Whether the call changed anything of the key. */
  end(): boolean {
    this.#entry = undefined;
    return this.#isTouched;
  }

  /** The key's; R7515 where no call runs. */
  get entry(): KeyEntry {
    if (this.#entry === undefined) throw outsideCall();
    return this.#entry;
  }

  get timestamp(): number {
    return this.#timestamp;
  }

  /** Milliseconds; undefined where the step has none. */
  get watermark(): number | undefined {
    return this.#watermark;
  }

  /** The timer that the call is for; undefined where it is for rows. */
  get fired(): FiredTimer | undefined {
    return this.#fired;
  }

  touch(): void {
    this.#isTouched = true;
  }
}
