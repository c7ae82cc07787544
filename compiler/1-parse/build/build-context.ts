import type { CstNode, IToken } from "chevrotain";
import type { PlacedDiagnostic } from "../../diagnostics/diagnostic.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { Name, Statement } from "../../ir/ast/index.ts";
import type { Span } from "../../source/span.ts";

/** What building the AST needs besides the CST. */
export interface BuildContext {
  readonly report: (diagnostic: PlacedDiagnostic) => void;
  /** Complete nodes that something unexpected followed: what they say is not to be relied upon. */
  readonly broken: ReadonlySet<CstNode>;
}

/** A statement, or the name of one that was too broken to build. */
export type BuiltStatement = Statement | { readonly kind: "unparsed"; readonly name: Name } | undefined;

/** The element of a list that the grammar says has one. */
export function only<T>(list: readonly T[] | undefined): T {
  return list?.[0] ?? internalError("E9101", "a syntax tree lacks a part that its rule always has");
}

/** A part behind a guard: there is none where an error ended it. */
export function part<N extends CstNode>(nodes: readonly N[] | undefined): N | undefined {
  return nodes?.[0];
}

export function tokenSpan(token: IToken): Span {
  return { start: token.startOffset, end: (token.endOffset ?? token.startOffset) + 1 };
}

/** The span of a complete node. */
export function nodeSpan(node: CstNode): Span {
  const location = node.location ?? internalError("E9102", "a syntax tree without locations");
  return { start: location.startOffset, end: (location.endOffset ?? location.startOffset) + 1 };
}

/** The name that a token stands for, backticks resolved. */
export function nameOf(token: IToken): Name {
  return { text: token.image.startsWith("`") ? unquoted(token.image) : token.image, span: tokenSpan(token) };
}

function unquoted(image: string): string {
  return image.slice(1, image.length > 1 && image.endsWith("`") ? -1 : undefined).replaceAll("``", "`");
}
