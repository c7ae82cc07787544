import type { Span } from "../../source/span.ts";
import type { Name } from "./name.ts";
import type { TypeNode } from "./type.ts";

/** Expressions as written: names unresolved, operators not yet calls. */
export type Expression =
  | NumberLiteral
  | StringLiteral
  | BooleanLiteral
  | NullLiteral
  | DurationLiteral
  | DatetimeLiteral
  | NameExpression
  | MemberExpression
  | StarExpression
  | IndexExpression
  | UnaryExpression
  | BinaryExpression
  | IsExpression
  | BetweenExpression
  | InExpression
  | CaseExpression
  | ArrayExpression
  | RecordExpression
  | CallExpression
  | MissingExpression;

/** `12`, `1.5`, `1e3`: the digits as written, so that the checker may type them exactly. */
export interface NumberLiteral {
  readonly kind: "NumberLiteral";
  readonly span: Span;
  readonly text: string;
  readonly form: "integer" | "decimal" | "double";
}

export interface StringLiteral {
  readonly kind: "StringLiteral";
  readonly span: Span;
  /** The value, escapes resolved. */
  readonly value: string;
  readonly raw: boolean;
}

export interface BooleanLiteral {
  readonly kind: "BooleanLiteral";
  readonly span: Span;
  readonly value: boolean;
}

export interface NullLiteral {
  readonly kind: "NullLiteral";
  readonly span: Span;
}

/** `1 hour 30 minutes`: months and years are kept apart because they have no fixed length. */
export interface DurationLiteral {
  readonly kind: "DurationLiteral";
  readonly span: Span;
  /** The fixed part, in microseconds. */
  readonly microseconds: number;
  /** The calendar part, in months. */
  readonly months: number;
}

/** `timestamp "2024-01-01 00:00:00"`, `date "2024-01-01"`. */
export interface DatetimeLiteral {
  readonly kind: "DatetimeLiteral";
  readonly span: Span;
  readonly type: "timestamp" | "date";
  readonly text: StringLiteral;
}

export interface NameExpression {
  readonly kind: "NameExpression";
  readonly span: Span;
  readonly name: Name;
}

/** `base.member`: a qualified column or a field of a record; which one is for the checker. */
export interface MemberExpression {
  readonly kind: "MemberExpression";
  readonly span: Span;
  readonly base: Expression;
  readonly member: Name;
}

/** `*` or `base.*`; only as a select item, and `*` as the argument of count. */
export interface StarExpression {
  readonly kind: "StarExpression";
  readonly span: Span;
  readonly base: Expression | undefined;
}

export interface IndexExpression {
  readonly kind: "IndexExpression";
  readonly span: Span;
  readonly base: Expression;
  readonly index: Expression;
}

export interface UnaryExpression {
  readonly kind: "UnaryExpression";
  readonly span: Span;
  readonly operator: "-" | "+" | "not";
  readonly operand: Expression;
}

/** Spellings are settled here: `==` is `=`, `<>` is `!=`. */
export type BinaryOperator =
  | "+" | "-" | "*" | "/" | "%" | "||"
  | "=" | "!=" | "<" | "<=" | ">" | ">="
  | "and" | "or" | "like" | "rlike" | "not like" | "not rlike";

export interface BinaryExpression {
  readonly kind: "BinaryExpression";
  readonly span: Span;
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
}

export interface IsExpression {
  readonly kind: "IsExpression";
  readonly span: Span;
  readonly operand: Expression;
  readonly negated: boolean;
  readonly test: "null" | "true" | "false" | "distinct from";
  /** Only with `distinct from`. */
  readonly other: Expression | undefined;
}

export interface BetweenExpression {
  readonly kind: "BetweenExpression";
  readonly span: Span;
  readonly operand: Expression;
  readonly negated: boolean;
  readonly low: Expression;
  readonly high: Expression;
}

export interface InExpression {
  readonly kind: "InExpression";
  readonly span: Span;
  readonly operand: Expression;
  readonly negated: boolean;
  readonly items: readonly Expression[];
}

export interface WhenClause {
  readonly when: Expression;
  readonly then: Expression;
}

export interface CaseExpression {
  readonly kind: "CaseExpression";
  readonly span: Span;
  readonly subject: Expression | undefined;
  readonly clauses: readonly WhenClause[];
  readonly otherwise: Expression | undefined;
}

export interface ArrayExpression {
  readonly kind: "ArrayExpression";
  readonly span: Span;
  readonly items: readonly Expression[];
}

export interface RecordField {
  readonly name: Name;
  readonly value: Expression;
}

export interface RecordExpression {
  readonly kind: "RecordExpression";
  readonly span: Span;
  readonly fields: readonly RecordField[];
}

/**
 * One argument of a call. `name` is set for `name: E` and for the words `every`, `gap`, `offset` before a duration
 * (then `keyword` is true); `asType` for `cast(x as T)`; `distinct` for `count(distinct x)`.
 */
export interface Argument {
  readonly span: Span;
  readonly name: Name | undefined;
  readonly keyword: boolean;
  readonly distinct: boolean;
  readonly value: Expression;
  readonly asType: TypeNode | undefined;
}

export interface CallExpression {
  readonly kind: "CallExpression";
  readonly span: Span;
  readonly callee: Name;
  readonly args: readonly Argument[];
  /** `count(where price > 1)`. */
  readonly where: Expression | undefined;
}

/** Stands where the parser recovered from an error that is already reported; never reported again. */
export interface MissingExpression {
  readonly kind: "MissingExpression";
  readonly span: Span;
}
