import type { Code } from "./code.ts";

/** Code without the contents of its string literals, in which a user's text stands. */
export function withoutTexts(code: Code): string {
  return code.text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/.*$/gm, (part) => (part.startsWith("//") ? "" : '""'));
}

/** Whether a name stands in the code, as a name (also after the dots of a spread) and not in a text or a comment. */
export function refersTo(code: Code, name: string): boolean {
  return new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${name}\\b`).test(withoutTexts(code));
}
