import type { LexicalProblem } from "../../grammar/lexer.ts";
import { unclosedComment, unclosedName, unclosedString, unexpectedCharacter } from "../diagnostics/catalogue/syntax.ts";
import type { PlacedDiagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceText } from "../source/source-text.ts";

/** Puts what the lexer met into a diagnostic. */
export function describeProblem(problem: LexicalProblem, source: SourceText): PlacedDiagnostic {
  const { kind, start, end } = problem;
  const span = { start, end };
  switch (kind) {
    case "unclosed string": {
      const raw = source.text.charAt(start) === "r";
      const quote = source.text.charAt(raw ? start + 1 : start);
      return unclosedString({}).at(span).helped(`close it with \`${quote}\` on the same line${raw ? "" : "; a line end within is `\\n`"}`);
    }
    case "unclosed comment":
      return unclosedComment({}).at({ start, end: start + 2 }).helped("close it with `*/`");
    case "unclosed name":
      return unclosedName({}).at(span).helped("close it with a backtick on the same line; a backtick within is doubled");
    case "unexpected character":
      return describeCharacter(source.slice(span)).at(span).helped(characterHelp(source.slice(span)));
  }
}

function describeCharacter(character: string): ReturnType<typeof unexpectedCharacter> {
  const code = character.codePointAt(0) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return unexpectedCharacter({ character: /^[\p{P}\p{S}\p{N}]$/u.test(character) ? `\`${character}\`` : name });
}

function characterHelp(character: string): string {
  if (/[“”„‟«»]/u.test(character)) return "strings are quoted with `\"`";
  if (/[‘’‚‛´]/u.test(character)) return "strings are quoted with `'` or `\"`, names with backticks";
  if (/[–—−]/u.test(character)) return "the sign is `-`";
  if (character === "#") return "comments open with `//`";
  if (character === "$" || character === "@") return "names are written without a sign; a name with one goes in backticks";
  return "remove it, or put it into a string or a name in backticks";
}
