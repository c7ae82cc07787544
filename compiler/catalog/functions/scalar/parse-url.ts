import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";
import { always } from "../resolution.ts";

/** HOST, PATH, QUERY, REF, PROTOCOL, FILE, AUTHORITY or USERINFO of a URL, or the value of a key of its query; null where there is none. */
export const parseUrl = kernelFunction({
  name: "parse_url",
  summary: "HOST, PATH, QUERY, REF, PROTOCOL, FILE, AUTHORITY or USERINFO of a URL, or the value of a key of its query; null where there is none.",
  parameters: { required: ["text", "text"], optional: ["text"] },
  result: stringType,
  kernel: "urlPart",
  canFail: always,
  givesNull: true,
});
