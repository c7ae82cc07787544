import { arrayCode, arrow, binary, callCode, conditional, member, objectCode } from "../../code/build.ts";
import type { Code } from "../../code/code.ts";
import { nullCode } from "../../code/literal.ts";
import { runtime } from "../../code/runtime-name.ts";
import { isSimple } from "../../code/simple.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { Call, Case, Expr, FieldAccess, UserCall } from "../../ir/expr/expr.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { emitCast } from "../casts/emit-cast.ts";
import { argumentCode, emitArgument } from "./border/emit-argument.ts";
import { fieldFromUser, fieldShape, fromUser, givenRecord, ownMember } from "./border/from-user.ts";
import { findScalar } from "../functions/registry.ts";
import { castGivesNull } from "../types/can-cast.ts";
import type { EmittedValue, ExprEnvironment, GivenRecord } from "./environment.ts";
import { emitLiteral } from "./emit-literal.ts";
import { emitTrue } from "./emit-predicate.ts";

/** The code of an expression's value. Null tests are written only where a value can be null. */
export function emitExpr(expr: Expr, env: ExprEnvironment): EmittedValue {
  switch (expr.kind) {
    case "Literal": {
      const code = emitLiteral(expr.value, expr.type);
      // Records, arrays, maps and bytes are made once for the module, not once a row.
      const made = typeof expr.value === "object" && expr.value !== null ? env.constant("value", code) : code;
      return { code: made, nullable: expr.value === null };
    }
    case "ColumnRef":
      return env.column(expr);
    case "ParamRef":
      return env.param(expr);
    case "Call":
      return emitCall(expr, env);
    case "UserCall":
      return emitUserCall(expr, env);
    case "Cast": {
      const input = emitExpr(expr.input, env);
      // A null that is no literal may fail before it is one (raise_error).
      if (expr.input.type.kind === "null") return { code: expr.input.kind === "Literal" ? nullCode : input.code, nullable: true };
      // An int is a long and a double as it stands.
      if (expr.input.type.kind === "int" && (expr.type.kind === "long" || expr.type.kind === "double")) return { code: input.code, nullable: input.nullable || expr.safe };
      const lifted = whenPresent([{ ...input, hint: hintOf(expr.input) }], env, ([value]) => emitCast(value ?? input.code, expr.input.type, expr.type, expr.safe, env));
      return { code: lifted.code, nullable: lifted.nullable || expr.safe || castGivesNull(expr.input.type, expr.type) };
    }
    case "Case":
      return emitCase(expr, env);
    case "FieldAccess": {
      const input = emitExpr(expr.input, env);
      if (input.given !== undefined) return givenField(expr, input.given, env);
      const lifted = whenPresent([{ ...input, hint: hintOf(expr.input) }], env, ([value]) => member(value ?? input.code, expr.field));
      return { code: lifted.code, nullable: expr.nullable };
    }
    case "MakeRecord": {
      const fields = expr.type.kind === "record" ? expr.type.fields : [];
      return { code: objectCode(fields.map((field, at) => [field.name, valueAt(expr.values, at, env)])), nullable: false };
    }
    case "MakeArray":
      return { code: arrayCode(expr.items.map((item) => emitExpr(item, env).code)), nullable: false };
  }
}

function valueAt(values: readonly Expr[], at: number, env: ExprEnvironment): Code {
  const value = values[at];
  return value === undefined ? internalError("E9003", "a record with fewer values than fields") : emitExpr(value, env).code;
}

function emitCase(expr: Case, env: ExprEnvironment): EmittedValue {
  const otherwise = expr.otherwise === undefined ? { code: nullCode, nullable: true } : emitExpr(expr.otherwise, env);
  let result = otherwise;
  for (const clause of [...expr.clauses].reverse()) {
    const then = emitExpr(clause.then, env);
    result = { code: conditional(emitTrue(clause.when, env), then.code, result.code), nullable: result.nullable || then.nullable };
  }
  return result;
}

