import { fromWords, highWord, topHalf } from "./double-words.ts";

// fdlibm's hypotenuse, which java.lang.Math is; engines of JavaScript have another.
//
// Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy, modify, and distribute this software is
// freely granted, provided that this notice is preserved.

/** Spark's `hypot`: java.lang.Math.hypot, bit for bit. */
export function hypotenuse(x: number, y: number): number {
  let a = Math.max(Math.abs(x), Math.abs(y));
  let b = Math.min(Math.abs(x), Math.abs(y));
  if (Math.abs(x) === Infinity || Math.abs(y) === Infinity) return Infinity;
  if (Number.isNaN(a)) return NaN;
  const [ha, hb] = [highWord(a), highWord(b)];
  if (ha - hb > 0x3c00000) return a + b;
  let scale = 1;
  if (ha > 0x5f300000) {
    [a, b, scale] = [a * 2 ** -600, b * 2 ** -600, 2 ** 600];
  } else if (hb < 0x20b00000) {
    if (b === 0) return a;
    if (hb <= 0x000fffff) [a, b, scale] = [a * 2 ** 1022, b * 2 ** 1022, 2 ** -1022];
    else [a, b, scale] = [a * 2 ** 600, b * 2 ** 600, 2 ** -600];
  }
  return legs(a, b) * scale;
}

function legs(longer: number, shorter: number): number {
  const [a, b] = [longer, shorter];
  const w = a - b;
  if (w > b) {
    const t1 = topHalf(a);
    const t2 = a - t1;
    return Math.sqrt(t1 * t1 - (b * -b - t2 * (a + t1)));
  }
  const twice = a + a;
  const y1 = topHalf(b);
  const y2 = b - y1;
  const t1 = fromWords(highWord(a) + 0x00100000, 0);
  const t2 = twice - t1;
  return Math.sqrt(t1 * y1 - (w * -w - (t1 * y2 + t2 * b)));
}
