import type { ObjectField } from "../../../code/build.ts";
import type { Code } from "../../../code/code.ts";
import { layOut } from "../../../code/lay-out.ts";
import type { Expr, UserFunctionRef } from "../../../ir/expr/expr.ts";
import type { Shape } from "../../../ir/types/shape.ts";
import { emitExpr } from "../emit-expr.ts";
import type { EmittedValue, ExprEnvironment } from "../environment.ts";
import { fieldToUser, missing, toUser } from "./to-user.ts";

/** What a user's function is given for a parameter: a record is written field by field, each as its place takes it. */
export function emitArgument(arg: Expr, at: number, fn: UserFunctionRef, env: ExprEnvironment): Code | undefined {
  const shape = fn.parameters[at]?.shape;
  return arg.kind === "MakeRecord" && shape?.kind === "record" ? recordCode(arg, shape, fn.name, env) : undefined;
}

/** A value for a parameter. */
export function argumentCode(value: EmittedValue, arg: Expr, at: number, fn: UserFunctionRef): Code {
  const parameter = fn.parameters[at];
  return parameter === undefined ? value.code : toUser(value, arg.type, parameter.shape, `${fn.name}.${parameter.name}`);
}

function recordCode(record: Extract<Expr, { kind: "MakeRecord" }>, shape: Extract<Shape, { kind: "record" }>, to: string, env: ExprEnvironment): Code {
  const names = record.type.kind === "record" ? record.type.fields.map(({ name }) => name) : [];
  return layOut(
    shape.fields.flatMap((field): readonly ObjectField[] => {
      const { name, shape: own } = field;
      const value = record.values[names.indexOf(name)];
      if (value === undefined || (value.kind === "Literal" && value.value === null)) return missing(field);
      if (value.kind === "MakeRecord" && own.kind === "record") return [[name, recordCode(value, own, `${to}.${name}`, env)]];
      return [fieldToUser(emitExpr(value, env), value.type, field, to)];
    }),
  );
}
