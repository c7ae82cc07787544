import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** `parse_url` that gives null where the text is no URL. */
export const tryParseUrl = kernelFunction({
  name: "try_parse_url",
  summary: "`parse_url` that gives null where the text is no URL.",
  parameters: { required: ["text", "text"], optional: ["text"] },
  result: stringType,
  kernel: "tryUrlPart",
  givesNull: true,
});
