import { EOF, type IToken, type TokenType } from "chevrotain";
import { is } from "../lexer.ts";
import { isStatementStart } from "../statement-starts.ts";
import * as t from "../tokens.ts";
import type { Boundary, LookAhead } from "./recovery-rules.ts";

const atStatement = (look: LookAhead): boolean => is(look(1), EOF) || isStatementStart(look(1).tokenType);
const hardClauses: ReadonlySet<TokenType> = new Set(Object.values(t.hardSinkClause));
const atHardClause = (look: LookAhead): boolean => hardClauses.has(look(1).tokenType);
const atSinkClause = (look: LookAhead): boolean => Object.values(t.sinkClause).some((type) => is(look(1), type));
const opensLine = (token: IToken, before: IToken): boolean => token.startLine !== before.startLine;

/** A whole statement, and what follows its name: the next statement. */
export const statementBoundary: Boundary = { expected: "a statement", ends: atStatement, resumes: atStatement };

/** A statement's part behind its name: errors in it leave the name known. */
export const bodyBoundary: Boundary = { expected: "a statement", ends: () => true, resumes: atStatement };

/** A relation or a step in a pipeline: the next `|>`, the sink's clauses, the bracket around the pipeline. */
export const stepBoundary: Boundary = {
  expected: "`|>`",
  ends: (look) => is(look(1), t.Pipe) || is(look(1), t.RightParen) || is(look(1), t.sinkClause.into) || atStatement(look),
  resumes: (look) => is(look(1), t.Pipe) || atHardClause(look) || atStatement(look),
};

/** A clause of a sink: the next clause. */
export const clauseBoundary: Boundary = {
  expected: "`mode`, `trigger`, `checkpoint` or a statement",
  ends: (look) => atSinkClause(look) || atStatement(look),
  resumes: (look) => (atHardClause(look) && !is(look(1), t.sinkClause.into)) || atStatement(look),
};

const atFieldName = (look: LookAhead): boolean =>
  (is(look(1), t.Name) || is(look(1), t.Reserved) || is(look(1), t.Text)) && is(look(2), t.Colon);

/** A field of a record type: the next field that begins a line, or the closing brace. */
export const fieldBoundary: Boundary = {
  expected: "a field or `}`",
  ends: (look) => is(look(1), t.RightBrace) || is(look(1), t.Name) || is(look(1), t.Reserved) || is(look(1), t.Text) || atStatement(look),
  resumes: (look) => is(look(1), t.RightBrace) || (atFieldName(look) && opensLine(look(1), look(0))) || atStatement(look),
};
