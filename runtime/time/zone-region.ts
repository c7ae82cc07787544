import { daysFromCivil, microsPerDay, microsPerSecond } from "./civil.ts";
import type { ZoneSegment } from "./time-zone.ts";

/** Transitions are looked for once in each stretch of this length that is asked for. */
const chunk = 400 * microsPerDay;
/** No zone has left an offset and come back to it within so short a time. */
const step = 4 * microsPerDay;
/** Intl's calendar is Julian before 1582-10-15; no zone changed its offset then, so the offset of this instant (1589) serves. */
const earliest = -12_000_000_000 * microsPerSecond;
/** The last instant of a JavaScript date. */
const latest = 8_640_000_000_000 * microsPerSecond;

/**
 * The offsets of a region such as `Europe/Madrid` by the tables of time zones that come with the JavaScript engine (ICU): a function from an
 * instant (microseconds) to the stretch of one offset around it. Undefined where there is no such region.
 */
export function regionSegment(id: string): ((micros: number) => ZoneSegment) | undefined {
  const format = formatOf(id);
  if (format === undefined) return undefined;
  const chunks = new Map<number, readonly ZoneSegment[]>();
  return (micros) => {
    if (!(micros > earliest)) return { from: -Infinity, until: earliest, offset: offsetOf(format, earliest) };
    if (micros >= latest) return { from: latest, until: Infinity, offset: offsetOf(format, latest - microsPerSecond) };
    const number = Math.floor(micros / chunk);
    let segments = chunks.get(number);
    if (segments === undefined) chunks.set(number, (segments = segmentsOf(format, Math.max(number * chunk, earliest), Math.min((number + 1) * chunk, latest))));
    return segmentAround(segments, micros);
  };
}

function segmentAround(segments: readonly ZoneSegment[], micros: number): ZoneSegment {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (micros >= (segments[middle]?.from ?? Infinity)) low = middle;
    else high = middle - 1;
  }
  return segments[low] ?? { from: micros, until: micros, offset: 0 };
}

function segmentsOf(format: Intl.DateTimeFormat, from: number, until: number): readonly ZoneSegment[] {
  const segments: ZoneSegment[] = [];
  let start = from;
  let offset = offsetOf(format, from);
  for (let at = from; at < until; at += step) {
    const next = Math.min(at + step, until);
    const after = offsetOf(format, next);
    if (after === offset) continue;
    const transition = transitionBetween(format, at, next, offset);
    segments.push({ from: start, until: transition, offset });
    start = transition;
    offset = after;
  }
  if (start < until) segments.push({ from: start, until, offset });
  return segments;
}

/** The instant, in whole seconds, from which on the offset is no more the one before. */
function transitionBetween(format: Intl.DateTimeFormat, low: number, high: number, offset: number): number {
  let [before, after] = [Math.floor(low / microsPerSecond), Math.ceil(high / microsPerSecond)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetOf(format, middle * microsPerSecond) === offset) before = middle;
    else after = middle;
  }
  return after * microsPerSecond;
}

function formatOf(id: string): Intl.DateTimeFormat | undefined {
  // Intl takes ids in any case, java.time as they are written.
  if (!/^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Z][A-Za-z0-9_+-]*)*$/.test(id) || /^[A-Z]{4,}\//.test(id)) return undefined;
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: id, hourCycle: "h23", era: "short",
      year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
    });
  } catch {
    return undefined;
  }
}

/** Microseconds east of UTC, of an instant after 1583. */
function offsetOf(format: Intl.DateTimeFormat, micros: number): number {
  const seconds = Math.floor(micros / microsPerSecond);
  const fields: Record<string, string> = {};
  for (const part of format.formatToParts(seconds * 1000)) fields[part.type] = part.value;
  const field = (name: string): number => Number(fields[name] ?? 0);
  const local = daysFromCivil(field("year"), field("month"), field("day")) * 86_400 + field("hour") * 3600 + field("minute") * 60 + field("second");
  return (local - seconds) * microsPerSecond;
}
