export { averageDecimal } from "./average-decimal.ts";
export { averageDouble } from "./average-double.ts";
export { count } from "./count.ts";
export { maxDecimal, maxLong, minDecimal, minLong } from "./extreme-exact.ts";
export { maxNumber, minNumber } from "./extreme-number.ts";
export { maxBoolean, maxDouble, maxText, maxValue, minBoolean, minDouble, minText, minValue } from "./extreme-value.ts";
export type { Lane } from "./lane.ts";
export { sumDecimal, sumLong } from "./sum-exact.ts";
export { sumDouble } from "./sum-double.ts";
