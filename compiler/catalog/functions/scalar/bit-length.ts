import { binary, member, numberCode } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { textOrBytes } from "../text-or-bytes.ts";
import { byteLengthCode } from "./octet-length.ts";

/** The number of bits of a text in UTF-8, or of bytes. */
export const bitLength = textOrBytes({
  name: "bit_length",
  summary: "The number of bits of a text in UTF-8, or of bytes.",
  parameters: { required: ["text"] },
  result: intType,
  text: (text) => binary("*", byteLengthCode(text), numberCode(8)),
  bytes: (bytes) => binary("*", member(bytes, "length"), numberCode(8)),
});
