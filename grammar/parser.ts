import type { CstNode, IRecognitionException } from "chevrotain";
import type { ProgramCstNode } from "./cst.generated.ts";
import type { Token } from "./lexer.ts";
import { StatementRules } from "./rules/statement-rules.ts";

/** The grammar of Sluice. `validate` checks the grammar itself while building it: for the tests, it costs half the start. */
export class SluiceParser extends StatementRules {
  constructor(options: { readonly validate: boolean } = { validate: false }) {
    super({ skipValidations: !options.validate });
    this.performSelfAnalysis();
  }
}

/** What a parse found; in `broken` are the nodes that are complete but were followed by something that no rule takes. */
export interface ParseResult {
  readonly cst: ProgramCstNode;
  readonly errors: readonly IRecognitionException[];
  readonly broken: ReadonlySet<CstNode>;
}

let shared: SluiceParser | undefined;

/**
 * Parses a file's tagged tokens with the one parser there is (building it costs tens of milliseconds). Without
 * `recovering` the first error ends the parse. The message of an error is what was expected, in the user's words.
 */
export function parseTokens(tokens: readonly Token[], recovering: boolean): ParseResult {
  const parser = (shared ??= new SluiceParser());
  parser.input = [...tokens];
  parser.recovering = recovering;
  const cst = parser.program() as ProgramCstNode | undefined;
  return {
    cst: cst ?? { name: "program", children: {} },
    errors: parser.errors,
    broken: new Set(parser.broken),
  };
}
