import { createToken, type TokenType } from "chevrotain";
import {
  contextualWords, reservedWords, sinkClauseWords, statementWords,
  type ContextualWord, type ReservedWord, type SinkClauseWord, type StatementWord,
} from "./words.ts";

const token = (name: string, label: string, categories: TokenType[] = []): TokenType => createToken({ name, label, categories });

/** Whatever may stand where a name stands: identifiers, names in backticks, contextual keywords. */
export const Name = token("Name", "a name");
/** The 18 reserved words, which may stand after a dot and as a field's name. */
export const Reserved = token("Reserved", "a reserved word");

export const Identifier = token("Identifier", "a name", [Name]);
export const QuotedName = token("QuotedName", "a name in backticks", [Name]);
export const UnclosedName = token("UnclosedName", "a name in backticks", [Name]);

export const Integer = token("Integer", "a whole number");
export const Decimal = token("Decimal", "a number");
export const Duration = token("Duration", "a duration");
export const Text = token("Text", "a string");
export const PlainText = token("PlainText", "a string", [Text]);
export const RawText = token("RawText", "a raw string", [Text]);
export const UnclosedText = token("UnclosedText", "a string", [Text]);
export const UnclosedRawText = token("UnclosedRawText", "a raw string", [Text]);

export const Pipe = token("Pipe", "`|>`");
export const Concat = token("Concat", "`||`");
export const Equal = token("Equal", "`=`");
export const DoubleEqual = token("DoubleEqual", "`==`");
export const NotEqual = token("NotEqual", "`!=`");
export const LessGreater = token("LessGreater", "`<>`");
export const LessEqual = token("LessEqual", "`<=`");
export const GreaterEqual = token("GreaterEqual", "`>=`");
export const Less = token("Less", "`<`");
export const Greater = token("Greater", "`>`");
export const DoubleMinus = token("DoubleMinus", "`--`");
export const Plus = token("Plus", "`+`");
export const Minus = token("Minus", "`-`");
export const Star = token("Star", "`*`");
export const Slash = token("Slash", "`/`");
export const Percent = token("Percent", "`%`");
export const LeftParen = token("LeftParen", "`(`");
export const RightParen = token("RightParen", "`)`");
export const LeftBracket = token("LeftBracket", "`[`");
export const RightBracket = token("RightBracket", "`]`");
export const LeftBrace = token("LeftBrace", "`{`");
export const RightBrace = token("RightBrace", "`}`");
export const Comma = token("Comma", "`,`");
export const Colon = token("Colon", "`:`");
export const Dot = token("Dot", "`.`");
export const Question = token("Question", "`?`");
export const Semicolon = token("Semicolon", "`;`");
/** Operators of other languages (`&&`, `!`, `===`): no rule takes them. */
export const Foreign = token("Foreign", "an unknown operator");

const pascal = (word: string): string => word.split("_").map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join("");

const table = <W extends string>(words: readonly W[], create: (word: W) => TokenType): Readonly<Record<W, TokenType>> =>
  Object.fromEntries(words.map((word) => [word, create(word)])) as Record<W, TokenType>;

/** What a sink's clause may open with: the soft word anywhere, the hard one where a line starts in a file with errors. */
export const sinkClause: Readonly<Record<SinkClauseWord, TokenType>> = table(sinkClauseWords, (word) => token(`${pascal(word)}Clause`, `\`${word}\``));
export const hardSinkClause: Readonly<Record<SinkClauseWord, TokenType>> = table(sinkClauseWords, (word) =>
  token(`Hard${pascal(word)}`, `\`${word}\``, [sinkClause[word]]),
);

/** A statement's first word, tagged after lexing so that no name can be mistaken for it. */
export const statementStart: Readonly<Record<StatementWord, TokenType>> = table(statementWords, (word) =>
  token(`${pascal(word)}Start`, `\`${word}\``),
);

const isSinkClauseWord = (word: ContextualWord): word is SinkClauseWord & ContextualWord =>
  (sinkClauseWords as readonly string[]).includes(word);

export const reserved: Readonly<Record<ReservedWord, TokenType>> = table(reservedWords, (word) => token(pascal(word), `\`${word}\``, [Reserved]));
export const contextual: Readonly<Record<ContextualWord, TokenType>> = table(contextualWords, (word) =>
  token(pascal(word), `\`${word}\``, isSinkClauseWord(word) ? [Name, sinkClause[word]] : [Name]),
);

/** Every keyword by its text: one look-up retags an identifier. */
export const wordTable: ReadonlyMap<string, TokenType> = new Map<string, TokenType>([
  ...Object.entries(reserved),
  ...Object.entries(contextual),
]);

/** All token types, for the parser. */
export const vocabulary: readonly TokenType[] = [
  Name, Reserved, Identifier, QuotedName, UnclosedName, Integer, Decimal, Duration, Text, PlainText, RawText, UnclosedText,
  UnclosedRawText, Pipe, Concat, Equal, DoubleEqual, NotEqual, LessGreater, LessEqual, GreaterEqual, Less, Greater,
  DoubleMinus, Plus, Minus, Star, Slash, Percent, LeftParen, RightParen, LeftBracket, RightBracket, LeftBrace, RightBrace,
  Comma, Colon, Dot, Question, Semicolon, Foreign,
  ...Object.values(sinkClause), ...Object.values(hardSinkClause), ...Object.values(statementStart),
  ...Object.values(reserved), ...Object.values(contextual),
];
