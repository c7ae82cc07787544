import { canFail } from "../../catalog/expressions/can-fail.ts";
import { conjunctsOf } from "../../ir/expr/conjuncts.ts";
import type { Expr, Literal } from "../../ir/expr/expr.ts";
import type { Field } from "../../ir/types/data-type.ts";

/** A value that statistics are held against, in the runtime's representation. */
export type TestLiteral = string | number | bigint | boolean;

/** What each row that passes a filter meets in one column, as the runtime takes it (runtime/formats/parquet/row-group-test.ts). */
export interface RowGroupTest {
  readonly column: string;
  readonly test: "=" | "<" | "<=" | ">" | ">=" | "in" | "is null" | "is not null";
  /** None for a test of null; several for `in`. */
  readonly values: readonly TestLiteral[];
}

const mirrored = { "=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

/** The conjuncts of a filter that compare a declared column with constants; only those that are asked before one that can fail, whose failure is not to be passed over. */
export function rowGroupTests(filter: Expr | undefined, fields: readonly Field[]): readonly RowGroupTest[] {
  if (filter === undefined) return [];
  const names = new Set(fields.map(({ name }) => name));
  const conjuncts = conjunctsOf(filter);
  const failing = conjuncts.findIndex(canFail);
  return conjuncts.slice(0, failing < 0 ? conjuncts.length : failing).flatMap((part): readonly RowGroupTest[] => {
    const test = testOf(part);
    return test === undefined || !names.has(test.column) ? [] : [test];
  });
}

function testOf(part: Expr): RowGroupTest | undefined {
  if (part.kind !== "Call") return undefined;
  const [left, right] = part.args;
  if (left === undefined) return undefined;
  switch (part.name) {
    case "is null":
    case "is not null":
      return left.kind === "ColumnRef" ? { column: left.name, test: part.name, values: [] } : undefined;
    case "in": {
      const values = part.args.slice(1).map((item) => valueOf(item, left));
      return left.kind === "ColumnRef" && values.every((value) => value !== undefined) ? { column: left.name, test: "in", values } : undefined;
    }
    case "=":
    case "<":
    case "<=":
    case ">":
    case ">=": {
      if (right === undefined) return undefined;
      if (left.kind === "ColumnRef") return comparison(left.name, part.name, valueOf(right, left));
      return right.kind === "ColumnRef" ? comparison(right.name, mirrored[part.name], valueOf(left, right)) : undefined;
    }
    default:
      return undefined;
  }
}

function comparison(column: string, test: RowGroupTest["test"], value: TestLiteral | undefined): RowGroupTest | undefined {
  return value === undefined ? undefined : { column, test, values: [value] };
}

/** A constant of the column's own type. */
function valueOf(expr: Expr, column: Expr): TestLiteral | undefined {
  if (expr.kind !== "Literal" || expr.type.kind !== column.type.kind || !hasSameScale(expr, column)) return undefined;
  const { value } = expr;
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint" || typeof value === "boolean" ? value : undefined;
}

function hasSameScale(literal: Literal, column: Expr): boolean {
  return literal.type.kind !== "decimal" || (column.type.kind === "decimal" && column.type.scale === literal.type.scale);
}
