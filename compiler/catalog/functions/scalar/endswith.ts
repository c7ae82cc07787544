import { method } from "../../../code/index.ts";
import { booleanType } from "../../../ir/types/data-type.ts";
import { textOrBytes } from "../text-or-bytes.ts";

/** Whether the first text ends in the second; bytes likewise. */
export const endsWith = textOrBytes({
  name: "endswith",
  aliases: ["ends_with"],
  summary: "Whether the first text ends in the second; bytes likewise.",
  parameters: { required: ["text", "text"] },
  result: booleanType,
  text: (text, wanted) => method(text, "endsWith", wanted),
  bytes: "endsWithBytes",
});
