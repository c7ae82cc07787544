import { fromWords, highWord, lowWord } from "./double-words.ts";

// fdlibm's cube root, which java.lang.Math is; engines of JavaScript have another.
//
// Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy, modify, and distribute this software is
// freely granted, provided that this notice is preserved.

/** Spark's `cbrt`: java.lang.Math.cbrt, bit for bit. */
export function cubeRoot(x: number): number {
  if (!Number.isFinite(x) || x === 0) return x;
  const size = Math.abs(x);
  let t = fromWords(Math.trunc(highWord(size) / 3) + 715_094_163, 0);
  if (highWord(size) < 0x00100000) {
    t = size * 18_014_398_509_481_984;
    t = fromWords(Math.trunc(highWord(t) / 3) + 696_219_795, lowWord(t));
  }
  let r = (t * t) / size;
  let s = 5.42857142857142815906e-1 + r * t;
  t *= 3.57142857142857150787e-1 + 1.60714285714285720630 / (s + 1.41428571428571436819 + -7.05306122448979611050e-1 / s);
  t = fromWords(highWord(t) + 1, 0);
  s = t * t;
  r = size / s;
  r = (r - t) / (t + t + r);
  t += t * r;
  return x < 0 ? -t : t;
}
