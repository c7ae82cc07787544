const secondsOfDay = 86_400;

/** A scaled whole number as its digits with a point: `-0.05`. */
export function decimalText(scaled: bigint, scale: number): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(scale + 1, "0");
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return scaled < 0n ? `-${text}` : text;
}

/** Days since the epoch as Spark's cast to date reads them: `2024-02-29`, `+12024-01-01`. */
export function dateText(days: number): string {
  const [year, month, day] = civilOf(days);
  const digits = String(Math.abs(year)).padStart(4, "0");
  const sign = year < 0 ? "-" : year > 9999 ? "+" : "";
  return `${sign}${digits}-${two(month)}-${two(day)}`;
}

/** Microseconds since the epoch as an instant whose zone the text names, so that the session's has no say: `2024-02-29T12:00:00.5Z`. */
export function instantText(microseconds: number): string {
  const { days, clock } = partsOf(BigInt(microseconds));
  return `${dateText(days)}T${clock}Z`;
}

/** Microseconds as the text of an interval of days to seconds, in quotes: `'1 02:00:00'`, `-'0 00:00:00.25'`. */
export function dayTimeText(microseconds: number): string {
  const size = BigInt(microseconds);
  const { days, clock } = partsOf(size < 0n ? -size : size);
  return `${size < 0n ? "-" : ""}'${days} ${clock}'`;
}

function partsOf(microseconds: bigint): { readonly days: number; readonly clock: string } {
  const day = BigInt(secondsOfDay) * 1_000_000n;
  const within = ((microseconds % day) + day) % day;
  const seconds = Number(within / 1_000_000n);
  const fraction = (within % 1_000_000n).toString().padStart(6, "0").replace(/0+$/, "");
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  return { days: Number((microseconds - within) / day), clock: fraction === "" ? clock : `${clock}.${fraction}` };
}

/** The proleptic Gregorian year, month and day of a day since the epoch, for all days that an int can hold (a JavaScript Date ends sooner). */
function civilOf(days: number): readonly [year: number, month: number, day: number] {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1];
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
