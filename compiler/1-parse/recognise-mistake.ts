import { is, type Token } from "../../grammar/lexer.ts";
import { isStatementStart } from "../../grammar/statement-starts.ts";
import * as t from "../../grammar/tokens.ts";
import { sinkClauseWords, statementWords, stepWords } from "../../grammar/words.ts";
import {
  chainedComparison, foreignOperator, fromClause, missingPipe, reservedWordAsName, sinkClauseOutsideSink, unexpectedToken,
  unknownDurationUnit, unknownStatement, unknownStep, unmatchedBracket,
} from "../diagnostics/catalogue/syntax.ts";
import type { PlacedDiagnostic } from "../diagnostics/diagnostic.ts";
import { nearest } from "../diagnostics/did-you-mean.ts";
import { durationOf, unitsHelp } from "./habits/duration-habits.ts";
import { spanOf, textOf, touches } from "./habits/habit.ts";
import { inPipeline, stepAt, type Mistake } from "./mistakes/mistake.ts";
import { nameHabits } from "./mistakes/name-habits.ts";
import { sqlMistakes } from "./mistakes/sql-mistakes.ts";
import { openingHelp } from "./mistakes/statement-habits.ts";
import { stepHabits } from "./mistakes/step-habits.ts";
import type { Stumble } from "./syntax-messages.ts";

const allSteps: readonly string[] = ["where", ...stepWords, "as", "distinct"];
const opensFirstColumn = ({ tokens, at }: Stumble, found: Token): boolean => found.startColumn === 1 && tokens[at - 1]?.startLine !== found.startLine;
const expectsStatement = (stumble: Stumble): boolean => stumble.expected.endsWith("a statement");
const comparisons = ["=", "==", "!=", "<>", "<", "<=", ">", ">="];

const operandStarts: ReadonlySet<string> = new Set(["|>", "and", "or", "not", "(", "[", "{", ",", ":", "where", "when", "then", "else", "on"]);

const endsOperand = (token: Token | undefined): boolean =>
  [t.Name, t.Integer, t.Decimal, t.Text, t.Duration, t.RightParen, t.RightBracket, t.reserved.null, t.reserved.true, t.reserved.false].some((type) => is(token, type));

const chained: Mistake = (stumble, found, previous) => {
  if (!comparisons.includes(found.image) || stumble.missing || !endsOperand(previous)) return undefined;
  const before = stumble.tokens.slice(0, stumble.at);
  const from = before.findLastIndex((token, index) => operandStarts.has(token.image) || isStatementStart(before[index - 2]?.tokenType ?? token.tokenType));
  const operand = before.slice(from + 1);
  if (!operand.some((token) => comparisons.includes(token.image))) return undefined;
  const concat = operand.find((token) => is(token, t.Concat));
  const placed = chainedComparison({ operator: found.image }).at(stumble.span);
  return concat === undefined ? placed.helped("write `a < b and b < c`") : placed.helped("`||` joins strings: write `or`", { span: spanOf(concat), replacement: "or" });
};

const arrow: Mistake = (stumble, found, before) => {
  const next = stumble.tokens[stumble.at + 1];
  const [dash, head] = found.image === ">" ? [before, found] : [found, next];
  if (dash === undefined || head?.image !== ">" || !touches(dash, head) || !["-", "="].includes(dash.image)) return undefined;
  return foreignOperator({ operator: `${dash.image}>` }).at(spanOf(dash, head)).helped("write the function in TypeScript and import it");
};

const question: Mistake = (stumble, found) => {
  if (found.image !== "?") return undefined;
  const next = stumble.tokens[stumble.at + 1];
  if (next?.image === "?" && touches(found, next)) {
    return foreignOperator({ operator: "??" }).at(spanOf(found, next)).helped("write `coalesce(a, b)`");
  }
  if (next?.image === "." && touches(found, next)) {
    return foreignOperator({ operator: "?." }).at(spanOf(found, next))
      .helped("write `.`: the field of a record that is null is null");
  }
  return foreignOperator({ operator: "?" }).at(stumble.span).helped("write `case when … then … else … end`");
};

const fromBehindSelect: Mistake = (stumble, found) => {
  if (found.image.toLowerCase() !== "from") return undefined;
  if (stumble.rules.includes("selectStep")) return fromClause({}).at(stumble.span).helped("write the stream first: `clicks |> select page`");
  if (!inPipeline(stumble)) return undefined;
  const opener = stumble.tokens.slice(0, stumble.at).findLast((token) => is(token, t.Pipe) || is(token, t.contextual.select));
  if (opener === undefined || is(opener, t.Pipe)) return undefined;
  const placed = fromClause({}).at(stumble.span);
  const relation = stumble.tokens[stumble.at + 1];
  const start = (stumble.tokens[stumble.at - 1]?.endOffset ?? found.startOffset) + 1;
  const fix = is(relation, t.Name) && relation !== undefined ? { span: { start, end: relation.endOffset + 1 }, replacement: "" } : undefined;
  return placed.helped("leave it out: the pipeline opens with the stream, as in `clicks |> select page`", fix);
};

