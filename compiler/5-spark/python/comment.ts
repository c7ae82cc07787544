import { commentText } from "../../code/literal.ts";

/** Lines of a comment. A user's text is cleaned of what ends a line or hides; one that says how a file is encoded can do so only in the first two lines, which are ours. */
export function commentLines(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `# ${commentText(line)}`.trimEnd());
}
