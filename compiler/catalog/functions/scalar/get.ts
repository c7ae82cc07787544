import { arrayAccess } from "../array-access.ts";

/** An element of an array, from 0; null beyond the ends. */
export const get = arrayAccess({
  name: "get",
  summary: "An element of an array, from 0; null beyond the ends.",
  kernel: "itemOrNull",
  lenient: true,
  strictIndex: false,
});
