import { pyCall, pyMethod, pyName, pyText } from "../../python/py.ts";
import { type FunctionForms, pythonForms } from "./function-form.ts";

/** Numbers. */
export const mathsForms: FunctionForms = [
  ...pythonForms(
    "acos/1 acosh/1 asin/1 asinh/1 atan/1 atan2/2 atanh/1 bit_count/1 bround/1-2:1 cbrt/1 cos/1 cosh/1 cot/1 csc/1 degrees/1 e/0 exp/1 expm1/1 factorial/1 hypot/2 isnan/1 ln/1 log10/1 log1p/1 log2/1",
    "nanvl/2 negative/1 pi/0 pmod/2 positive/1 pow/2 radians/1 rint/1 sec/1 shiftleft/2:1 shiftright/2:1 shiftrightunsigned/2:1 sign/1 sin/1 sinh/1 sqrt/1 tan/1 tanh/1 try_add/2 try_divide/2 try_mod/2",
    "try_multiply/2 try_subtract/2 width_bucket/4",
  ),
  // Spark gives a byte.
  ["bit_get", { kind: "written", as: 'F.bit_get(x, i).cast("int")', write: (args, _call, { column }) => pyMethod(pyCall(pyName("F.bit_get"), args.map(column)), "cast", [pyText("int")]) }],
];
