import { userStateError } from "../errors/user-state-error.ts";
import type { GroupState } from "../user/keyed-state.ts";
import type { StateTimeout } from "./user-state.ts";

/** The last moment that a `Date` can say: the watermark at the end of input. */
const lastMoment = 8.64e15;

/** How the bytes of a state are made and read. */
interface StateBytes<State> {
  encode(state: State): Uint8Array;
  decode(bytes: Uint8Array): State;
}

/** What a call sees. */
export interface CallFacts {
  /** Microseconds: the batch's clock. */
  readonly timestamp: number;
  /** Milliseconds; undefined where the step has none. */
  readonly watermark: number | undefined;
  readonly hasTimedOut: boolean;
  /** Input and time are at their end: nothing could end a timeout that the call sets. */
  readonly isLast: boolean;
}

const noFacts: CallFacts = { timestamp: 0, watermark: undefined, hasTimedOut: false, isLast: false };

/** The state of a key as a function is given it: one object for all calls, open while one runs. */
export class UserGroupState<State> implements GroupState<State> {
  readonly #bytes: StateBytes<State>;
  readonly #timeoutBy: StateTimeout["by"] | undefined;
  #facts = noFacts;
  #isOpen = false;
  #state: Uint8Array | undefined;
  #timeout: number | undefined;
  #isWritten = false;
  #isRemoved = false;

  constructor(bytes: StateBytes<State>, timeoutBy: StateTimeout["by"] | undefined) {
    this.#bytes = bytes;
    this.#timeoutBy = timeoutBy;
  }

  /** A call begins: for a state, without a timeout. */
  begin(state: Uint8Array | undefined, facts: CallFacts): void {
    this.#isOpen = true;
    this.#facts = facts;
    this.#state = state;
    this.#timeout = undefined;
    this.#isWritten = false;
    this.#isRemoved = false;
  }

  /** The call has ended. `timeout` (µs): as the function set it; `isWritten`: it set the state or took it away. */
  end(): { readonly state: Uint8Array | undefined; readonly timeout: number | undefined; readonly isWritten: boolean } {
    this.#isOpen = false;
    return { state: this.#state, timeout: this.#timeout, isWritten: this.#isWritten || this.#isRemoved };
  }

  get exists(): boolean {
    this.#check();
    return this.#state !== undefined;
  }

  get(): State | undefined {
    this.#check();
    return this.#state === undefined ? undefined : this.#bytes.decode(this.#state);
  }

  update(state: State): void {
    this.#check();
    this.#state = this.#bytes.encode(state);
    this.#isWritten = true;
    this.#isRemoved = false;
  }

  remove(): void {
    this.#check();
    this.#state = undefined;
    this.#timeout = undefined;
    this.#isWritten = false;
    this.#isRemoved = true;
  }

  get hasTimedOut(): boolean {
    this.#check();
    return this.#facts.hasTimedOut;
  }

  setTimeoutDuration(milliseconds: number): void {
    this.#check();
    this.#allow("processing time", "setTimeoutDuration");
    if (!(milliseconds > 0 && milliseconds <= lastMoment)) throw userStateError("timeoutTime", `a timeout must lie in the future, found a duration of ${milliseconds} ms`, "give setTimeoutDuration a number of milliseconds above 0");
    if (this.#facts.isLast) return;
    this.#timeout = this.#facts.timestamp + Math.max(1, Math.round(milliseconds * 1000));
  }

  setTimeoutTimestamp(time: Date): void {
    this.#check();
    this.#allow("event time", "setTimeoutTimestamp");
    const { watermark = 0 } = this.#facts;
    // At the end of input no later batch could end it, and no time lies after the watermark.
    if (watermark === Infinity) return;
    const at = timeOf(time, "a timeout");
    if (at < watermark) throw userStateError("timeoutTime", `a timeout must not lie before the watermark ${new Date(watermark).toISOString()}, found ${time.toISOString()}`, "give setTimeoutTimestamp a time from state.watermark on");
    this.#timeout = at * 1000;
  }

  get processingTime(): Date {
    this.#check();
    return new Date(Math.floor(this.#facts.timestamp / 1000));
  }

  get watermark(): Date | undefined {
    this.#check();
    return watermarkDate(this.#facts.watermark);
  }

  #allow(by: StateTimeout["by"], method: string): void {
    if (this.#timeoutBy === by) return;
    const declared = this.#timeoutBy === undefined ? "the step has no timeout" : `the step's timeout is one by ${this.#timeoutBy}`;
    throw userStateError("timeoutKind", `${method} sets a timeout by ${by}, and ${declared}`, `write \`timeout DURATION${by === "event time" ? "" : " processing time"}\` in the step`);
  }

  #check(): void {
    if (!this.#isOpen) throw outsideCall();
  }
}

/** A state was used when its call had ended. */
export function outsideCall(): Error {
  return userStateError("outside", "a state was used outside of the call that it was given to", "use it before the function returns, and do not keep it");
}

/** A watermark (ms) as a function sees it. */
export function watermarkDate(watermark: number | undefined): Date | undefined {
  return watermark === undefined ? undefined : new Date(Math.min(watermark, lastMoment));
}

/** The milliseconds of a time that a function gives. */
export function timeOf(time: Date, what: string): number {
  const at = time instanceof Date ? time.getTime() : NaN;
  if (Number.isNaN(at)) throw userStateError("timeoutTime", `${what} must be a valid Date`, "check how the Date is made");
  return at;
}
