import type { Span } from "../../source/span.ts";
import type { DurationLiteral, Expression, StringLiteral, NumberLiteral, BooleanLiteral, NullLiteral, CallExpression, DatetimeLiteral } from "./expression.ts";
import type { Name } from "./name.ts";
import type { TypeNode } from "./type.ts";

/** A relation and the steps applied to it, in the order written. */
export interface Pipeline {
  readonly kind: "Pipeline";
  readonly span: Span;
  readonly head: Relation;
  readonly steps: readonly Step[];
}

export type Relation = NamedRelation | NestedRelation | MissingRelation;

export interface NamedRelation {
  readonly kind: "NamedRelation";
  readonly span: Span;
  readonly name: Name;
  readonly alias: Name | undefined;
}

/** A pipeline in parentheses. */
export interface NestedRelation {
  readonly kind: "NestedRelation";
  readonly span: Span;
  readonly pipeline: Pipeline;
  readonly alias: Name | undefined;
}

export interface MissingRelation {
  readonly kind: "MissingRelation";
  readonly span: Span;
}

/** A duration as written, or the name of something that holds one. */
export type DurationNode = DurationLiteral | { readonly kind: "NameExpression"; readonly span: Span; readonly name: Name };
/** A number of rows: a literal or a param's name. */
export type CountNode = NumberLiteral | { readonly kind: "NameExpression"; readonly span: Span; readonly name: Name };
export type LiteralNode = NumberLiteral | StringLiteral | BooleanLiteral | NullLiteral | DurationLiteral | DatetimeLiteral;

/** `E as n`. */
export interface NamedExpression {
  readonly value: Expression;
  readonly name: Name;
}

/** `E [as n]`. */
export interface SelectItem {
  readonly span: Span;
  readonly value: Expression;
  readonly alias: Name | undefined;
}

export type Route = { readonly kind: "drop"; readonly span: Span } | { readonly kind: "into"; readonly span: Span; readonly target: Name };

export interface SortKey {
  readonly span: Span;
  readonly value: Expression;
  readonly descending: boolean;
  /** Undefined: first when ascending, last when descending, as in Spark. */
  readonly nulls: "first" | "last" | undefined;
}

export type GroupKey =
  | { readonly kind: "ExpressionKey"; readonly span: Span; readonly value: Expression; readonly alias: Name | undefined }
  | { readonly kind: "GroupingSets"; readonly span: Span; readonly sets: readonly (readonly Expression[])[] };

export type JoinKind = "inner" | "left" | "right" | "full" | "semi" | "anti" | "cross";

/** What every step has: its span (from its first word) and the name given by `named NAME`. */
export interface StepBase {
  readonly span: Span;
  readonly named: Name | undefined;
}

export type Step = StepBase &
  (
    | { readonly kind: "Where"; readonly condition: Expression }
    | { readonly kind: "Select"; readonly items: readonly SelectItem[] }
    | { readonly kind: "Extend"; readonly columns: readonly NamedExpression[] }
    | { readonly kind: "Set"; readonly columns: readonly NamedExpression[] }
    | { readonly kind: "Drop"; readonly columns: readonly Name[] }
    | { readonly kind: "Rename"; readonly columns: readonly { readonly from: Name; readonly to: Name }[] }
    | { readonly kind: "As"; readonly alias: Name }
    | {
        readonly kind: "Watermark";
        /** The path to the event-time column, outermost name first. */
        readonly column: readonly Name[];
        readonly delay: DurationNode;
        readonly late: Route | undefined;
        readonly future: { readonly after: DurationNode; readonly route: Route } | undefined;
        readonly idle: DurationNode | undefined;
      }
    | {
        readonly kind: "Aggregate";
        readonly aggregates: readonly NamedExpression[];
        readonly keys: readonly GroupKey[];
        readonly perBatch: boolean;
      }
    | {
        readonly kind: "Join";
        readonly joinKind: JoinKind;
        readonly latest: boolean;
        readonly right: Relation;
        readonly condition: { readonly kind: "on"; readonly value: Expression } | { readonly kind: "using"; readonly columns: readonly Name[] } | undefined;
        readonly unbounded: boolean;
      }
    | { readonly kind: "Union"; readonly relations: readonly Relation[] }
    | { readonly kind: "Distinct" }
    | { readonly kind: "Dedup"; readonly keys: readonly Expression[]; readonly within: "watermark" | DurationNode | undefined }
    | {
        readonly kind: "Top";
        readonly count: CountNode;
        readonly withTies: boolean;
        readonly rank: Name | undefined;
        readonly order: readonly SortKey[];
        readonly per: readonly Expression[];
      }
    | { readonly kind: "OrderBy"; readonly order: readonly SortKey[] }
    | { readonly kind: "Limit"; readonly count: CountNode }
    | { readonly kind: "Explode"; readonly outer: boolean; readonly value: Expression; readonly name: Name; readonly second: Name | undefined }
    | {
        readonly kind: "Unpivot";
        readonly value: Name;
        readonly key: Name;
        readonly columns: readonly { readonly column: Name; readonly label: LiteralNode | undefined }[];
      }
    | { readonly kind: "Parse"; readonly call: CallExpression; readonly type: TypeNode }
    | { readonly kind: "Map"; readonly function: Name; readonly async: boolean }
    | { readonly kind: "FilterWith"; readonly function: Name }
    | { readonly kind: "FlatMap"; readonly function: Name }
    | { readonly kind: "Transform"; readonly function: Name }
    | {
        readonly kind: "State";
        readonly function: Name;
        readonly keys: readonly Expression[];
        readonly initial: Name | undefined;
        readonly timeout: { readonly duration: DurationNode; readonly processingTime: boolean } | undefined;
      }
    | { readonly kind: "MissingStep" }
  );

export type StepKind = Step["kind"];
export type StepOf<K extends StepKind> = Extract<Step, { readonly kind: K }>;
