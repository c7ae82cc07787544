import type { Span } from "../../source/span.ts";
import type { ColumnId } from "../expr/expr.ts";
import { TreeNode } from "../tree-node.ts";
import type { Column, EventTime } from "./column.ts";
import type { LogicalPlan } from "./plan.ts";

/** Copies of each key column, the first one given most. */
export type KeyCopies = readonly (readonly [ColumnId, ...ColumnId[]])[];

/** What every logical operator derives in its constructor. */
export abstract class LogicalNode extends TreeNode<LogicalPlan> {
  abstract readonly output: readonly Column[];
  /** Whether any input is unbounded. */
  abstract readonly streaming: boolean;
  /** Event-time columns in the output. */
  abstract readonly eventTimes: readonly EventTime[];
  /** For each column of the key, those columns of the output that hold its value (a projection may copy it under other names) or tell its values apart. */
  abstract readonly keyCopies: KeyCopies | undefined;
  /** The step of the job that this node came from. */
  abstract readonly origin: Span | undefined;

  /** Columns that identify a row of the output among all others, where known: the first copy of each. */
  get key(): readonly ColumnId[] | undefined {
    return this.keyCopies?.map(([first]) => first);
  }
}
