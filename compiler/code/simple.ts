import type { Code } from "./code.ts";

/** Whether code may be repeated for free: an identifier, a literal, or a lane read by a plain index. */
export function isSimple(code: Code): boolean {
  return /^(?:[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*(?:\[[a-z]+\])?|-?[\d_.]+n?|"(?:[^"\\]|\\.)*")$/.test(code.text);
}
