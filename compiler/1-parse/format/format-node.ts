import type { CstNode } from "chevrotain";
import { is, type Token } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import type { Comments } from "./comments.ts";
import { bodyOf, type Element, firstToken, isNode, isPath, lastToken, lengthTo, oneLine, only, orderedElements } from "./cst-elements.ts";
import { align, concat, emptyLine, fill, group, hardLine, join, line, mustBreak, nest, softLine, type Doc } from "./doc.ts";
import { signedOffsets } from "./signed-offsets.ts";
import { tokenGap } from "./token-gap.ts";

/** Rules whose parts stand with nothing between them. */
const tight: ReadonlySet<string> = new Set(["member", "index", "path", "typeSuffix", "typeNumbers", "postfix", "type", "namedType", "nameOrCall", "call"]);
/** Chains of operators: they break before an operator. */
const chains: ReadonlySet<string> = new Set(["expression", "conjunction", "additive", "multiplicative"]);
/** Lists in brackets. */
const bracketed: ReadonlySet<string> = new Set(["arguments", "arrayLiteral", "inList", "usingColumns", "keySet", "groupingSets", "parenthesised", "typeArguments"]);

/** Turns the concrete syntax of a file without errors into a document. Every token and comment comes out once, in order. */
export class NodeFormatter {
  readonly #comments: Comments;
  readonly #signedOffsets = new Set<Element>();

  constructor(comments: Comments) {
    this.#comments = comments;
  }

  program(root: CstNode): Doc {
    const statements = orderedElements(root);
    const parts: Doc[] = [];
    statements.forEach((statement, at) => {
      const body = this.format(statement);
      const before = at === 0 ? undefined : statements[at - 1];
      if (before !== undefined) parts.push(this.#apart(before, statement, body, parts.at(-1)) ? emptyLine : hardLine);
      parts.push(body);
    });
    for (const comment of this.#comments.atEnd.before) parts.push(parts.length === 0 ? "" : comment.afterBlank ? emptyLine : hardLine, comment.text);
    return concat(...parts);
  }

  /** Whether a line stays free between two statements: where one was, and around what takes several lines. */
  #apart(above: Element, below: Element, body: Doc, bodyAbove: Doc | undefined): boolean {
    const first = firstToken(below);
    const trivia = this.#comments.of(first);
    const wasApart = trivia.before[0]?.afterBlank ?? trivia.blankBefore;
    const isLong = (doc: Doc | undefined, element: Element): boolean => doc !== undefined && mustBreak(doc) && firstToken(element).startLine !== lastToken(element).startLine;
    return wasApart || isLong(body, below) || isLong(bodyAbove, above);
  }

  format(element: Element): Doc {
    if (!isNode(element)) return this.#token(element);
    const parts = orderedElements(element);
    if (parts.length === 1 && parts[0] !== undefined) return this.format(parts[0]);
    switch (element.name) {
      case "streamStatement":
        return this.#stream(parts);
      case "sinkStatement":
        return this.#sink(parts);
      case "schemaStatement":
        return this.#schema(parts);
      case "recordType":
        return this.#record(parts);
      case "recordLiteral":
        return this.#braces(parts);
      case "importStatement":
        return this.#import(parts);
      case "pipeline":
        return this.#pipeline(element, parts);
      case "relation":
        return this.#relation(parts);
      case "selectStep":
      case "extendStep":
      case "setStep":
      case "dropStep":
      case "renameStep":
      case "unionStep":
        return this.#listStep(parts, 1);
      case "sortKeys":
        return this.#listStep(parts, 1);
      case "aggregateStep":
        return this.#aggregate(parts);
      case "groupBy":
        return this.#listStep(parts, 2);
      case "joinStep":
      case "watermarkStep":
      case "topStep":
      case "dedupStep":
      case "stateStep":
        return this.#clauses(parts);
      case "caseExpression":
        return this.#case(parts);
      case "comparison":
        return group(this.#spaced(parts));
    }
    for (const offset of signedOffsets(parts)) this.#signedOffsets.add(offset);
    if (chains.has(element.name)) return this.#signedOffsets.has(element) ? this.#signedOffset(parts) : this.#chain(parts);
    if (bracketed.has(element.name)) return this.#brackets(parts);
    if (element.name === "unary") return this.#signs(parts);
    if (tight.has(element.name)) return concat(...parts.map((part) => this.format(part)));
    return this.#spaced(parts);
  }

  /** A token with the comments around it. */
  #token(token: Token): Doc {
    const { before, blankBefore, behind } = this.#comments.of(token);
    const above = before.flatMap((comment, at): readonly Doc[] => [comment.text, (before[at + 1]?.afterBlank ?? blankBefore) ? emptyLine : hardLine]);
    return concat(...above, token.image, ...behind.map((text): Doc => (text.startsWith("//") ? { kind: "comment", text } : ` ${text}`)));
  }

  /** Parts one behind the other, with a blank where the language has one. */
  #spaced(parts: readonly Element[]): Doc {
    return concat(...parts.flatMap((part, at) => {
      const before = parts[at - 1];
      return [before === undefined ? "" : tokenGap(lastToken(before), firstToken(part)), this.format(part)];
    }));
  }

