import { userStateError } from "../errors/user-state-error.ts";
import type { Timers } from "../user/keyed-state.ts";
import type { UserCallScope } from "./user-call-scope.ts";
import { timeOf, watermarkDate } from "./user-group-state.ts";

/** The timers of the key of the call that runs. */
export class UserTimers implements Timers {
  readonly #scope: UserCallScope;

  constructor(scope: UserCallScope) {
    this.#scope = scope;
  }

  atEventTime(time: Date): void {
    const { entry, watermark } = this.#scope;
    if (watermark === undefined) throw userStateError("timeoutKind", "atEventTime needs a watermark, and the rows of the step have none", "write a `watermark` step before, or use atProcessingTime");
    this.#set(entry.eventTimers, time, true);
  }

  atProcessingTime(time: Date): void {
    this.#set(this.#scope.entry.processingTimers, time, false);
  }

  delete(time: Date): void {
    const at = timeOf(time, "the time of a timer");
    const { eventTimers, processingTimers } = this.#scope.entry;
    for (const timers of [eventTimers, processingTimers]) if (deleteTimer(timers, at)) this.#scope.touch();
  }

  get pending(): readonly Date[] {
    const { eventTimers, processingTimers } = this.#scope.entry;
    return [...eventTimers, ...processingTimers].sort((left, right) => left - right).map((time) => new Date(time));
  }

  get fired(): Date | undefined {
    const { fired } = this.#open;
    return fired === undefined ? undefined : new Date(fired.time);
  }

  get atEnd(): boolean {
    return this.#open.fired?.atEnd === true;
  }

  get processingTime(): Date {
    return new Date(Math.floor(this.#open.timestamp / 1000));
  }

  get watermark(): Date | undefined {
    return watermarkDate(this.#open.watermark);
  }

  /** The scope of a call that runs. */
  get #open(): UserCallScope {
    void this.#scope.entry;
    return this.#scope;
  }

  #set(timers: number[], time: Date, isEventTime: boolean): void {
    const { fired } = this.#scope;
    if (fired?.atEnd === true && isEventTime && Number.isNaN(time.getTime())) throw timersWithoutEnd("no timer can lie after the watermark of the end of input, the last moment that a Date can say");
    const at = timeOf(time, "the time of a timer");
    if (fired?.atEnd === true && fired.isEventTime === isEventTime && at <= fired.time) throw timersWithoutEnd(`a timer that is set at the end of input must lie after the one that the call is for, ${iso(fired.time)}, found ${iso(at)}`);
    const place = placeOf(timers, at);
    if (timers[place] === at) return;
    timers.splice(place, 0, at);
    this.#scope.touch();
  }
}

/** At the end of input timers would be set for ever (R7516). */
export function timersWithoutEnd(what: string): Error {
  return userStateError("endless", what, "set no timer where `timers.atEnd` is true: every timer is due then, and no time passes any more");
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

/** Takes a timer out of a key's; false where it is none of them. */
export function deleteTimer(timers: number[], time: number): boolean {
  const place = placeOf(timers, time);
  if (timers[place] !== time) return false;
  timers.splice(place, 1);
  return true;
}

/** Where a time is, or belongs, among ascending ones. */
function placeOf(timers: readonly number[], time: number): number {
  let [low, high] = [0, timers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timers[middle] ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
