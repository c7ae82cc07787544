import { tokenLabel, type IParserErrorMessageProvider, type TokenType } from "chevrotain";

/** What a rule asks for where chevrotain would list every alternative. */
const byRule: Readonly<Record<string, string>> = {
  statement: "a statement",
  stepBody: "a step",
  relation: "a stream, a table or a pipeline in parentheses",
  joinRight: "a stream, a table or a pipeline in parentheses",
  type: "a type",
  fieldName: "a field's name",
  primary: "an expression",
  expression: "an expression",
  selectItem: "a column or `*`",
  argument: "an argument",
  duration: "a duration",
  durationLiteral: "a duration",
  count: "a number of rows or a param",
  literal: "a literal",
  trigger: "`asap`, `every`, `once`, `available now` or `continuous`",
  route: "`drop` or `into`",
  schemaBody: "`{` or `from`",
  inputBody: "`:` or `from`",
  checkpointClause: "a path or a param",
  sinkClause: "`mode`, `trigger` or `checkpoint`",
  comparison: "`between`, `in`, `like` or `rlike`",
  isTest: "`null`, `true`, `false` or `distinct from`",
  member: "a field's name or `*`",
  within: "`watermark` or a duration",
  unionStep: "a stream, a table or a pipeline in parentheses",
  nulls: "`first` or `last`",
};

/** A closing token that a comma could have stood for just as well. */
const inLists: Readonly<Record<string, string>> = {
  arguments: "`,` or ",
  arrayLiteral: "`,` or ",
  recordLiteral: "`,` or ",
  inList: "`,` or ",
  importStatement: "`,` or ",
  keySet: "`,` or ",
  groupingSets: "`,` or ",
  usingColumns: "`,` or ",
  unpivotStep: "`,` or ",
};

/** Says what was expected, in the user's words; `1-parse` puts it into a sentence. No wording of chevrotain's is left. */
export const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, ruleName }) => `${isCloser(expected) ? (inLists[ruleName] ?? "") : ""}${tokenLabel(expected)}`,
  buildNotAllInputParsedMessage: () => "a statement",
  buildNoViableAltMessage: ({ expectedPathsPerAlt, ruleName }) => byRule[ruleName] ?? oneOf(expectedPathsPerAlt.flat()),
  buildEarlyExitMessage: ({ expectedIterationPaths, ruleName }) => byRule[ruleName] ?? oneOf(expectedIterationPaths),
};

function isCloser(type: TokenType): boolean {
  return [")", "]", "}"].includes(tokenLabel(type).slice(1, 2));
}

function oneOf(paths: readonly (readonly TokenType[])[]): string {
  const labels = [...new Set(paths.map((path) => path[0]).filter((type) => type !== undefined).map((type) => tokenLabel(type)))];
  if (labels.includes("`case`")) return labels.includes("`*`") ? "a column or `*`" : "an expression";
  const last = labels.pop() ?? "something else";
  return labels.length === 0 ? last : `${labels.join(", ")} or ${last}`;
}