function emitCall(expr: Call, env: ExprEnvironment): EmittedValue {
  if ((expr.name === "and" || expr.name === "or") && expr.args.length === 2) return emitLogical(expr, env);
  const definition = findScalar(expr.name);
  if (definition === undefined) return internalError("E9004", `the function ${expr.name} is bound but not in the catalogue`);
  const values = expr.args.map((arg) => ({ ...emitExpr(arg, env), type: arg.type, constant: arg.kind === "Literal" ? { value: arg.value } : undefined, hint: hintOf(arg) }));
  if (definition.nulls === "custom") {
    return { code: definition.emit(values, expr.type, env), nullable: expr.nullable };
  }
  const lifted = whenPresent(values, env, (codes) =>
    definition.emit(values.map((value, at) => ({ ...value, code: codes[at] ?? value.code, nullable: false })), expr.type, env),
  );
  if (mayGiveNull(expr)) return { code: lifted.code, nullable: true };
  return lifted;
}

/** Whether a function may give null for arguments that are not null (`try_…`): its signature is asked again with such arguments. */
function mayGiveNull(expr: Call): boolean {
  if (!expr.nullable) return false;
  const resolution = findScalar(expr.name)?.resolve(
    expr.args.map((arg) => ({ type: arg.type, nullable: false, constant: arg.kind === "Literal" ? { value: arg.value } : undefined, asType: expr.type })),
  );
  return resolution === undefined || !resolution.ok || resolution.nullable;
}

function emitLogical(expr: Call, env: ExprEnvironment): EmittedValue {
  const [left, right] = expr.args.map((arg) => emitExpr(arg, env));
  if (left === undefined || right === undefined) return internalError("E9003", "a logical operator without two operands");
  if (!left.nullable && !right.nullable) return { code: binary(expr.name === "and" ? "&&" : "||", left.code, right.code), nullable: false };
  return { code: callCode(runtime(expr.name === "and" ? "bothTrue" : "eitherTrue"), left.code, arrow([], right.code)), nullable: true };
}

/** What the function gives is checked and converted; of a record the object itself stays at hand, so that whoever reads a field converts that field alone. */
function emitUserCall(expr: UserCall, env: ExprEnvironment): EmittedValue {
  const { name, returns } = expr.function;
  const { type, shape } = returns;
  if (returns.rows !== undefined) return internalError("E9003", `the rows of ${name} are read elsewhere than in a loop`);
  const whole = callWith(expr, env, (called) => fromUser(called, type, shape, name));
  const nullable = whole.nullable || shape.nullable || shape.optional;
  if (shape.kind !== "record") return { code: whole.code, nullable };
  const given = callWith(expr, env, (called) => givenRecord(called, shape, name));
  return { code: whole.code, nullable, given: { code: given.code, nullable, shape, from: name } };
}

/** A record that a function gave, at hand as `given.code`, converted as a whole wherever it is not asked for one field. */
export function givenValue(given: GivenRecord, type: DataType): EmittedValue {
  const { code, nullable, shape, from } = given;
  return { code: fromUser(code, type, { ...shape, nullable, optional: false }, from), nullable, given };
}

function givenField(expr: FieldAccess, given: GivenRecord, env: ExprEnvironment): EmittedValue {
  const shape = fieldShape(given.shape, expr.field);
  const lifted = (read: (record: Code) => Code): EmittedValue => whenPresent([{ code: given.code, nullable: given.nullable, hint: hintOf(expr.input) }], env, ([record]) => read(record ?? given.code));
  const from = `${given.from}.${expr.field}`;
  const whole = lifted((record) => fieldFromUser(record, { name: expr.field, type: expr.type }, given.shape, given.from));
  const nullable = whole.nullable || shape.nullable || shape.optional;
  if (shape.kind !== "record") return { code: whole.code, nullable };
  return { code: whole.code, nullable, given: { code: lifted((record) => givenRecord(ownMember(record, expr.field), shape, from)).code, nullable, shape, from } };
}

