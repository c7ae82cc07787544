import { arrayAccess } from "../array-access.ts";

/** An element of an array, from 1, from the end where negative; an error beyond the ends. */
export const elementAt = arrayAccess({
  name: "element_at",
  summary: "An element of an array, from 1, from the end where negative; an error beyond the ends.",
  kernel: "elementAt",
  lenient: false,
  strictIndex: true,
});
