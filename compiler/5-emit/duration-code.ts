import { callCode } from "../code/build.ts";
import type { Code } from "../code/code.ts";
import { numberCode } from "../code/literal.ts";
import { runtime } from "../code/runtime-name.ts";

const units: readonly (readonly [name: string, size: number])[] = [
  ["days", 86_400_000_000],
  ["hours", 3_600_000_000],
  ["minutes", 60_000_000],
  ["seconds", 1_000_000],
  ["milliseconds", 1000],
];

/** A duration in its largest whole unit: `minutes(5)`. */
export function durationCode(microseconds: number): Code {
  const unit = units.find(([, size]) => microseconds !== 0 && microseconds % size === 0);
  return unit === undefined ? callCode(runtime(microseconds === 0 ? "seconds" : "microseconds"), numberCode(microseconds)) : callCode(runtime(unit[0]), numberCode(microseconds / unit[1]));
}
