import { emitExpr } from "../../compiler/catalog/expressions/emit-expr.ts";
import type { ExprEnvironment } from "../../compiler/catalog/expressions/environment.ts";
import { specialDatetime } from "../../compiler/catalog/casts/special-datetime.ts";
import { findScalar } from "../../compiler/catalog/functions/registry.ts";
import type { Operand } from "../../compiler/catalog/functions/signature.ts";
import { canCast, castGivesNull } from "../../compiler/catalog/types/can-cast.ts";
import { commonType } from "../../compiler/catalog/types/common-type.ts";
import { Scope } from "../../compiler/code/scope.ts";
import type { Use } from "../../compiler/code/code.ts";
import { call, caseWhen, cast, columnRef, fieldAccess, literal, makeArray, makeRecord } from "../../compiler/ir/expr/build.ts";
import type { Expr } from "../../compiler/ir/expr/expr.ts";
import { booleanType, type DataType, intType, nullType, recordType, sameType } from "../../compiler/ir/types/data-type.ts";
import type { SqlExpression } from "./sql-expression.ts";
import { type FactColumn, isMonths } from "./translate-sql.ts";
import { untranslatable } from "./untranslatable.ts";

/** What the catalogue refuses, as a compiler would report it. */
export class Refused extends Error {}

/** The bound expression, casts inserted as the checker does. Throws `Refused`. */
export function bindSql(expression: SqlExpression, columns: readonly FactColumn[]): Expr {
  const bind = (inner: SqlExpression): Expr => bindSql(inner, columns);
  switch (expression.kind) {
    case "literal":
      if (expression.value === null && (expression.type.kind === "date" || expression.type.kind === "timestamp") && expression.text !== "null") untranslatable("a literal that the checker refuses");
      return literal(expression.value as Parameters<typeof literal>[0], expression.type);
    case "column": {
      const at = columns.findIndex((column) => column.name === expression.name);
      const column = columns[at];
      if (column === undefined) throw new Refused(`no column ${expression.name}`);
      return columnRef(at, column.name, column.type, true);
    }
    case "cast": {
      const input = bind(expression.input);
      if (canCast(input.type, expression.type) === "never") throw new Refused("cast");
      const special = input.kind === "Literal" && typeof input.value === "string" ? specialDatetime(input.value, expression.type) : undefined;
      if (special !== undefined) return literal(special, expression.type);
      // A cast of a literal to its own type is no literal, as for Spark.
      return input.kind === "Literal" && sameType(input.type, expression.type) ? cast(input, expression.type, expression.safe) : castTo(input, expression.type, expression.safe);
    }
    case "case": {
      const clauses = expression.clauses.map(({ when, then }) => ({ when: castTo(bind(when), booleanType), then: bind(then) }));
      const otherwise = expression.otherwise === undefined ? undefined : bind(expression.otherwise);
      const type = common([...clauses.map(({ then }) => then), ...(otherwise === undefined ? [] : [otherwise])]);
      return caseWhen(clauses.map(({ when, then }) => ({ when, then: castTo(then, type) })), otherwise && castTo(otherwise, type), type);
    }
    case "array": {
      const items = expression.items.map(bind);
      const type = items.length === 0 ? nullType : common(items);
      return makeArray(type, items.map((item) => castTo(item, type)));
    }
    case "record": {
      const values = expression.fields.map(([, value]) => bind(value));
      return makeRecord(recordType(expression.fields.map(([name], at) => ({ name, type: values[at]?.type ?? nullType, nullable: values[at]?.nullable ?? true }))), values);
    }
    case "field": {
      const input = bind(expression.input);
      const field = input.type.kind === "record" ? input.type.fields.find(({ name }) => name === expression.name) : undefined;
      if (field === undefined) throw new Refused(`no field ${expression.name}`);
      return fieldAccess(input, field.name, field.type, field.nullable);
    }
    case "index":
      return bindCall("[]", [bind(expression.input), bind(expression.index)], undefined);
    case "call": {
      const [first, second] = expression.args;
      if (first !== undefined && second?.kind === "literal" && isMonths(second)) {
        const months = Number(second.text.replace(/[^-\d]/g, "")) * (expression.name === "-" ? -1 : 1);
        return bindCall("+ months", [bind(first), literal(months, intType)], undefined);
      }
      return bindCall(expression.name, expression.args.map(bind), expression.asType);
    }
  }
}

/** The value of a bound expression over one row, by the code that it becomes and the kernels of the runtime. */
export function evaluateBound(expr: Expr, columns: readonly FactColumn[], entries: Readonly<Record<string, Readonly<Record<string, unknown>>>>, timezone: string = "UTC"): unknown {
  const scope = new Scope(columns.map((column) => column.name));
  const constants: string[] = [];
  const uses: Use[] = [];
  const inputs = new Map(columns.map((column) => [column.name, scope.name(column.name)]));
  const environment: ExprEnvironment = {
    column: (ref) => ({ code: inputs.get(ref.name) ?? scope.name(ref.name), nullable: true }),
    param: () => { throw new Refused("param"); },
    userFunction: () => { throw new Refused("function"); },
    localName: (hint) => scope.name(hint),
    constant(hint, value) {
      const name = scope.name(hint);
      constants.push(`const ${name.text} = ${value.text};`);
      uses.push(...value.uses);
      return name;
    },
    batchTimestamp: scope.name("batchTimestamp"),
    batch: scope.name("batch"),
    timezone,
  };
  const { code } = emitExpr(expr, environment);
  const needed = new Map<string, unknown>();
  for (const use of [...uses, ...code.uses]) {
    const kernel = entries[use.module]?.[use.name];
    if (kernel === undefined) throw new TypeError(`no kernel ${use.name} in ${use.module}`);
    needed.set(use.as ?? use.name, kernel);
  }
  for (const [name, code] of inputs) needed.set(code.text, columns.find((column) => column.name === name)?.value);
  const run: unknown = new Function(...needed.keys(), `"use strict"; ${constants.join(" ")} return ${code.text};`);
  return typeof run === "function" ? run(...needed.values()) : undefined;
}

function bindCall(name: string, args: readonly Expr[], asType: DataType | undefined): Expr {
  const fn = findScalar(name);
  if (fn === undefined) throw new TypeError(`no function ${name}`);
  const operands = args.map((arg, at): Operand => ({
    type: arg.type, nullable: arg.nullable, constant: arg.kind === "Literal" ? { value: arg.value } : undefined, ...(at === 0 && asType !== undefined ? { asType } : {}),
  }));
  const resolution = fn.resolve(operands);
  if (!resolution.ok) throw new Refused(`${name}: ${JSON.stringify(resolution)}`);
  return call(name, args.map((arg, at) => castTo(arg, resolution.parameters[at] ?? arg.type)), resolution.type, resolution.nullable, fn.volatility);
}

function castTo(input: Expr, type: DataType, safe = false): Expr {
  if (sameType(input.type, type)) return input;
  if (input.type.kind === "null") return literal(null, type);
  const converted = cast(input, type, safe);
  return castGivesNull(input.type, type) ? { ...converted, nullable: true } : converted;
}

function common(values: readonly Expr[]): DataType {
  const type = commonType(values.map((value) => value.type));
  if (type === undefined) throw new Refused("no common type");
  return type;
}
