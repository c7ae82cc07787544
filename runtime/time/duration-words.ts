/** Durations as emitted modules write them; all give microseconds. */
export function microseconds(count: number): number {
  return count;
}

export function milliseconds(count: number): number {
  return count * 1000;
}

export function seconds(count: number): number {
  return count * 1_000_000;
}

export function minutes(count: number): number {
  return count * 60_000_000;
}

export function hours(count: number): number {
  return count * 3_600_000_000;
}

export function days(count: number): number {
  return count * 86_400_000_000;
}
