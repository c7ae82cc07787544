import type { Expr } from "../../ir/expr/expr.ts";
import { columnRef } from "../../ir/expr/build.ts";
import { transformExpr } from "../../ir/expr/walk.ts";
import type { AggregateCall } from "../../ir/expr/aggregate-call.ts";
import type { ColumnId } from "../../ir/expr/expr.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import type { Scan } from "../../ir/logical/scan.ts";
import { windowType } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import { aggregateOf } from "../expressions/aggregate-of.ts";
import { columnOf } from "../expressions/column-of.ts";
import type { Frame } from "../frame.ts";
import { columnArgument } from "../python/column-argument.ts";
import { py, type Py } from "../python/py.ts";
import type { PyScope } from "../python/py-scope.ts";
import type { SparkContext } from "../spark-context.ts";
import { carriedRecord } from "./carried-window.ts";
import { NameSet } from "./name-set.ts";

/** A line of a function: an assignment, with the step of the job that it comes from. */
export interface Statement {
  readonly code: Py;
  readonly origin: Span | undefined;
  /** Why it is there, where that cannot be seen. */
  readonly why?: string;
}

/** Where the rows of a scan come from: a call, or a variable of the function where several scans share one read. */
export interface ReadRows {
  readonly value: Py;
  /** All columns that the value has. */
  readonly columns: readonly string[];
}

/** Collects the statements of one sink's function. */
export class FrameWriter {
  readonly statements: Statement[] = [];
  /** Names of what is observed, which differ within a query. */
  readonly observed = new NameSet();

  constructor(
    readonly context: SparkContext,
    /** The whole plan of the query. */
    readonly plan: LogicalPlan,
    readonly scope: PyScope,
    readonly readRows: (scan: Scan, writer: FrameWriter) => ReadRows,
    /** The stream in which a place of the job stands; undefined for one in the sink itself. */
    readonly streamAt: (place: Span) => string | undefined,
  ) {}

  /** What to call the rows of a plan: as the stream that gives them, or after the input that they come from. */
  wordFor(plan: LogicalPlan): string {
    const stream = plan.origin === undefined ? undefined : this.streamAt(plan.origin);
    if (stream !== undefined) return stream;
    const [first] = plan.children;
    return first === undefined ? (plan.kind === "Scan" ? `${plan.input.name} rows` : "others") : this.wordFor(first);
  }

  /** `variable = value`. */
  assign(variable: Py, value: Py, origin: Span | undefined, why?: string): void {
    this.statements.push({ code: py`${variable} = ${value}`, origin, ...(why === undefined ? {} : { why }) });
  }

  /** An expression over a frame. The record of a carried window's parts is the window itself, which has its event time. */
  column(expr: Expr, frame: Frame): Py {
    return columnOf(overWindows(expr, frame), namesOf(frame), this.context);
  }

  /** An expression where a method of pyspark takes names too: a column by its name alone. */
  argument(expr: Expr, frame: Frame): Py {
    const name = expr.kind === "ColumnRef" ? frame.names.get(expr.id) : undefined;
    return name === undefined ? this.column(expr, frame) : columnArgument(name);
  }

  aggregate(call: AggregateCall, frame: Frame, streaming: boolean): Py {
    const over = (expr: Expr): Expr => overWindows(expr, frame);
    return aggregateOf({ ...call, args: call.args.map(over), where: call.where === undefined ? undefined : over(call.where) }, namesOf(frame), this.context, streaming);
  }
}

/** The id under which expressions refer to a carried window: none of the plan's. */
export function carriedId(column: ColumnId): ColumnId {
  return -1 - column;
}

function namesOf({ names, carried }: Frame): ReadonlyMap<ColumnId, string> {
  return carried.size === 0 ? names : new Map([...names, ...[...carried].map(([id, name]) => [carriedId(id), name] as const)]);
}

function overWindows(expr: Expr, { carried }: Frame): Expr {
  if (carried.size === 0) return expr;
  return transformExpr(expr, (node) => {
    const found = carriedRecord(node, carried);
    return found === undefined ? node : columnRef(carriedId(found.start), found.window, windowType, false, node.origin);
  });
}
