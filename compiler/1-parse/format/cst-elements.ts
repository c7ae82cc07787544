import type { CstElement, CstNode } from "chevrotain";
import { is, type Token } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";

/** A part of a node of the concrete syntax: a node or a token. */
export type Element = CstNode | Token;

export function isNode(element: CstElement | Token): element is CstNode {
  return "children" in element;
}

/** What a node is made of, in the order of the text. */
export function orderedElements(node: CstNode): readonly Element[] {
  const elements = Object.values(node.children).flat().filter((element) => isNode(element) ? hasTokens(element) : !Number.isNaN(element.startOffset)) as readonly Element[];
  return [...elements].sort((a, b) => firstToken(a).startOffset - firstToken(b).startOffset);
}

function hasTokens(node: CstNode): boolean {
  return Object.values(node.children).some((elements) => elements.some((element) => !isNode(element) || hasTokens(element)));
}

export function firstToken(element: Element): Token {
  return isNode(element) ? endsOf(element).first : element;
}

export function lastToken(element: Element): Token {
  return isNode(element) ? endsOf(element).last : element;
}

interface Ends {
  readonly first: Token;
  readonly last: Token;
}

const knownEnds = new WeakMap<CstNode, Ends>();

function endsOf(node: CstNode): Ends {
  const known = knownEnds.get(node);
  if (known !== undefined) return known;
  const elements = Object.values(node.children).flat().filter((element) => !isNode(element) || hasTokens(element)) as readonly Element[];
  const ends = elements
    .map((element): Ends => (isNode(element) ? endsOf(element) : { first: element, last: element }))
    .reduce((a, b) => ({ first: b.first.startOffset < a.first.startOffset ? b.first : a.first, last: b.last.startOffset > a.last.startOffset ? b.last : a.last }));
  knownEnds.set(node, ends);
  return ends;
}

function tokensOf(node: CstNode): readonly Token[] {
  return Object.values(node.children).flat().flatMap((element) => (isNode(element) ? tokensOf(element) : [element as Token]));
}

export function oneLine(elements: readonly Element[]): boolean {
  const [first, last] = [elements[0], elements.at(-1)];
  return first !== undefined && last !== undefined && firstToken(first).startLine === lastToken(last).startLine;
}

/** The node of a rule below nodes of one part each. */
export function only(node: CstNode, rule: string): CstNode | undefined {
  if (node.name === rule) return node;
  const [part, ...others] = orderedElements(node);
  return part !== undefined && others.length === 0 && isNode(part) ? only(part, rule) : undefined;
}

/** `a`, `a.b`, `*`, `a.*`, `a.b as c`: no more than names and dots. */
export function isPath(node: CstNode): boolean {
  return tokensOf(node).every((token) => is(token, t.Name) || is(token, t.Dot) || is(token, t.Star) || is(token, t.reserved.as));
}

export function bodyOf(field: Element): CstNode {
  const node = field as CstNode;
  const [body] = orderedElements(node);
  return body !== undefined && isNode(body) && body.name === "fieldBody" ? body : node;
}

/** Characters from a field's start to the end of its colon. */
export function lengthTo(field: Element, type: typeof t.Colon): number {
  let length = 0;
  for (const token of [...tokensOf(bodyOf(field))].sort((a, b) => a.startOffset - b.startOffset)) {
    length += token.image.length;
    if (is(token, type)) return length;
  }
  return length;
}
