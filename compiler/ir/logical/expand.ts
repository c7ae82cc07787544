import type { Span } from "../../source/span.ts";
import type { ColumnId, Expr } from "../expr/expr.ts";
import { exprText } from "../expr/print.ts";
import type { Column, EventTime } from "./column.ts";
import { LogicalNode } from "./node.ts";
import { only } from "./only.ts";
import type { LogicalPlan } from "./plan.ts";

/** A column that an Expand adds: its value in each copy of the row, all of one type. */
export interface ExpandedColumn {
  readonly id: ColumnId;
  readonly name: string;
  readonly values: readonly Expr[];
}

/**
 * Each row several times over, the copies in order (Spark's Expand): under `grouping sets` once a set, under `unpivot` once a
 * column. Output: the columns of the input, the same in every copy, then `columns`.
 */
export class Expand extends LogicalNode {
  readonly kind = "Expand";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  /** The copies of a row share its key. */
  readonly keyCopies = undefined;

  constructor(
    readonly input: LogicalPlan,
    readonly copies: number,
    readonly columns: readonly ExpandedColumn[],
    readonly origin: Span | undefined,
  ) {
    super();
    this.children = [input];
    this.output = [...input.output, ...columns.flatMap(columnOf)];
    this.streaming = input.streaming;
    this.eventTimes = input.eventTimes;
  }

  withChildren(children: readonly LogicalPlan[]): Expand {
    return new Expand(only(children), this.copies, this.columns, this.origin);
  }

  describe(): string {
    const columns = this.columns.map(({ name, values }) => `${name}=[${values.map(exprText).join(", ")}]`);
    return `Expand ×${this.copies}${columns.length === 0 ? "" : ` ${columns.join(" ")}`}`;
  }

  protected self(): Expand {
    return this;
  }
}

function columnOf({ id, name, values }: ExpandedColumn): readonly Column[] {
  const [first] = values;
  return first === undefined ? [] : [{ id, name, type: first.type, nullable: values.some((value) => value.nullable) }];
}
