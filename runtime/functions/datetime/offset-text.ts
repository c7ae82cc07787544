import { microsPerSecond } from "../../time/civil.ts";

/** The text of an offset (microseconds east of UTC) for the letters `X x Z O` of a datetime pattern (java.time's forms). */
export function offsetText(letter: string, count: number, offset: number): string {
  const seconds = offset / microsPerSecond;
  if (letter === "O" || (letter === "Z" && count === 4)) return localized(seconds, letter === "Z" || count === 4);
  const form = letter === "Z" ? (count === 5 ? 5 : 2) : count;
  if (seconds === 0 && (letter === "X" || (letter === "Z" && count === 5))) return "Z";
  const total = Math.abs(seconds);
  const colon = form === 3 || form === 5 ? ":" : "";
  const hours = two(Math.floor(total / 3600));
  const minutes = Math.floor(total / 60) % 60;
  const rest = total % 60;
  const sign = seconds < 0 ? "-" : "+";
  const minuteText = form === 1 && minutes === 0 ? "" : colon + two(minutes);
  const secondText = form >= 4 && rest !== 0 ? colon + two(rest) : "";
  return sign + hours + minuteText + secondText;
}

function localized(seconds: number, full: boolean): string {
  if (seconds === 0) return "GMT";
  const total = Math.abs(seconds);
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  const rest = total % 60;
  const tail = (full || minutes !== 0 || rest !== 0 ? `:${two(minutes)}` : "") + (rest !== 0 ? `:${two(rest)}` : "");
  return `GMT${seconds < 0 ? "-" : "+"}${full ? two(hours) : hours}${tail}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
