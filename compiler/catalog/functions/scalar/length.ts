import { member } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { textOrBytes } from "../text-or-bytes.ts";

/** The number of characters (code points) of a text, or of bytes. */
export const length = textOrBytes({
  name: "length",
  aliases: ["char_length", "character_length", "len"],
  summary: "The number of characters (code points) of a text, or of bytes.",
  parameters: { required: ["text"] },
  result: intType,
  text: "textLength",
  bytes: (bytes) => member(bytes, "length"),
});
