import { textOrBytes } from "../text-or-bytes.ts";

/** Characters from a position on (from 1, from the end where negative), at most so many; bytes likewise. */
export const substring = textOrBytes({
  name: "substring",
  aliases: ["substr"],
  summary: "Characters from a position on (from 1, from the end where negative), at most so many; bytes likewise.",
  parameters: { required: ["text", "int"], optional: ["int"] },
  text: "substringText",
  bytes: "substringBytes",
});