/** The rows of a call that gives rows, as what can be iterated, or one or none. */
export function emitRowsCall(expr: UserCall, env: ExprEnvironment): Code {
  return callWith(expr, env, (called) => called).code;
}

/** A call and what is made of its result. A parameter that takes null gets it; one that does not makes the whole null, as with a built-in function. */
function callWith(expr: UserCall, env: ExprEnvironment, make: (called: Code) => Code): EmittedValue {
  const fn = env.userFunction(expr.function);
  const records = expr.args.map((arg, at) => emitArgument(arg, at, expr.function, env));
  const values = expr.args.map((arg, at) => {
    const record = records[at];
    return { ...(record === undefined ? emitExpr(arg, env) : { code: record, nullable: false }), hint: hintOf(arg) };
  });
  const guarded = values.map((value, at) => (expr.function.parameters[at]?.nullable === true ? { ...value, nullable: false } : value));
  return whenPresent(guarded, env, (codes) =>
    make(callCode(fn, ...expr.args.map((arg, at) => {
      const value = values[at];
      const code = codes[at] ?? value?.code;
      if (code === undefined) return internalError("E9003", "a call with fewer values than arguments");
      const takesNull = expr.function.parameters[at]?.nullable === true;
      return records[at] ?? argumentCode({ code, nullable: takesNull && value?.nullable === true }, arg, at, expr.function);
    }))),
  );
}

interface Liftable extends EmittedValue {
  readonly hint: string;
}

/**
 * Code that gives null if any of the values is null and else what `make` builds. Values that are cheap to repeat are tested in
 * place; others become parameters of a function, so that nothing is evaluated twice and nothing before its turn.
 */
function whenPresent(values: readonly Liftable[], env: ExprEnvironment, make: (codes: readonly Code[]) => Code): EmittedValue {
  const nullable = values.filter((value) => value.nullable);
  if (nullable.length === 0) return { code: make(values.map((value) => value.code)), nullable: false };
  const complex = nullable.filter((value) => !isSimple(value.code));
  const names = new Map(complex.map((value) => [value, env.localName(value.hint)]));
  const codes = values.map((value) => names.get(value) ?? value.code);
  const simple = nullable.filter((value) => !names.has(value)).map((value) => value.code);
  const unique = simple.filter((code, at) => simple.findIndex((other) => other.text === code.text) === at);
  const body = make(codes);
  const tests = unique.map((code) => binary("===", code, nullCode));
  const [firstTest, ...moreTests] = tests;
  let result = firstTest === undefined ? body : conditional(moreTests.reduce((a, b) => binary("||", a, b), firstTest), nullCode, body);
  const [first, second] = complex;
  if (complex.length === 2 && first !== undefined && second !== undefined) {
    return { code: callCode(runtime("ifBothPresent"), first.code, second.code, arrow([nameOf(names, first), nameOf(names, second)], result)), nullable: true };
  }
  if (complex.length === 0) return { code: result, nullable: true, lifted: { operands: unique, body } };
  for (const value of [...complex].reverse()) result = callCode(runtime("ifPresent"), value.code, arrow([nameOf(names, value)], result));
  return { code: result, nullable: true };
}

function nameOf(names: ReadonlyMap<Liftable, Code>, value: Liftable): Code {
  return names.get(value) ?? internalError("E9003", "a lifted value without a name");
}

/** A word that says what a value is, for the parameter that holds it. */
function hintOf(expr: Expr): string {
  switch (expr.kind) {
    case "ColumnRef":
    case "ParamRef":
      return expr.name;
    case "FieldAccess":
      return expr.field;
    case "UserCall":
      return `${expr.function.name}Result`;
    case "Cast":
      return hintOf(expr.input);
    case "Call":
      return /^[a-z_]+$/.test(expr.name) ? `${expr.name}Result` : "operand";
    default:
      return "operand";
  }
}
