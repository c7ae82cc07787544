import { createRequire } from "node:module";
import type fastJsonStringify from "fast-json-stringify";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { JsonSchema } from "./json-schema.ts";

/**
 * The text of a function `(validator, serializer) => (value) => string` for a schema. Everything outside ASCII is escaped: a user's
 * field name stands in the text as a quoted literal and in comments, where a line separator would end the comment.
 */
export function standaloneFunction(schema: JsonSchema): string {
  // Loaded when a job has nested columns at all: the library brings a schema validator along.
  const build: typeof fastJsonStringify = createRequire(import.meta.url)("fast-json-stringify");
  const text: unknown = build(schema, { mode: "standalone" });
  const match = typeof text === "string" ? /module\.exports = (function [^]*\})\s*\(validator, serializer\)\s*$/.exec(text) : null;
  const body = match?.[1];
  if (body === undefined || /\bvalidator\.|\bas(?:DateTime|Date|Time)\(/.test(body)) return internalError("E9008", "the text of a serializer is not of the form that this version knows");
  return tidy(body).replace(/[^\t\n\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** No spaces at the ends of lines, no runs of blank lines. */
function tidy(text: string): string {
  return text.replace(/[ \t]+$/gm, "").replace(/\n{3,}/g, "\n\n");
}
