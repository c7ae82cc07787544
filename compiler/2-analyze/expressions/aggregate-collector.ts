import type { AggregateCall } from "../../ir/expr/aggregate-call.ts";
import type { ColumnId, ColumnRef, Expr } from "../../ir/expr/expr.ts";
import { columnRef } from "../../ir/expr/build.ts";
import { sameExpr } from "../../ir/expr/walk.ts";
import type { AggregateColumn } from "../../ir/logical/plan.ts";
import type { JobContext } from "../job-context.ts";
import type { Scope } from "./scope.ts";

/** Takes the aggregate calls of one `aggregate` step out of their expressions; equal calls share one column. */
export class AggregateCollector {
  /** The rows that are aggregated: what stands inside a call. */
  readonly input: Scope;
  readonly #job: JobContext;
  readonly #columns: AggregateColumn[] = [];

  constructor(job: JobContext, input: Scope) {
    this.#job = job;
    this.input = input;
  }

  get columns(): readonly AggregateColumn[] {
    return this.#columns;
  }

  /** The column that holds the call's result. */
  take(call: AggregateCall): ColumnRef {
    const known = this.#columns.find((column) => sameCall(column.call, call));
    const { id, name } = known ?? this.#add(call);
    return columnRef(id, name, call.type, call.nullable, call.origin);
  }

  /** Gives a column the name under which the job knows it; the first name stays. */
  name(id: ColumnId, name: string): boolean {
    const index = this.#columns.findIndex((column) => column.id === id);
    const column = this.#columns[index];
    if (column === undefined || column.name !== "") return column?.name === name;
    this.#columns[index] = { ...column, name };
    return true;
  }

  #add(call: AggregateCall): AggregateColumn {
    const column: AggregateColumn = { id: this.#job.newColumn(), name: "", call };
    this.#columns.push(column);
    return column;
  }
}

function sameCall(a: AggregateCall, b: AggregateCall): boolean {
  return a.name === b.name && a.distinct === b.distinct && a.args.length === b.args.length && a.args.every((arg, index) => sameOptional(arg, b.args[index])) && sameOptional(a.where, b.where);
}

function sameOptional(a: Expr | undefined, b: Expr | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameExpr(a, b);
}
