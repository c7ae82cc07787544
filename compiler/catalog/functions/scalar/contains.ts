import { method } from "../../../code/index.ts";
import { booleanType } from "../../../ir/types/data-type.ts";
import { textOrBytes } from "../text-or-bytes.ts";

/** Whether the first text holds the second; bytes likewise. */
export const contains = textOrBytes({
  name: "contains",
  summary: "Whether the first text holds the second; bytes likewise.",
  parameters: { required: ["text", "text"] },
  result: booleanType,
  text: (text, wanted) => method(text, "includes", wanted),
  bytes: "containsBytes",
});
