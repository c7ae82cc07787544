import { fieldToUser, missing, toUser } from "../catalog/expressions/border/to-user.ts";
import { arrow, member, type ObjectField } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { layOut } from "../code/lay-out.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { Column } from "../ir/logical/column.ts";
import type { UserWriter } from "../ir/logical/job.ts";
import type { Shape } from "../ir/types/shape.ts";
import type { ModuleScope } from "./module-scope.ts";

/** The rows of a sink: the name of their type, and their columns. */
export interface GivenRows {
  readonly type: string;
  readonly columns: readonly Column[];
}

/** Makes of a row of a query what a user's code takes of it: `(row: OutRow) => ({ id: longToBigInt(row.id) })`. */
export function giveCode({ name, shape }: UserWriter, { type, columns }: GivenRows, module: ModuleScope): Code {
  const scope = module.names.child();
  const row = scope.name("row");
  const value = (column: Column, own: Shape, place: string): Code => toUser({ code: member(row, column.name), nullable: column.nullable }, column.type, own, place, scope);
  const given = new Code(`${row.text}: ${type}`, Precedence.primary, []);
  if (shape.kind !== "record") {
    const [only] = columns;
    return arrow([given], only === undefined ? internalError("E9003", `${name} is given a row without columns`) : value(only, shape, name));
  }
  const fields = shape.fields.flatMap((field): readonly ObjectField[] => {
    const column = columns.find((candidate) => candidate.name === field.name);
    return column === undefined ? missing(field) : [fieldToUser({ code: member(row, column.name), nullable: column.nullable }, column.type, field, name, scope)];
  });
  return arrow([given], layOut(fields));
}
