import { highWord } from "./double-words.ts";

/** What fdlibm gives for an angle so near to a right one that the quotient's exponent is above 60. */
const nearlyRight = 1.5707963267948968;

/** Spark's `atan2`: java.lang.Math.atan2 with −0.0 taken as 0.0. Engines of JavaScript differ just left of the axis. */
export function arcTangent2(y: number, x: number): number {
  if (x < 0 && y !== 0 && Number.isFinite(x) && Number.isFinite(y) && (highWord(Math.abs(y)) - highWord(Math.abs(x))) >> 20 > 60) {
    return y < 0 ? -nearlyRight : nearlyRight;
  }
  return Math.atan2(y + 0, x + 0);
}
