import { callCode, runtime } from "../../../code/index.ts";
import { argumentAt, constantText } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import { like } from "./like.ts";

/** `like` over both in lower case. */
export const ilike: ScalarFunction = {
  ...like,
  name: "ilike",
  summary: "Whether a whole text fits a pattern of `like`, capital letters being as good as small ones.",
  emit(args, result, services) {
    const [text, pattern, ...escape] = [argumentAt(args, 0), argumentAt(args, 1), ...args.slice(2)];
    const known = constantText(pattern);
    const lowered = { ...pattern, code: callCode(runtime("lowerText"), pattern.code), ...(known === undefined ? {} : { constant: { value: known.toLowerCase() } }) };
    return like.emit([{ ...text, code: callCode(runtime("lowerText"), text.code) }, lowered, ...escape], result, services);
  },
};
