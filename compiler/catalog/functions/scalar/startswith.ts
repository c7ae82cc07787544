import { method } from "../../../code/index.ts";
import { booleanType } from "../../../ir/types/data-type.ts";
import { textOrBytes } from "../text-or-bytes.ts";

/** Whether the first text begins with the second; bytes likewise. */
export const startsWith = textOrBytes({
  name: "startswith",
  aliases: ["starts_with"],
  summary: "Whether the first text begins with the second; bytes likewise.",
  parameters: { required: ["text", "text"] },
  result: booleanType,
  text: (text, wanted) => method(text, "startsWith", wanted),
  bytes: "startsWithBytes",
});
