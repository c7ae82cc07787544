import type { Span } from "../../source/span.ts";
import type { CallExpression, DurationLiteral, Expression, StringLiteral } from "./expression.ts";
import type { Name } from "./name.ts";
import type { DurationNode, LiteralNode, Pipeline } from "./step.ts";
import type { RecordTypeNode, TypeNode } from "./type.ts";

/** A whole file, statements in the order written. A statement too broken to build is left out (its error is reported). */
export interface Program {
  readonly kind: "Program";
  readonly span: Span;
  readonly statements: readonly Statement[];
  /** Names whose declaration was left out: a use of one of them is not an error of its own. */
  readonly unparsed: readonly Name[];
}

export type Statement =
  | ImportStatement
  | OptionStatement
  | ParamStatement
  | SchemaStatement
  | InputStatement
  | WindowStatement
  | StreamStatement
  | SinkStatement;

export interface ImportStatement {
  readonly kind: "Import";
  readonly span: Span;
  /** `name` is the export in the module, `alias` the name in the job (equal where there is no `as`). */
  readonly imports: readonly { readonly name: Name; readonly alias: Name }[];
  readonly from: StringLiteral;
}

export interface OptionStatement {
  readonly kind: "Option";
  readonly span: Span;
  readonly name: Name;
  readonly value: LiteralNode;
}

export interface ParamStatement {
  readonly kind: "Param";
  readonly span: Span;
  readonly name: Name;
  readonly type: TypeNode;
  readonly value: Expression | undefined;
}

export interface SchemaStatement {
  readonly kind: "Schema";
  readonly span: Span;
  readonly name: Name;
  readonly definition: RecordTypeNode | CallExpression;
}

/** `source NAME` (unbounded) or `table NAME` (bounded). */
export interface InputStatement {
  readonly kind: "Input";
  readonly span: Span;
  readonly bounded: boolean;
  readonly name: Name;
  readonly type: TypeNode | undefined;
  readonly from: CallExpression;
}

export interface WindowStatement {
  readonly kind: "Window";
  readonly span: Span;
  readonly name: Name;
  readonly definition: CallExpression;
}

export interface StreamStatement {
  readonly kind: "Stream";
  readonly span: Span;
  readonly name: Name;
  readonly pipeline: Pipeline;
}

export type TriggerNode =
  | { readonly kind: "asap"; readonly span: Span }
  | { readonly kind: "every"; readonly span: Span; readonly interval: DurationNode }
  | { readonly kind: "once"; readonly span: Span }
  | { readonly kind: "available now"; readonly span: Span }
  | { readonly kind: "continuous"; readonly span: Span; readonly interval: DurationLiteral | undefined };

export type SinkClause =
  | { readonly kind: "Mode"; readonly span: Span; readonly mode: Name }
  | { readonly kind: "Trigger"; readonly span: Span; readonly trigger: TriggerNode }
  | { readonly kind: "Checkpoint"; readonly span: Span; readonly path: StringLiteral | { readonly kind: "NameExpression"; readonly span: Span; readonly name: Name } };

/** A query, or (without a pipeline) a side output. Clauses in the order written; that each comes once is for the checker. */
export interface SinkStatement {
  readonly kind: "Sink";
  readonly span: Span;
  readonly name: Name;
  readonly pipeline: Pipeline | undefined;
  readonly into: CallExpression;
  readonly clauses: readonly SinkClause[];
}
