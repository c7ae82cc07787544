import { binary, numberCode } from "../../../code/index.ts";
import { doubleFunction } from "../double-function.ts";

/** An angle in degrees as radians. */
export const radians = doubleFunction({
  name: "radians",
  summary: "An angle in degrees as radians.",
  emit: (angle) => binary("*", angle, numberCode(0.017453292519943295)),
});
