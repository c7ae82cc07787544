import { fromWords, highWord, lowWord, topHalf } from "./double-words.ts";

// fdlibm's power, which java.lang.StrictMath is specified to be; engines of JavaScript have others.
//
// Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy, modify, and distribute this software is
// freely granted, provided that this notice is preserved.

const bp = [1, 1.5] as const;
const dpHigh = [0, 5.84962487220764160156e-1] as const;
const dpLow = [0, 1.35003920212974897128e-8] as const;
/** Of the series of log2((1+s)/(1−s)). */
const logTerms = [
  5.99999999999994648725e-1, 4.28571428578550184252e-1, 3.33333329818377432918e-1, 2.72728123808534006489e-1, 2.30660745775561754067e-1, 2.06975017800338417784e-1,
] as const;
/** Of the series of the exponential. */
const expTerms = [1.66666666666666019037e-1, -2.77777777770155933842e-3, 6.61375632143793436117e-5, -1.65339022054652515390e-6, 4.13813679705723846039e-8] as const;

/** Spark's `pow`: java.lang.StrictMath.pow, bit for bit. */
export function powerOf(x: number, y: number): number {
  const [hx, lx, hy, ly] = [highWord(x), lowWord(x), highWord(y), lowWord(y)];
  const ix = hx & 0x7fffffff;
  const iy = hy & 0x7fffffff;
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return x + y;
  const parity = hx < 0 ? parityOf(y) : "fraction";
  if (iy === 0x7ff00000 && ly === 0) {
    if (ix === 0x3ff00000 && lx === 0) return NaN;
    return ix >= 0x3ff00000 ? (hy >= 0 ? y : 0) : hy < 0 ? -y : 0;
  }
  if (Math.abs(y) === 1) return hy < 0 ? 1 / x : x;
  if (y === 2) return x * x;
  if (y === 0.5 && hx >= 0) return Math.sqrt(x);
  const ax = Math.abs(x);
  if (lx === 0 && (ix === 0x7ff00000 || ix === 0 || ix === 0x3ff00000)) {
    const z = hy < 0 ? 1 / ax : ax;
    if (hx >= 0) return z;
    if (ix === 0x3ff00000 && parity === "fraction") return NaN;
    return parity === "odd" ? -z : z;
  }
  if (hx < 0 && parity === "fraction") return NaN;
  const sign = hx < 0 && parity === "odd" ? -1 : 1;
  const isHugePower = iy > 0x41e00000;
  if (isHugePower && (iy > 0x43f00000 || ix < 0x3fefffff || ix > 0x3ff00000)) {
    const grows = ix <= 0x3fefffff ? hy < 0 : hy > 0;
    return sign * (grows ? Infinity : 0);
  }
  const [t1, t2] = isHugePower ? logNearOne(ax) : logOfSize(ax, ix);
  return exponentiate(y, t1, t2, sign);
}

function parityOf(y: number): "odd" | "even" | "fraction" {
  return Number.isInteger(y) ? (Math.abs(y) >= 2 ** 53 || y % 2 === 0 ? "even" : "odd") : "fraction";
}

/** log2(x) of an x within 2^-20 of 1, in two parts. */
function logNearOne(ax: number): readonly [high: number, low: number] {
  const t = ax - 1;
  const w = t * t * (0.5 - t * (0.3333333333333333333333 - t * 0.25));
  const u = 1.44269502162933349609 * t;
  const v = t * 1.92596299112661746887e-8 - w * 1.442695040888963387;
  const high = topHalf(u + v);
  return [high, v - (high - u)];
}

/** log2(x), in two parts. */
function logOfSize(size: number, topWord: number): readonly [high: number, low: number] {
  let ax = size;
  let ix = topWord;
  let n = 0;
  if (ix < 0x00100000) {
    ax *= 9007199254740992;
    n -= 53;
    ix = highWord(ax);
  }
  n += (ix >> 20) - 0x3ff;
  const j = ix & 0x000fffff;
  ix = j | 0x3ff00000;
  let k: 0 | 1 = 0;
  if (j > 0x3988e) {
    if (j < 0xbb67a) k = 1;
    else {
      n += 1;
      ix -= 0x00100000;
    }
  }
  ax = fromWords(ix, lowWord(ax));
  const u = ax - bp[k];
  const v = 1 / (ax + bp[k]);
  const ss = u * v;
  const sHigh = topHalf(ss);
  const tHigh = fromWords(((ix >> 1) | 0x20000000) + 0x00080000 + (k << 18), 0);
  const tLow = ax - (tHigh - bp[k]);
  const sLow = v * (u - sHigh * tHigh - sHigh * tLow);
  const s2 = ss * ss;
  const [l1, l2, l3, l4, l5, l6] = logTerms;
  const r = s2 * s2 * (l1 + s2 * (l2 + s2 * (l3 + s2 * (l4 + s2 * (l5 + s2 * l6))))) + sLow * (sHigh + ss);
  const square = sHigh * sHigh;
  const partHigh = topHalf(3 + square + r);
  const partLow = r - (partHigh - 3 - square);
  const high = sHigh * partHigh;
  const low = sLow * partHigh + partLow * ss;
  const pHigh = topHalf(high + low);
  const pLow = low - (pHigh - high);
  const zHigh = 9.61796700954437255859e-1 * pHigh;
  const zLow = -7.02846165095275826516e-9 * pHigh + pLow * 9.61796693925975554329e-1 + dpLow[k];
  const t1 = topHalf(zHigh + zLow + dpHigh[k] + n);
  return [t1, zLow - (t1 - n - dpHigh[k] - zHigh)];
}

/** `sign × 2^(y × (t1 + t2))`. */
function exponentiate(y: number, t1: number, t2: number, sign: number): number {
  const y1 = topHalf(y);
  let low = (y - y1) * t1 + y * t2;
  let high = y1 * t1;
  let z = low + high;
  const [j, i] = [highWord(z), lowWord(z)];
  if (j >= 0x40900000) {
    if (j !== 0x40900000 || i !== 0 || low + 8.0085662595372944372e-17 > z - high) return sign * Infinity;
  } else if ((j & 0x7fffffff) >= 0x4090cc00) {
    if (j !== (0xc090cc00 | 0) || i !== 0 || low <= z - high) return sign * 0;
  }
  const size = j & 0x7fffffff;
  let n = 0;
  if (size > 0x3fe00000) {
    n = j + (0x00100000 >> ((size >> 20) - 0x3ff + 1));
    const k = ((n & 0x7fffffff) >> 20) - 0x3ff;
    const t = fromWords(n & ~(0x000fffff >> k), 0);
    n = ((n & 0x000fffff) | 0x00100000) >> (20 - k);
    if (j < 0) n = -n;
    high -= t;
  }
  const t = topHalf(low + high);
  const u = t * 6.93147182464599609375e-1;
  const v = (low - (t - high)) * 6.93147180559945286227e-1 + t * -1.90465429995776804525e-9;
  z = u + v;
  const w = v - (z - u);
  const square = z * z;
  const [p1, p2, p3, p4, p5] = expTerms;
  const c = z - square * (p1 + square * (p2 + square * (p3 + square * (p4 + square * p5))));
  low = (z * c) / (c - 2) - (w + z * w);
  z = 1 - (low - z);
  const top = highWord(z) + (n << 20);
  return sign * (top >> 20 <= 0 ? scaledDown(z, n) : fromWords(top, lowWord(z)));
}

/** `z × 2^n` where the result is subnormal: rounded once. */
function scaledDown(z: number, n: number): number {
  return z * 2 ** (n + 54) * 2 ** -54;
}
