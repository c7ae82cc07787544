import type { Span } from "../../source/span.ts";
import type { ColumnId, Expr } from "../expr/expr.ts";
import { exprText } from "../expr/print.ts";
import type { Column, EventTime } from "./column.ts";
import { eventTimesOf } from "./event-time-of.ts";
import { LogicalNode, type KeyCopies } from "./node.ts";
import { oneToOne } from "./one-to-one.ts";
import { only } from "./only.ts";
import type { LogicalPlan } from "./plan.ts";

/** One column of a projection. A column passed on unchanged keeps its id: `expr` is then a ColumnRef of `id`. */
export interface ProjectedColumn {
  readonly id: ColumnId;
  readonly name: string;
  readonly expr: Expr;
}

/** `select`, `extend`, `set`, `drop`, `rename`: the whole list of output columns. */
export class Project extends LogicalNode {
  readonly kind = "Project";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies: KeyCopies | undefined;

  constructor(readonly input: LogicalPlan, readonly columns: readonly ProjectedColumn[], readonly origin: Span | undefined) {
    super();
    this.children = [input];
    this.output = columns.map(({ id, name, expr }) => ({ id, name, type: expr.type, nullable: expr.nullable }));
    this.streaming = input.streaming;
    this.eventTimes = eventTimesOf(columns, input.eventTimes);
    const kept = input.keyCopies?.flatMap((copies): KeyCopies => {
      const copied = columns.filter(({ expr }) => expr.kind === "ColumnRef" && copies.includes(expr.id));
      const mapped = columns.filter(({ expr }) => expr.kind !== "ColumnRef" && oneToOne(expr, input).some((column) => copies.includes(column)));
      const [first, ...others] = [...copied, ...mapped].map(({ id }) => id);
      return first === undefined ? [] : [[first, ...others]];
    });
    this.keyCopies = kept?.length === input.keyCopies?.length ? kept : undefined;
  }

  withChildren(children: readonly LogicalPlan[]): Project {
    return new Project(only(children), this.columns, this.origin);
  }

  describe(): string {
    return `Project ${this.columns.map(({ name, expr }) => (expr.kind === "ColumnRef" && expr.name === name ? name : `${exprText(expr)} as ${name}`)).join(", ") || "nothing"}`;
  }

  protected self(): Project {
    return this;
  }
}
