import { binary, numberCode } from "../../../code/index.ts";
import { doubleFunction } from "../double-function.ts";

/** An angle in radians as degrees. */
export const degrees = doubleFunction({
  name: "degrees",
  summary: "An angle in radians as degrees.",
  emit: (angle) => binary("*", angle, numberCode(57.29577951308232)),
});
