import type { Span } from "../../source/span.ts";
import type { ColumnId } from "../expr/expr.ts";
import type { Column, EventTime } from "./column.ts";
import type { DataType } from "../types/data-type.ts";
import { LogicalNode } from "./node.ts";
import type { LogicalPlan } from "./plan.ts";

/** One column of a union: a new id, under the name that the first input gives it, and the column of each input that it takes. */
export interface UnionColumn {
  readonly id: ColumnId;
  readonly name: string;
  readonly type: DataType;
  readonly sources: readonly ColumnId[];
}

/**
 * All rows of every input, duplicates too. The sources of a column are of one type (casts stand below); it may be null where any
 * of them may. As in Spark (Union.output) it is event time where that of the first input is, with its delay and role: what the
 * others hold there is judged by the query's watermark, under one of their own or not; their windows may have another length.
 */
export class Union extends LogicalNode {
  readonly kind = "Union";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies = undefined;

  constructor(readonly inputs: readonly LogicalPlan[], readonly columns: readonly UnionColumn[], readonly origin: Span | undefined) {
    super();
    this.children = inputs;
    this.output = columns.map(({ id, name, type, sources }): Column => {
      const sides = inputs.flatMap((input, at) => input.output.find((column) => column.id === sources[at]) ?? []);
      return { id, name, type, nullable: sides.some((side) => side.nullable) };
    });
    this.streaming = inputs.some((input) => input.streaming);
    this.eventTimes = columns.flatMap(({ id, sources: [source] }) => (inputs[0]?.eventTimes ?? []).filter((time) => time.column === source).map(({ delay, role }) => ({ column: id, delay, role })));
  }

  withChildren(children: readonly LogicalPlan[]): Union {
    return new Union(children, this.columns, this.origin);
  }

  describe(): string {
    return `Union ${this.columns.map(({ name }) => name).join(", ") || "nothing"}`;
  }

  protected self(): Union {
    return this;
  }
}
