import type { Span } from "../../source/span.ts";
import type { Expr } from "../expr/expr.ts";
import { exprText } from "../expr/print.ts";
import type { Column, EventTime } from "./column.ts";
import type { Input } from "./input.ts";
import { LogicalNode } from "./node.ts";
import type { LogicalPlan } from "./plan.ts";

/**
 * Reads an input. `columns` are those that the reader fills (all of them until pruned); `needed` names the fields whose
 * decoding decides whether a record is malformed (settled by the analysis, kept by every rule); `filter` is evaluated in the
 * reader, after the record is accepted.
 */
export class Scan extends LogicalNode {
  readonly kind = "Scan";
  readonly children: readonly LogicalPlan[] = [];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[] = [];
  readonly keyCopies = undefined;

  constructor(
    readonly input: Input,
    readonly columns: readonly Column[],
    readonly needed: ReadonlySet<string>,
    readonly filter: Expr | undefined,
    readonly origin: Span | undefined,
  ) {
    super();
    this.output = columns;
    this.streaming = !input.bounded;
  }

  withChildren(): Scan {
    return this;
  }

  describe(): string {
    const where = this.filter === undefined ? "" : ` where ${exprText(this.filter)}`;
    const format = this.input.format === undefined ? "" : `, ${this.input.format}`;
    return `${this.input.bounded ? "Table" : "Source"} ${this.input.name}: ${this.input.connector}${guarantee(this.input)}${format}, reads ${this.columns.map((column) => column.name).join(", ") || "nothing"}${where}`;
  }

  protected self(): Scan {
    return this;
  }
}

/** What becomes of the records of a user's receiver in a crash. */
function guarantee({ replays }: Input): string {
  if (replays === undefined) return "";
  return replays ? " (replayed from its offsets)" : " (at most once: records that no batch holds yet are lost in a crash)";
}
