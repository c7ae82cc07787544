import type { ScalarFunction } from "../scalar-function.ts";
import { acos } from "./acos.ts";
import { acosh } from "./acosh.ts";
import { asin } from "./asin.ts";
import { asinh } from "./asinh.ts";
import { atan } from "./atan.ts";
import { atan2 } from "./atan2.ts";
import { atanh } from "./atanh.ts";
import { bitCount } from "./bit-count.ts";
import { bitGet } from "./bit-get.ts";
import { bround } from "./bround.ts";
import { cbrt } from "./cbrt.ts";
import { cos } from "./cos.ts";
import { cosh } from "./cosh.ts";
import { cot } from "./cot.ts";
import { csc } from "./csc.ts";
import { degrees } from "./degrees.ts";
import { div } from "./div.ts";
import { e } from "./e.ts";
import { exp } from "./exp.ts";
import { expm1 } from "./expm1.ts";
import { factorial } from "./factorial.ts";
import { hypot } from "./hypot.ts";
import { isnan } from "./isnan.ts";
import { ln } from "./ln.ts";
import { log } from "./log.ts";
import { log10 } from "./log10.ts";
import { log1p } from "./log1p.ts";
import { log2 } from "./log2.ts";
import { mod } from "./mod.ts";
import { nanvl } from "./nanvl.ts";
import { negative } from "./negative.ts";
import { pi } from "./pi.ts";
import { pmod } from "./pmod.ts";
import { positive } from "./positive.ts";
import { pow } from "./pow.ts";
import { radians } from "./radians.ts";
import { rint } from "./rint.ts";
import { sec } from "./sec.ts";
import { shiftLeft } from "./shiftleft.ts";
import { shiftRight } from "./shiftright.ts";
import { shiftRightUnsigned } from "./shiftrightunsigned.ts";
import { sign } from "./sign.ts";
import { sin } from "./sin.ts";
import { sinh } from "./sinh.ts";
import { sqrt } from "./sqrt.ts";
import { tan } from "./tan.ts";
import { tanh } from "./tanh.ts";
import { tryAdd } from "./try-add.ts";
import { tryDivide } from "./try-divide.ts";
import { tryMod } from "./try-mod.ts";
import { tryMultiply } from "./try-multiply.ts";
import { trySubtract } from "./try-subtract.ts";
import { widthBucket } from "./width-bucket.ts";

/** Mathematical functions beside the operators; one line each, sorted. */
export const mathsFunctions: readonly ScalarFunction[] = [
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  bitCount,
  bitGet,
  bround,
  cbrt,
  cos,
  cosh,
  cot,
  csc,
  degrees,
  div,
  e,
  exp,
  expm1,
  factorial,
  hypot,
  isnan,
  ln,
  log,
  log10,
  log1p,
  log2,
  mod,
  nanvl,
  negative,
  pi,
  pmod,
  positive,
  pow,
  radians,
  rint,
  sec,
  shiftLeft,
  shiftRight,
  shiftRightUnsigned,
  sign,
  sin,
  sinh,
  sqrt,
  tan,
  tanh,
  tryAdd,
  tryDivide,
  tryMod,
  tryMultiply,
  trySubtract,
  widthBucket,
];
