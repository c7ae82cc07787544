import { textOrBytes } from "../text-or-bytes.ts";

/** A text filled up at the front to so many characters, or cut to them; bytes likewise. */
export const lpad = textOrBytes({
  name: "lpad",
  summary: "A text filled up at the front to so many characters, or cut to them; bytes likewise.",
  parameters: { required: ["text", "int"], optional: ["text"] },
  text: "padStartText",
  bytes: "padStartBytes",
  canFail: (_args, _result, constants) => typeof constants?.[1]?.value !== "number" || constants[1].value < 0,
});