const clauseOutsideSink: Mistake = (stumble, found) => {
  const clause = sinkClauseWords.find((word) => word === found.image);
  if (clause === undefined || stumble.rules.length > 0 || !(expectsStatement(stumble) || inPipeline(stumble))) return undefined;
  const inSink = stumble.tokens.slice(0, stumble.at).findLast((token) => Object.values(t.statementStart).includes(token.tokenType));
  if (inSink?.image === "sink") return undefined;
  return sinkClauseOutsideSink({ clause }).at(stumble.span).helped("declare the query as `sink NAME = … into …`");
};

const pipeMissing: Mistake = (stumble, found) => {
  if (!inPipeline(stumble) || stumble.missing || !allSteps.includes(found.image) || opensFirstColumn(stumble, found)) return undefined;
  return missingPipe({ step: found.image }).at(stumble.span)
    .helped(`write \`|> ${found.image}\``, { span: { start: found.startOffset, end: found.startOffset }, replacement: "|> " });
};

const sqlClauses: Readonly<Record<string, string>> = {
  having: "filter behind the aggregate: `|> where …`",
  group: "`group by` is part of the step `aggregate … group by …`",
  offset: "there is no `offset` of rows",
  qualify: "keep the first rows of each key with `top N by … per …`",
  lateral: "use the step `explode`",
  partition: "use `per` in the step `top`, `group by` in `aggregate`",
  intersect: "keep the rows that the other side has too: `|> distinct |> join semi b on …`",
  except: "keep the rows that the other side lacks: `|> distinct |> join anti b on …`",
  minus: "keep the rows that the other side lacks: `|> distinct |> join anti b on …`",
};

const sqlClause: Mistake = (stumble, found) => {
  const word = found.image.toLowerCase();
  if (stumble.missing || !(inPipeline(stumble) || stumble.expected === "a step") || !Object.hasOwn(sqlClauses, word)) return undefined;
  const help = sqlClauses[word];
  const fix = word === "having" && stumble.expected === "a step" ? { span: stumble.span, replacement: "where" } : undefined;
  return help === undefined ? undefined : unknownStep({ word: found.image }).at(stumble.span).helped(help, fix);
};

const otherStep: Mistake = (stumble, found) => {
  if (stumble.expected !== "a step" || stumble.missing || !is(found, t.Name)) return undefined;
  const near = nearest(found.image, allSteps);
  const placed = unknownStep({ word: found.image }).at(stumble.span);
  if (near === undefined) return placed.helped(`the steps are ${allSteps.map((word) => `\`${word}\``).join(", ")}`);
  return placed.helped(`did you mean \`${near}\`?`, { span: stumble.span, replacement: near });
};

const colonBehindWord: Mistake = (stumble, found, before) => {
  if (found.image !== ":" || before === undefined || !["every", "continuous", "trigger", "mode", "checkpoint", "delay"].includes(before.image)) return undefined;
  return unexpectedToken({ expected: stumble.expected, found: stumble.found, missing: false }).at(stumble.span)
    .helped(`write it without the colon: \`${before.image} ${stumble.tokens[stumble.at + 1]?.image ?? "…"}\``, { span: stumble.span, replacement: "" });
};

const durationExpected: Mistake = (stumble, found) => {
  if (stumble.expected !== "a duration" && stumble.expected !== "`watermark` or a duration") return undefined;
  if (!is(found, t.Integer) && !is(found, t.Decimal) && !is(found, t.Text)) return undefined;
  const unit = stumble.tokens[stumble.at + 1];
  if (is(found, t.Integer) && unit !== undefined && unit.startLine === found.startLine && is(unit, t.Identifier)) {
    return unknownDurationUnit({ unit: unit.image }).at(spanOf(unit)).helped(unitsHelp);
  }
  const quoted = is(found, t.Text) ? durationOf(found.image.slice(1, -1)) : undefined;
  const fix = quoted === undefined ? undefined : { span: stumble.span, replacement: quoted };
  return unexpectedToken({ expected: "a duration", found: stumble.found, missing: false }).at(stumble.span)
    .helped("a number and its unit on one line: `5 minutes`, `1 hour 30 minutes`", fix);
};

const unnamedColumn: Mistake = (stumble) => {
  if (stumble.expected !== "`as`" || stumble.rules.at(-1) !== "namedExpression") return undefined;
  const { expected, found, missing, span } = stumble;
  const diagnostic = unexpectedToken({ expected: "`as` and a name", found, missing }).at(span);
  const step = stepAt(stumble);
  const [separator, column] = step?.tokens.slice(-2) ?? [];
  if (step?.word === "aggregate" && (is(separator, t.Comma) || step.tokens.length === 2) && is(column, t.Name)) return diagnostic.helped(`a key is a column of the result as it is: leave \`${column?.image ?? ""}\` out`);
  return diagnostic.helped(`name the column: \`… ${expected.slice(1, -1)} NAME\``);
};

