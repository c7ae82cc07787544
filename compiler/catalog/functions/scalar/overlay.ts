import { textOrBytes } from "../text-or-bytes.ts";

/** A text with the characters from a position on replaced, as many as the replacement has unless said; bytes likewise. */
export const overlay = textOrBytes({
  name: "overlay",
  summary: "A text with the characters from a position on replaced, as many as the replacement has unless said; bytes likewise.",
  parameters: { required: ["text", "text", "int"], optional: ["int"] },
  text: "overlayText",
  bytes: "overlayBytes",
});
