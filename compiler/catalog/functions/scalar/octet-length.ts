import { callCode, type Code, member, runtime } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { textOrBytes } from "../text-or-bytes.ts";

/** The number of bytes of a text in UTF-8, or of bytes. */
export const octetLength = textOrBytes({
  name: "octet_length",
  summary: "The number of bytes of a text in UTF-8, or of bytes.",
  parameters: { required: ["text"] },
  result: intType,
  text: byteLengthCode,
  bytes: (value) => member(value, "length"),
});

/** Code for the number of bytes of a text in UTF-8. */
export function byteLengthCode(text: Code): Code {
  return callCode(runtime("byteLength"), text);
}