const listOrNull: Mistake = (stumble, found) => {
  const { expected, rules, span } = stumble;
  if (found.image === "[" && expected === "`(`" && rules.at(-1) === "inList") {
    const rest = stumble.tokens.slice(stumble.at + 1);
    const list = rest.slice(0, rest.findIndex(({ image }) => image === "]"));
    const last = rest[list.length];
    const fix = list.length === 0 || last === undefined || list.some(({ image }) => image === "[") ? undefined : { span: spanOf(found, last), replacement: `(${textOf(list)})` };
    return unexpectedToken({ expected, found: stumble.found, missing: false }).at(span).helped("a list behind `in` stands in parentheses: `x in (1, 2)`", fix);
  }
  if (found.image !== "null" || rules.at(-1) !== "comparison") return undefined;
  const not = stumble.tokens[stumble.at - 1];
  const fix = not?.image === "not" ? { span: spanOf(not), replacement: "is not" } : undefined;
  return unexpectedToken({ expected, found: stumble.found, missing: false }).at(span).helped("write `is not null`", fix);
};

const digitsAndLetters: Mistake = (stumble, found, before) => {
  if (before === undefined || !touches(before, found) || !is(before, t.Integer) || !is(found, t.Identifier)) return undefined;
  const help = found.image.startsWith("_") ? "write the digits without separators" : "a name opens with a letter; put it in backticks";
  return unexpectedToken({ expected: "the end of the number", found: stumble.found, missing: false }).at(stumble.span).helped(help);
};

const reservedName: Mistake = (stumble, found) => {
  if (!is(found, t.Reserved) || stumble.missing) return undefined;
  if (!/\b(name|expression|column|argument|stream|duration)\b/.test(stumble.expected)) return undefined;
  if (["and", "or", "when", "as", "is", "in", "like", "rlike", "between"].includes(found.image) && !/\bname\b/.test(stumble.expected)) return undefined;
  return reservedWordAsName({ word: found.image }).at(stumble.span)
    .helped(`as a name it goes in backticks: \`\` \`${found.image}\` \`\``, { span: stumble.span, replacement: `\`${found.image}\`` });
};

const closer: Mistake = (stumble, found) => {
  if (stumble.rules.length > 0 || ![")", "]", "}"].includes(found.image)) return undefined;
  return unmatchedBracket({ bracket: found.image }).at(stumble.span).helped("remove it", { span: stumble.span, replacement: "" });
};

const assignmentStatement: Mistake = (stumble, found) => {
  if (stumble.rules.length > 0 || !(expectsStatement(stumble) || opensFirstColumn(stumble, found))) return undefined;
  const placed = unknownStatement({ found: stumble.found }).at(stumble.span);
  const opening = openingHelp(found.image);
  if (opening !== undefined) return placed.helped(opening);
  const near = is(found, t.Name) ? nearest(found.image, statementWords) : undefined;
  if (near === found.image) return placed.helped(openingOf(near));
  if (near !== undefined) return placed.helped(`did you mean \`${near}\`?`, { span: stumble.span, replacement: near });
  if (found.image.toLowerCase() === "select") return placed.helped("write `stream NAME = clicks |> select …`");
  if (is(found, t.Pipe)) return placed.helped("a pipeline belongs to a statement: `stream NAME = …` or `sink NAME = …`");
  if (found.image === "#") return placed.helped("comments open with `//`");
  if (is(stumble.tokens[stumble.at + 1], t.Equal)) return placed.helped(`write \`stream ${found.image} = …\``);
  return placed.helped(`the statements are ${statementWords.map((word) => `\`${word}\``).join(", ")}`);
};

function openingOf(word: string): string {
  const forms: Readonly<Record<string, string>> = {
    import: 'import { f } from "./f.ts"', option: "option NAME = VALUE", param: "param NAME: TYPE", schema: "schema NAME { … }",
    source: "source NAME: SCHEMA from …", table: "table NAME: SCHEMA from …", window: "window NAME = …",
    stream: "stream NAME = …", sink: "sink NAME = … into …",
  };
  return `it reads \`${forms[word] ?? word}\``;
}

const trailingComma: Mistake = (stumble, _found, before) => {
  if (before?.image !== "," || !stumble.missing) return undefined;
  return unexpectedToken({ expected: stumble.expected, found: stumble.found, missing: true }).at(stumble.span)
    .helped("remove the comma or go on with the list", { span: spanOf(before), replacement: "" });
};

const mistakes: readonly Mistake[] = [
  chained, arrow, ...sqlMistakes, ...nameHabits, question, colonBehindWord, fromBehindSelect, clauseOutsideSink, ...stepHabits, sqlClause, pipeMissing, otherStep,
  durationExpected, unnamedColumn, listOrNull, digitsAndLetters, reservedName, trailingComma, closer, assignmentStatement,
];

/** Recognises the commonest mistakes where the parser stumbled. */
export function recogniseMistake(stumble: Stumble): PlacedDiagnostic | undefined {
  const found = stumble.tokens[stumble.at];
  if (found === undefined) return undefined;
  for (const mistake of mistakes) {
    const diagnostic = mistake(stumble, found, stumble.tokens[stumble.at - 1]);
    if (diagnostic !== undefined) return diagnostic;
  }
  return undefined;
}
