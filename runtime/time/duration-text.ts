import { microsPerDay, microsPerHour, microsPerMinute, microsPerSecond } from "./civil.ts";

const form = /^([+-]?)P(?=[0-9T])(?:([0-9]+)D)?(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]{1,6}))?S)?)?$/;

/** A duration in ISO-8601's form (`PT5M`, `P1DT2H`, `-PT0.5S`) in microseconds; null for another text, and where a double does not hold it. */
export function parseDuration(text: string): number | null {
  const match = form.exec(text);
  if (match === null) return null;
  const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = match;
  const micros =
    Number(days) * microsPerDay + Number(hours) * microsPerHour + Number(minutes) * microsPerMinute + Number(seconds) * microsPerSecond + Number(fraction.padEnd(6, "0"));
  if (!Number.isSafeInteger(micros)) return null;
  return (sign === "-" ? -micros : micros) + 0;
}

/** A duration in ISO-8601's form, in days, hours, minutes and seconds: `PT5M`, `P1DT2H3M0.25S`, `PT0S`. */
export function durationText(micros: number): string {
  const total = Math.abs(micros);
  const days = Math.floor(total / microsPerDay);
  const hours = Math.floor(total / microsPerHour) % 24;
  const minutes = Math.floor(total / microsPerMinute) % 60;
  const seconds = Math.floor(total / microsPerSecond) % 60;
  const fraction = total % microsPerSecond;
  const secondText = fraction === 0 ? (seconds === 0 ? "" : `${seconds}S`) : `${seconds}.${String(fraction).padStart(6, "0").replace(/0+$/, "")}S`;
  const clock = `${hours === 0 ? "" : `${hours}H`}${minutes === 0 ? "" : `${minutes}M`}${secondText}`;
  const text = `P${days === 0 ? "" : `${days}D`}${clock === "" ? "" : `T${clock}`}`;
  return (micros < 0 ? "-" : "") + (text === "P" ? "PT0S" : text);
}
