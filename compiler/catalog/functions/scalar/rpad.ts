import { textOrBytes } from "../text-or-bytes.ts";

/** A text filled up at the end to so many characters, or cut to them; bytes likewise. */
export const rpad = textOrBytes({
  name: "rpad",
  summary: "A text filled up at the end to so many characters, or cut to them; bytes likewise.",
  parameters: { required: ["text", "int"], optional: ["text"] },
  text: "padEndText",
  bytes: "padEndBytes",
  canFail: (_args, _result, constants) => typeof constants?.[1]?.value !== "number" || constants[1].value < 0,
});
