import { microsPerDay, microsPerSecond } from "./civil.ts";

/** A stretch of time over which a zone keeps one offset, in microseconds: `from` ≤ t < `until`. */
export interface ZoneSegment {
  readonly from: number;
  readonly until: number;
  /** East of UTC. */
  readonly offset: number;
}

/**
 * A time zone: what the clocks of a place say at an instant, and when they say it. Instants are microseconds since the epoch, local
 * times microseconds as if the local clock were UTC's. The stretch that was asked last is kept: neighbouring rows mostly lie in it.
 */
export class TimeZone {
  readonly id: string;
  readonly #segmentAt: (micros: number) => ZoneSegment;
  #from = Infinity;
  #until = -Infinity;
  #offset = 0;

  /** `segmentAt` gives the stretch around an instant. */
  constructor(id: string, segmentAt: (micros: number) => ZoneSegment) {
    this.id = id;
    this.#segmentAt = segmentAt;
  }

  /** Microseconds east of UTC at an instant. */
  offsetAt(micros: number): number {
    return micros >= this.#from && micros < this.#until ? this.#offset : this.#seek(micros);
  }

  /** What the clock says at an instant. */
  localOf(micros: number): number {
    return micros + this.offsetAt(micros);
  }

  /**
   * The instant at which the clock says `local`. A time that a transition skips moves on by the gap; one that occurs twice is the earlier
   * (java.time.LocalDateTime.atZone).
   */
  instantOf(local: number): number {
    const near = local - this.#offset;
    // A day after the last transition no other offset can say the same local time earlier.
    if (near >= this.#from + microsPerDay && near < this.#until) return near;
    const before = this.offsetAt(local - microsPerDay);
    if (this.offsetAt(local - before) === before) return local - before;
    const after = this.offsetAt(local + microsPerDay);
    return this.offsetAt(local - after) === after ? local - after : local - before;
  }

  /** The same, but a time that occurs twice keeps the offset that is given (java.time.ZonedDateTime.plusDays, truncatedTo). */
  instantNear(local: number, offset: number): number {
    const near = local - offset;
    return this.offsetAt(near) === offset ? near : this.instantOf(local);
  }

  /** The first instant of a day: midnight, or where a transition skips it the time to which it leads (java.time.LocalDate.atStartOfDay). */
  startOfDay(days: number): number {
    const midnight = days * microsPerDay;
    const instant = this.instantOf(midnight);
    return this.localOf(instant) === midnight ? instant : this.#transitionBefore(instant, midnight - this.offsetAt(instant));
  }

  /** The transition that skips a local time: after `low`, at `high` at the latest. */
  #transitionBefore(high: number, low: number): number {
    const offset = this.offsetAt(high);
    let [before, after] = [low, high];
    while (after - before > microsPerSecond) {
      const middle = before + Math.floor((after - before) / (2 * microsPerSecond)) * microsPerSecond;
      if (middle <= before) break;
      if (this.offsetAt(middle) === offset) after = middle;
      else before = middle;
    }
    return after;
  }

  #seek(micros: number): number {
    const { from, until, offset } = this.#segmentAt(micros);
    this.#from = from;
    this.#until = until;
    this.#offset = offset;
    return offset;
  }
}