  /** Signs stand at their number, but not at each other: `--` is another operator. */
  #signs(parts: readonly Element[]): Doc {
    return concat(...parts.flatMap((part, at) => [at > 0 && at < parts.length - 1 ? " " : "", this.format(part)]));
  }

  /** `offset -8 hours`: a sign, and no difference. */
  #signedOffset([word, ...signed]: readonly Element[]): Doc {
    return concat(word === undefined ? "" : this.format(word), " ", ...signed.map((part) => this.format(part)));
  }

  #stream(parts: readonly Element[]): Doc {
    const at = parts.findIndex((part) => isNode(part) && part.name === "streamBody");
    const body = parts[at];
    if (body === undefined || !isNode(body)) return this.#spaced(parts);
    const [equals, ...rest] = orderedElements(body);
    return concat(this.#spaced(parts.slice(0, at)), " ", equals === undefined ? "" : this.format(equals), this.#underEquals(parts, rest.map((part) => this.format(part))));
  }

  /** A pipeline that was written on one line stays there if it fits; else it begins a line of its own. */
  #underEquals(statement: readonly Element[], body: readonly Doc[]): Doc {
    const lines = oneLine(statement) && !body.some(mustBreak) ? line : hardLine;
    return group(nest(2, concat(lines, ...body)));
  }

  #sink(parts: readonly Element[]): Doc {
    const pipelineAt = parts.findIndex((part) => isNode(part) && part.name === "pipeline");
    const targetAt = parts.findIndex((part) => isNode(part) && part.name === "sinkTarget");
    const head = this.#spaced(parts.slice(0, pipelineAt < 0 ? targetAt : pipelineAt));
    const tail = parts.slice(targetAt).map((part) => this.format(part));
    const pipeline = parts[pipelineAt];
    if (pipeline === undefined) return group(concat(head, nest(2, concat(" ", ...(tail[0] === undefined ? [] : [tail[0]]), ...tail.slice(1).flatMap((clause) => [line, clause])))));
    const docs = [this.format(pipeline), ...tail];
    const lines = oneLine(parts) && !docs.some(mustBreak) ? line : hardLine;
    return group(concat(head, nest(2, concat(...docs.flatMap((doc) => [lines, doc])))));
  }

  #pipeline(node: CstNode, parts: readonly Element[]): Doc {
    const docs: Doc[] = [];
    parts.forEach((part, at) => {
      const isPipe = !isNode(part) && is(part, t.Pipe);
      if (isPipe) docs.push(this.#stepLine(part, node), this.format(part), " ");
      else docs.push(at > 0 ? align(this.format(part)) : this.format(part));
    });
    return concat(...docs);
  }

  /** Steps each begin a line, unless the pipeline was written on one. */
  #stepLine(pipe: Token, pipeline: CstNode): Doc {
    const trivia = this.#comments.of(pipe);
    if (trivia.before[0]?.afterBlank ?? trivia.blankBefore) return emptyLine;
    return oneLine([pipeline]) ? line : hardLine;
  }

  #relation(parts: readonly Element[]): Doc {
    const [open, pipeline, close, ...alias] = parts;
    if (open === undefined || isNode(open) || !is(open, t.LeftParen) || pipeline === undefined || close === undefined) return this.#spaced(parts);
    return concat(group(concat(this.format(open), nest(2, concat(softLine, this.format(pipeline))), softLine, this.format(close))), ...alias.flatMap((part) => [" ", this.format(part)]));
  }

  /** `select a, b`: words, then a list; names alone fill their lines, expressions have one each. */
  #listStep(parts: readonly Element[], words: number): Doc {
    return concat(...parts.slice(0, words).flatMap((part) => [this.format(part), " "]), group(align(this.#list(parts.slice(words)))));
  }

  /** A list with its commas: each item with the comma behind it. */
  #list(parts: readonly Element[]): Doc {
    const items = this.#items(parts);
    const plain = parts.every((part) => !isNode(part) || isPath(part));
    return plain && items.length > 3 ? fill(items) : join(line, items);
  }

  #items(parts: readonly Element[]): readonly Doc[] {
    const items: Doc[] = [];
    for (const part of parts) {
      const last = items.at(-1);
      if (!isNode(part) && is(part, t.Comma) && last !== undefined) items[items.length - 1] = concat(last, this.format(part));
      else items.push(this.format(part));
    }
    return items;
  }

  #aggregate(parts: readonly Element[]): Doc {
    const keysAt = parts.findIndex((part) => isNode(part) && part.name === "groupBy");
    const perAt = parts.findIndex((part) => !isNode(part) && is(part, t.contextual.per));
    const end = perAt < 0 ? parts.length : perAt;
    const [word, ...items] = parts.slice(0, keysAt < 0 ? end : keysAt);
    const keys = keysAt < 0 ? undefined : parts[keysAt];
    const clauses: Doc[] = [];
    if (keys !== undefined) clauses.push(this.format(keys));
    if (perAt >= 0) clauses.push(this.#spaced(parts.slice(perAt)));
    const head = word === undefined ? "" : this.format(word);
    if (items.length === 0) return group(concat(head, ...clauses.flatMap((clause) => [" ", clause])));
    return group(concat(head, " ", align(this.#list(items)), nest(2, concat(...clauses.flatMap((clause) => [line, clause])))));
  }

  /** Clauses each begin a line where the step is too long for one. */
  #clauses(parts: readonly Element[]): Doc {
    const docs: Doc[] = [];
    parts.forEach((part, at) => {
      const before = parts[at - 1];
      const first = firstToken(part);
      const opens = (isNode(part) && ["lateClause", "futureClause", "idleClause", "usingColumns", "sortKeys", "within", "timeoutClause"].includes(part.name)) || (!isNode(part) && [t.reserved.on, t.contextual.per, t.contextual.unbounded, t.contextual.initial].some((type) => is(part, type)));
      const gap: Doc = before === undefined ? "" : !isNode(part) && is(part, t.Comma) ? "" : opens ? line : tokenGap(lastToken(before), first);
      docs.push(gap, isNode(part) ? align(this.format(part)) : this.format(part));
    });
    return group(nest(2, concat(...docs)));
  }

  #chain(parts: readonly Element[]): Doc {
    const docs: Doc[] = [];
    parts.forEach((part, at) => {
      const isOperator = !isNode(part);
      docs.push(at === 0 ? "" : isOperator ? line : " ", this.format(part));
    });
    return group(align(concat(...docs)));
  }

  #brackets(parts: readonly Element[]): Doc {
    const at = parts.findIndex((part) => !isNode(part) && [t.LeftParen, t.LeftBracket, t.Less].some((type) => is(part, type)));
    const open = parts[at];
    const close = parts.at(-1);
    const inner = parts.slice(at + 1, -1);
    if (open === undefined || close === undefined) return this.#spaced(parts);
    const head = parts.slice(0, at).flatMap((part) => [this.format(part), " "]);
    if (inner.length === 0) return concat(...head, this.format(open), this.format(close));
    const items: Doc[] = [];
    inner.forEach((part, index) => {
      const before = inner[index - 1];
      const isComma = !isNode(part) && is(part, t.Comma);
      const afterComma = before !== undefined && !isNode(before) && is(before, t.Comma);
      items.push(before === undefined || isComma ? "" : afterComma ? line : " ", this.format(part));
    });
    return group(concat(...head, this.format(open), nest(2, concat(softLine, ...items)), softLine, this.format(close)));
  }

  #braces(parts: readonly Element[]): Doc {
    const [open, close] = [parts[0], parts.at(-1)];
    if (open === undefined || close === undefined) return "";
    const inner = this.#items(parts.slice(1, -1));
    if (inner.length === 0) return concat(this.format(open), this.format(close));
    return group(concat(this.format(open), nest(2, concat(line, join(line, inner))), line, this.format(close)));
  }

  #import(parts: readonly Element[]): Doc {
    const closeAt = parts.findIndex((part) => !isNode(part) && is(part, t.RightBrace));
    const word = parts[0];
    return concat(word === undefined ? "" : this.format(word), " ", this.#braces(parts.slice(1, closeAt + 1)), " ", this.#spaced(parts.slice(closeAt + 1)));
  }

  /** A record type inside another type or behind a source's name: on one line where it fits. */
  #record(parts: readonly Element[]): Doc {
    const [open, ...rest] = parts;
    const close = rest.pop();
    if (open === undefined || close === undefined) return "";
    if (rest.length === 0) return concat(this.format(open), this.format(close));
    return group(concat(this.format(open), nest(2, concat(line, join(line, rest.map((field) => this.format(field))))), line, this.format(close)));
  }

  /** `schema Name { … }`: a field a line, the types below each other. */
  #schema(parts: readonly Element[]): Doc {
    const body = parts.at(-1);
    const record = body !== undefined && isNode(body) ? only(body, "recordType") : undefined;
    return record === undefined ? this.#spaced(parts) : concat(this.#spaced(parts.slice(0, -1)), " ", this.#fields(record));
  }

  /** The fields of a schema statement, as a table. */
  #fields(record: CstNode): Doc {
    const [open, ...fields] = orderedElements(record);
    const close = fields.pop();
    if (open === undefined || close === undefined) return "";
    if (fields.length === 0) return concat(this.format(open), this.format(close));
    const width = Math.max(...fields.map((field) => lengthTo(field, t.Colon)));
    const lines = fields.map((field): Doc => {
      const parts = orderedElements(bodyOf(field));
      const colonAt = parts.findIndex((part) => !isNode(part) && is(part, t.Colon));
      const padding = " ".repeat(width - lengthTo(field, t.Colon) + 1);
      const name = parts.slice(0, colonAt + 1).map((part) => this.format(part));
      return concat(...name, padding, align(this.#spaced(parts.slice(colonAt + 1))));
    });
    const inner = fields.map((field, at): Doc => {
      const trivia = this.#comments.of(firstToken(field));
      const apart = at > 0 && (trivia.before[0]?.afterBlank ?? trivia.blankBefore);
      return concat(apart ? emptyLine : hardLine, lines[at] ?? "");
    });
    return concat(this.format(open), nest(2, concat(...inner)), hardLine, this.format(close));
  }

  #case(parts: readonly Element[]): Doc {
    const docs: Doc[] = [];
    parts.forEach((part, at) => {
      const word = isNode(part) ? undefined : part;
      const opens = (isNode(part) && part.name === "whenClause") || is(word, t.contextual.else);
      docs.push(at === 0 ? "" : is(word, t.contextual.end) || opens ? line : " ", this.format(part));
    });
    const end = docs.splice(-2);
    return group(concat(nest(2, concat(...docs)), ...end));
  }
}
