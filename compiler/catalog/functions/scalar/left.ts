import { callCode, numberCode, runtime } from "../../../code/index.ts";
import { textOrBytes } from "../text-or-bytes.ts";

/** The first so many characters of a text, or bytes. */
export const left = textOrBytes({
  name: "left",
  summary: "The first so many characters of a text, or bytes.",
  parameters: { required: ["text", "int"] },
  text: (text, count) => callCode(runtime("substringText"), text, numberCode(1), count),
  bytes: (bytes, count) => callCode(runtime("substringBytes"), bytes, numberCode(1), count),
});
