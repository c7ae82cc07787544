import { clicks, type Page } from "./page.ts";

/** E1001 to E1017: texts that are no tokens, or tokens where the grammar has no place for them. */
export const syntaxPages: readonly Page[] = [
  {
    code: "E1001",
    title: "unexpected-token",
    meaning: "The grammar has no place for what stands here. The message says what could have stood there instead; often it is not the underlined word that is wrong but something missing just before it.",
    mending: "Compare the statement with the language page: steps are joined by `|>`, lists by commas, and a computed column is named with `as`.",
    example: { given: clicks, bad: "sink out = clicks |> extend upper(page) into console()", good: "sink out = clicks |> extend upper(page) as big into console()" },
  },
  {
    code: "E1002",
    title: "unclosed-bracket",
    meaning: "A bracket that was opened is not closed where something else has to follow. The second mark shows which one it is.",
    mending: "Close it, or put the comma that is missing between two items.",
    example: { given: clicks, bad: "sink out = clicks |> where (user > 3 or user < 1 into console()", good: "sink out = clicks |> where (user > 3 or user < 1) into console()" },
  },
  {
    code: "E1003",
    title: "nesting-too-deep",
    meaning: "Brackets, calls or signs are nested more than a hundred deep. Nobody reads that, and the parser would need a stack without bound.",
    mending: "Compute the inner part in a step of its own with `extend`, or give an inner pipeline a name with `stream`.",
    example: {
      given: clicks,
      bad: `sink out = clicks |> where ${"(".repeat(101)}user > 3${")".repeat(101)} into console()`,
      good: "sink out = clicks |> where user > 3 into console()",
    },
  },
  {
    code: "E1004",
    title: "unmatched-bracket",
    meaning: "A bracket closes nothing: no bracket of its kind is open at this place.",
    mending: "Remove it, or open it where it belongs.",
    example: { given: clicks, bad: "sink out = clicks into console())", good: "sink out = clicks into console()" },
  },
  {
    code: "E1005",
    title: "missing-pipe",
    meaning: "A step follows another without the `|>` that joins them. Every step of a pipeline opens with `|>`, so that data reads downwards.",
    mending: "Write `|>` before the step.",
    example: { given: clicks, bad: "sink out = clicks |> where user > 3 select page into console()", good: "sink out = clicks |> where user > 3 |> select page into console()" },
  },
  {
    code: "E1006",
    title: "expression-too-long",
    meaning: "Hundreds of operators stand in one row. The tree of such an expression is as deep as it is long, and neither the compiler nor the emitted code can carry it.",
    mending: "Write `x in (…)` for a chain of comparisons, join the values of a table, or add up in several `extend` steps.",
    example: {
      given: clicks,
      bad: `sink out = clicks |> select ${"user + ".repeat(600)}user as total into console()`,
      good: "sink out = clicks |> select user * 601 as total into console()",
    },
  },
  {
    code: "E1010",
    title: "unclosed-string",
    meaning: "A string ends on the line on which it began. One that runs on would swallow the rest of the file for a missing quote.",
    mending: "Close it with the quote that opened it; write a line end within as `\\n`.",
    example: { given: clicks, bad: 'sink out = clicks |> where page = "/index into console()', good: 'sink out = clicks |> where page = "/index" into console()' },
  },
  {
    code: "E1011",
    title: "unclosed-comment",
    meaning: "A comment opened by `/*` has no `*/`, so that all that follows is comment.",
    mending: "Close it with `*/`, or write `//` for a comment of one line.",
    example: { bad: `${clicks}\nsink out = clicks into console()\n/* the root page only`, good: `${clicks}\nsink out = clicks into console()\n// the root page only` },
  },
  {
    code: "E1012",
    title: "unclosed-name",
    meaning: "A name in backticks ends on the line on which it began. Backticks hold names that are no plain words, such as `Adj Close`.",
    mending: "Close it with a backtick; a backtick within a name is doubled.",
    example: {
      given: 'source prices: { "Adj Close": double } from file("prices/", format: "json")',
      bad: "sink out = prices |> select `Adj Close as price into console()",
      good: "sink out = prices |> select `Adj Close` as price into console()",
    },
  },
  {
    code: "E1013",
    title: "unexpected-character",
    meaning: "No token starts with this character. Quotation marks and dashes that a word processor has made look right and are other characters.",
    mending: "Type it again in an editor for code, or put it into a string.",
    example: { given: clicks, bad: "sink out = clicks |> where page = “/” into console()", good: 'sink out = clicks |> where page = "/" into console()' },
  },
  {
    code: "E1014",
    title: "unknown-escape",
    meaning: "A backslash in a string opens an escape, and this is none: there are `\\n \\t \\r \\b \\f \\0 \\\\ \\\" \\'` and `\\u…`. Taking the backslash as it is would hide mistakes in regular expressions.",
    mending: 'Write a raw string, r"…", in which a backslash is a backslash; or double it.',
    example: { given: clicks, bad: 'sink out = clicks |> where page rlike "/item/\\d+" into console()', good: 'sink out = clicks |> where page rlike r"/item/\\d+" into console()' },
  },
  {
    code: "E1016",
    title: "duration-too-long",
    meaning: "Durations are counted in microseconds and are exact; beyond 285 years they would no longer be.",
    mending: "Write a shorter duration.",
    example: { given: clicks, bad: "sink out = clicks |> where at > current_timestamp() - 200000 days into console()", good: "sink out = clicks |> where at > current_timestamp() - 2000 days into console()" },
  },
  {
    code: "E1017",
    title: "empty-name",
    meaning: "A field's name is the empty string, by which no expression could name it.",
    mending: "Give the field a name; for data whose key is empty, rename the key before.",
    example: {
      bad: 'source readings: { "": double } from file("readings/", format: "json")\nsink out = readings into console()',
      good: 'source readings: { value: double } from file("readings/", format: "json")\nsink out = readings into console()',
    },
  },
];
