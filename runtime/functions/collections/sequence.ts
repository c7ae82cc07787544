import { RowError } from "../../errors/row-error.ts";
import { addExact, type ExactInteger, multiplyExact, quotientExact, subtractExact } from "../exact-integer.ts";
import { checkLength } from "./array-length.ts";

const dayMicros = 86_400_000_000;

/** Spark's `sequence` of ints: both ends included; by 1 or −1 unless a step is given. */
export function sequenceOf(start: number, stop: number, step: number = start <= stop ? 1 : -1): readonly number[] {
  const length = lengthOf(start, stop, step);
  return Array.from({ length }, (_, at) => start + at * step);
}

/** Spark's `sequence` of longs. */
export function sequenceOfLongs(start: ExactInteger, stop: ExactInteger, step: ExactInteger = start <= stop ? 1 : -1): readonly ExactInteger[] {
  const length = lengthOf(start, stop, step);
  return Array.from({ length }, (_, at) => addExact(start, multiplyExact(at, step)));
}

/** Spark's `sequence` of dates by whole days: the step is in microseconds. */
export function sequenceOfDates(start: number, stop: number, step: number = start <= stop ? dayMicros : -dayMicros): readonly number[] {
  if (step % dayMicros !== 0) throw new RowError("INVALID_PARAMETER_VALUE", "a sequence of dates needs a step of whole days");
  return sequenceOf(start, stop, step / dayMicros);
}

/** Spark's `sequence` of timestamps; by days unless a step is given. */
export function sequenceOfTimestamps(start: number, stop: number, step: number = start <= stop ? dayMicros : -dayMicros): readonly number[] {
  return sequenceOf(start, stop, step);
}

function lengthOf(start: ExactInteger, stop: ExactInteger, step: ExactInteger): number {
  const leads = step > 0 ? start <= stop : step < 0 ? start >= stop : start === stop;
  if (!leads) throw new RowError("INVALID_PARAMETER_VALUE", `no sequence leads from ${start} to ${stop} by ${step}`);
  if (step === 0) return 1;
  const length = Number(quotientExact(subtractExact(stop, start), step)) + 1;
  checkLength(length, "sequence");
  return length;
}
