import { defineDiagnostic } from "../define.ts";

/** What no rule of the grammar takes; `expected` and `found` are phrases in the user's words. */
export const unexpectedToken = defineDiagnostic<{ expected: string; found: string; missing: boolean }>({
  code: "E1001",
  slug: "unexpected-token",
  message: ({ expected, found }) => `expected ${expected}, found ${found}`,
  label: ({ expected, missing }) => (missing ? `${expected} is missing` : "not expected here"),
});

export const unclosedBracket = defineDiagnostic<{ expected: string; opener: string; found: string }>({
  code: "E1002",
  slug: "unclosed-bracket",
  message: ({ expected, opener, found }) => `expected ${expected} to close ${opener}, found ${found}`,
  label: ({ expected }) => `${expected} is missing`,
});

export const nestingTooDeep = defineDiagnostic<{ limit: number }>({
  code: "E1003",
  slug: "nesting-too-deep",
  message: ({ limit }) => `nested more than ${limit} levels deep`,
  label: () => "one level too deep",
});

export const unmatchedBracket = defineDiagnostic<{ bracket: string }>({
  code: "E1004",
  slug: "unmatched-bracket",
  message: ({ bracket }) => `nothing is open that \`${bracket}\` could close`,
  label: () => "not expected here",
});

export const missingPipe = defineDiagnostic<{ step: string }>({
  code: "E1005",
  slug: "missing-pipe",
  message: ({ step }) => `expected \`|>\` before \`${step}\``,
  label: () => "a step without its `|>`",
});

export const expressionTooLong = defineDiagnostic<{ limit: number }>({
  code: "E1006",
  slug: "expression-too-long",
  message: ({ limit }) => `more than ${limit} operators in a row`,
  label: () => "too long",
});

export const unclosedString = defineDiagnostic({
  code: "E1010",
  slug: "unclosed-string",
  message: () => "the string is not closed on its line",
  label: () => "opened here",
});

export const unclosedComment = defineDiagnostic({
  code: "E1011",
  slug: "unclosed-comment",
  message: () => "the comment is not closed",
  label: () => "opened here, and everything after it is comment",
});

export const unclosedName = defineDiagnostic({
  code: "E1012",
  slug: "unclosed-name",
  message: () => "the name in backticks is not closed on its line",
  label: () => "opened here",
});

export const unexpectedCharacter = defineDiagnostic<{ character: string }>({
  code: "E1013",
  slug: "unexpected-character",
  message: ({ character }) => `unexpected character ${character}`,
  label: () => "no token starts with it",
});

export const unknownEscape = defineDiagnostic<{ escape: string }>({
  code: "E1014",
  slug: "unknown-escape",
  message: ({ escape }) => `unknown escape \`${escape}\` in a string`,
  label: () => "not an escape",
});

export const durationTooLong = defineDiagnostic({
  code: "E1016",
  slug: "duration-too-long",
  message: () => "the duration is longer than 285 years",
  label: () => "too long to be exact in microseconds",
});

export const emptyName = defineDiagnostic({
  code: "E1017",
  slug: "empty-name",
  message: () => "a field without a name",
  label: () => "an empty string",
});

export const upperCaseKeyword = defineDiagnostic<{ word: string }>({
  code: "E1020",
  slug: "upper-case-keyword",
  message: ({ word }) => `keywords are lower case, found \`${word}\``,
  label: ({ word }) => `\`${word.toLowerCase()}\` is the keyword`,
});

export const sqlComment = defineDiagnostic({
  code: "E1021",
  slug: "sql-comment",
  message: () => "`--` does not open a comment",
  label: () => "comments open with `//`",
});

export const castOperator = defineDiagnostic({
  code: "E1022",
  slug: "cast-operator",
  message: () => "there is no cast operator `::`",
  label: () => "not an operator",
});

export const intervalLiteral = defineDiagnostic({
  code: "E1023",
  slug: "interval-literal",
  message: () => "a duration is written without `interval`",
  label: () => "not a keyword",
});

export const filterClause = defineDiagnostic({
  code: "E1024",
  slug: "filter-clause",
  message: () => "there is no `filter (where …)` behind a call",
  label: () => "the condition goes inside the call",
});

export const overClause = defineDiagnostic({
  code: "E1025",
  slug: "over-clause",
  message: () => "there is no `over (…)`",
  label: () => "window functions do not exist here",
});

export const semicolon = defineDiagnostic({
  code: "E1026",
  slug: "semicolon",
  message: () => "statements have no terminator",
  label: () => "not needed",
});

export const fromClause = defineDiagnostic({
  code: "E1027",
  slug: "from-clause",
  message: () => "a `select` step has no `from`",
  label: () => "the rows come from the step before",
});

export const selectExcept = defineDiagnostic({
  code: "E1028",
  slug: "select-except",
  message: () => "there is no `except` behind `*`",
  label: () => "columns are left out by a step of their own",
});

export const unknownDurationUnit = defineDiagnostic<{ unit: string }>({
  code: "E1029",
  slug: "unknown-duration-unit",
  message: ({ unit }) => `unknown unit of time \`${unit}\``,
  label: () => "not a unit",
});

export const reservedWordAsName = defineDiagnostic<{ word: string }>({
  code: "E1030",
  slug: "reserved-word-as-name",
  message: ({ word }) => `\`${word}\` is a reserved word`,
  label: () => "not a name",
});

export const foreignOperator = defineDiagnostic<{ operator: string }>({
  code: "E1031",
  slug: "foreign-operator",
  message: ({ operator }) => `there is no operator \`${operator}\``,
  label: () => "not an operator",
});

export const chainedComparison = defineDiagnostic<{ operator: string }>({
  code: "E1032",
  slug: "chained-comparison",
  message: ({ operator }) => `comparisons do not chain, found a second \`${operator}\``,
  label: () => "compares the result of a comparison",
});

export const sinkClauseOutsideSink = defineDiagnostic<{ clause: string }>({
  code: "E1033",
  slug: "sink-clause-outside-sink",
  message: ({ clause }) => `only a sink has a clause \`${clause}\``,
  label: () => "not part of this statement",
});

export const unknownStatement = defineDiagnostic<{ found: string }>({
  code: "E1034",
  slug: "unknown-statement",
  message: ({ found }) => `expected a statement, found ${found}`,
  label: () => "no statement opens like this",
});

export const unknownStep = defineDiagnostic<{ word: string }>({
  code: "E1035",
  slug: "unknown-step",
  message: ({ word }) => `expected a step, found \`${word}\``,
  label: () => "not a step",
});

export const repeatedClause = defineDiagnostic<{ clause: string }>({
  code: "E1036",
  slug: "repeated-clause",
  message: ({ clause }) => `a watermark has one clause \`${clause}\``,
  label: () => "a second one",
});

/** Every syntax diagnostic. */
export const syntaxDiagnostics = [
  unexpectedToken, unclosedBracket, nestingTooDeep, unmatchedBracket, missingPipe, expressionTooLong, unclosedString, unclosedComment,
  unclosedName, unexpectedCharacter, unknownEscape, durationTooLong, emptyName, upperCaseKeyword, sqlComment,
  castOperator, intervalLiteral, filterClause, overClause, semicolon, fromClause, selectExcept, unknownDurationUnit,
  reservedWordAsName, foreignOperator, chainedComparison, sinkClauseOutsideSink, unknownStatement, unknownStep, repeatedClause,
] as const;
