import { EOF, type IRecognitionException } from "chevrotain";
import { is, tokenize } from "../../grammar/lexer.ts";
import { parseTokens } from "../../grammar/parser.ts";
import { tagStatementStarts } from "../../grammar/statement-starts.ts";
import { semicolon } from "../diagnostics/catalogue/syntax.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import type { PlacedDiagnostic } from "../diagnostics/diagnostic.ts";
import type { Program } from "../ir/ast/index.ts";
import type { SourceText } from "../source/source-text.ts";
import { buildProgram } from "./build/build-program.ts";
import { describeProblem } from "./lexical-messages.ts";
import { mendHabits } from "./mend-habits.ts";
import { describeError } from "./syntax-messages.ts";

/**
 * Parses a job. Never throws: what cannot be read is reported, one error a line, and is left out or stands in the tree as
 * missing. Only a file that has an error is read a second time, with more boundaries to go on from and with the habits of
 * other languages mended.
 */
export function parse(source: SourceText, diagnostics: DiagnosticBag): Program {
  const { tokens, problems } = tokenize(source.text);
  const found: PlacedDiagnostic[] = [];
  const report = (diagnostic: PlacedDiagnostic): void => {
    found.push(diagnostic);
  };
  let result = parseTokens(tagStatementStarts(tokens, false), false);
  if (problems.length > 0 || result.errors.length > 0) {
    const first = result;
    const mended = mendHabits(tokens);
    const tagged = tagStatementStarts(mended.tokens, true);
    result = parseTokens(tagged, true);
    problems.forEach((problem) => report(describeProblem(problem, source)));
    mended.diagnostics.forEach(report);
    const unclosedComment = problems.some(({ kind }) => kind === "unclosed comment");
    const errors = result.errors.length === 0 && found.length === 0 ? first.errors : result.errors;
    errors.filter((error) => !(unclosedComment && endsFile(error))).forEach((error) => report(describeError(error, tagged)));
  }
  const program = buildProgram(result.cst, source.text.length, { report, broken: result.broken });
  onePerLine(found, source).forEach((diagnostic) => diagnostics.add(diagnostic));
  return program;
}

function endsFile(error: IRecognitionException): boolean {
  return is(error.token, EOF);
}

/** The first of each line (reported first: lexical problems and habits before what follows from them); `;` once a file. */
function onePerLine(found: readonly PlacedDiagnostic[], source: SourceText): readonly PlacedDiagnostic[] {
  const lines = new Set<number>();
  let terminators = 0;
  return found.filter((diagnostic) => {
    const { line } = source.locate(diagnostic.primary.span.start);
    if (lines.has(line)) return false;
    if (diagnostic.code === semicolon.code && ++terminators > 1) return false;
    lines.add(line);
    return true;
  });
}
