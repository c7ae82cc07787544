import { clauseWords, durationUnits, reservedWords, statementWords, stepWords } from "./words.ts";

interface Pattern {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly patterns?: readonly Pattern[];
  readonly include?: string;
}

/** The colouring of editors: contextual words are coloured where they most likely are keywords, not where they surely are. */
export function textMateGrammar(): Readonly<Record<string, unknown>> {
  const words = (list: readonly string[]): string => `\\b(?:${list.join("|")})\\b`;
  const constants = ["true", "false", "null"];
  const operators = ["and", "or", "not", "in", "is", "like", "rlike", "between"];
  const named: readonly (readonly [string, Pattern])[] = [
    ["comments", {
      patterns: [
        { name: "comment.line.double-slash.sluice", match: "//.*$" },
        { name: "comment.block.sluice", begin: "/\\*", end: "\\*/" },
      ],
    }],
    ["strings", {
      patterns: [
        { name: "string.regexp.sluice", match: "\\br(\"[^\"]*\"|'[^']*')" },
        { name: "string.quoted.double.sluice", begin: '"', end: '"|$', patterns: [{ include: "#escape" }] },
        { name: "string.quoted.single.sluice", begin: "'", end: "'|$", patterns: [{ include: "#escape" }] },
        { name: "variable.other.quoted.sluice", match: "`(?:[^`]|``)+`" },
      ],
    }],
    ["escape", { name: "constant.character.escape.sluice", match: "\\\\(?:u\\{[0-9A-Fa-f]+\\}|u[0-9A-Fa-f]{4}|.)" }],
    ["numbers", {
      patterns: [
        { name: "constant.numeric.duration.sluice", match: `\\b\\d+[ \\t]*(?:${durationUnits.map((unit) => `${unit}s?`).join("|")})\\b` },
        { name: "constant.numeric.sluice", match: "\\b\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?\\b" },
      ],
    }],
    ["statements", {
      match: `^(${statementWords.join("|")})\\b(?:\\s+([\\p{L}_][\\p{L}\\d_]*))?`,
      captures: { "1": { name: "keyword.other.statement.sluice" }, "2": { name: "entity.name.sluice" } },
    }],
    ["steps", {
      match: `(\\|>)\\s*(${[...stepWords, "where", "as", "distinct"].join("|")})?\\b`,
      captures: { "1": { name: "keyword.operator.pipe.sluice" }, "2": { name: "keyword.control.step.sluice" } },
    }],
    ["fields", { match: "([\\p{L}_][\\p{L}\\d_]*)\\s*:", captures: { "1": { name: "variable.parameter.sluice" } } }],
    ["calls", { match: "([\\p{L}_][\\p{L}\\d_]*)\\s*(?=\\()", captures: { "1": { name: "entity.name.function.sluice" } } }],
    ["keywords", {
      patterns: [
        { name: "constant.language.sluice", match: words(constants) },
        { name: "keyword.operator.word.sluice", match: words(operators) },
        { name: "keyword.control.sluice", match: words(reservedWords.filter((word) => ![...constants, ...operators].includes(word))) },
        { name: "keyword.other.clause.sluice", match: words(clauseWords) },
      ],
    }],
    ["operators", { name: "keyword.operator.sluice", match: "\\|\\||==|!=|<>|<=|>=|[<>=+\\-*/%]" }],
  ];
  return {
    $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
    name: "Sluice",
    scopeName: "source.sluice",
    fileTypes: ["sluice"],
    patterns: named.filter(([name]) => name !== "escape").map(([name]) => ({ include: `#${name}` })),
    repository: Object.fromEntries(named),
  };
}
