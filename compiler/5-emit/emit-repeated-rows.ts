import { arrayCode, binary, callCode, code, conditional } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { nullCode, numberCode, stringCode } from "../code/literal.ts";
import { runtime } from "../code/runtime-name.ts";
import { givenRecord } from "../catalog/expressions/border/from-user.ts";
import { emitExpr, emitRowsCall, givenValue } from "../catalog/expressions/emit-expr.ts";
import { emitLiteral } from "../catalog/expressions/emit-literal.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { ColumnId, Expr, UserCall } from "../ir/expr/expr.ts";
import { sameExpr } from "../ir/expr/walk.ts";
import type { Column } from "../ir/logical/column.ts";
import type { ExpandedColumn } from "../ir/logical/plan.ts";
import type { RowStep } from "../ir/physical/physical.ts";
import type { Block } from "./block.ts";
import type { ColumnUse } from "../ir/physical/column-uses.ts";
import type { RowEnvironment } from "./row-environment.ts";

type Uses = ReadonlyMap<ColumnId, ColumnUse>;

/** Opens a loop over the elements of an array or the entries of a map, and binds the columns that they give. False where no loop was needed: a function gives one row or none. */
export function openExplode(step: Extract<RowStep, { kind: "explode" }>, env: RowEnvironment, uses: Uses, body: Block): boolean {
  if (step.value.kind === "UserCall" && step.value.function.returns.rows !== undefined) return openGivenRows(step.value, step.columns, env, uses, body);
  const value = emitExpr(step.value, env);
  const isMap = step.value.type.kind === "map";
  const some = value.nullable ? binary("??", value.code, arrayCode([])) : value.code;
  const over = !step.outer ? some : isMap ? callCode(runtime("orNullEntry"), value.code) : callCode(runtime("orOneNull"), some);
  const names = step.columns.map((column) => {
    const isRead = uses.has(column.id);
    const name = env.localName(isRead ? column.name : `_${column.name}`);
    if (isRead) env.bind(column.id, { code: name, nullable: column.nullable });
    return name;
  });
  const [first, second] = names;
  if (first !== undefined) body.open(code`for (const ${second === undefined ? first : arrayCode([first, second])} of ${over}) {`);
  return true;
}

/** The rows that a user's function gives, whose fields are converted where they are read. */
function openGivenRows(call: UserCall, columns: readonly Column[], env: RowEnvironment, uses: Uses, body: Block): boolean {
  const [column] = columns;
  const { name, returns } = call.function;
  const { shape } = returns;
  if (column === undefined || shape.kind !== "record") return internalError("E9003", `the rows of ${name} are no records`);
  const isRead = uses.has(column.id);
  const row = env.localName(isRead || returns.rows === "one or none" ? column.name : `_${column.name}`);
  const present = { ...shape, nullable: false, optional: false };
  if (returns.rows === "one or none") {
    body.line(code`const ${row} = ${givenRecord(emitRowsCall(call, env), { ...shape, nullable: true }, name)};`);
    body.line(code`if (${binary("===", row, nullCode)}) continue;`);
    env.bind(column.id, givenValue({ code: row, nullable: false, shape: present, from: name }, column.type));
    return false;
  }
  body.open(code`for (const ${row} of ${givenRows(call, env)}) {`);
  env.bind(column.id, givenValue({ code: row, nullable: false, shape: present, from: `${name}[]` }, column.type));
  return true;
}

/** The rows that a call of a user's function gives, as what can be iterated: none where it gives null, or is not made for a null among its arguments. */
export function givenRows(call: UserCall, env: RowEnvironment): Code {
  const given = emitRowsCall(call, env);
  return callCode(runtime("asRows"), call.nullable ? binary("??", given, arrayCode([])) : given, stringCode(call.function.name));
}

/**
 * Opens a loop over the copies of a row. Where a new column has another constant in each copy (the grouping id, the label of
 * `unpivot`), the loop goes over its values, and the other columns are told apart by it; else by the number of the copy.
 */
export function openExpand(step: Extract<RowStep, { kind: "expand" }>, env: RowEnvironment, uses: Uses, body: Block): void {
  const columns = step.columns.filter(({ id }) => uses.has(id));
  const telling = step.columns.find(({ values }) => isTelling(values));
  const isRead = columns.length > 0;
  const name = telling?.name ?? "copy";
  const variable = env.localName(isRead ? name : `_${name}`);
  const marks = telling?.values ?? Array.from({ length: step.copies }, () => undefined);
  const codes = marks.map((mark, at) => (mark?.kind === "Literal" ? emitLiteral(mark.value, mark.type) : numberCode(at)));
  body.open(code`for (const ${variable} of ${env.constant(`${name}s`, arrayCode(codes))}) {`);
  if (telling !== undefined) env.bind(telling.id, { code: variable, nullable: false });
  for (const column of columns) {
    if (column === telling) continue;
    const value = chosen(column, codes, variable, env);
    const local = env.localName(column.name);
    body.line(code`const ${local} = ${value};`);
    env.bind(column.id, { code: local, nullable: column.values.some((each) => each.nullable) });
  }
}

/** Whether a column alone says which copy it is: another literal in each. */
function isTelling(values: readonly Expr[]): boolean {
  const seen = values.map((value) => (value.kind === "Literal" && (typeof value.value === "number" || typeof value.value === "string") ? value.value : undefined));
  return seen.every((value) => value !== undefined) && new Set(seen).size === values.length;
}

/** The value of a column in the copy at hand: `(groupingId & 2) === 0 ? city : null`. */
function chosen(column: ExpandedColumn, marks: readonly Code[], variable: Code, env: RowEnvironment): Code {
  const groups: { readonly value: Expr; readonly copies: number[] }[] = [];
  column.values.forEach((value, copy) => {
    const same = groups.find((group) => sameExpr(group.value, value));
    if (same === undefined) groups.push({ value, copies: [copy] });
    else same.copies.push(copy);
  });
  const [first, second, ...others] = groups;
  if (first === undefined) return code`null`;
  const emitted = (value: Expr): Code => emitExpr(value, env).code;
  if (second === undefined) return emitted(first.value);
  const bit = others.length === 0 ? bitThatTells(first.copies, marks) : undefined;
  if (bit !== undefined) return conditional(new Code(`(${variable.text} & ${bit}) === 0`, Precedence.equality, []), emitted(first.value), emitted(second.value));
  const last = groups.at(-1) ?? first;
  return groups.slice(0, -1).reduceRight((rest, { value, copies }) => {
    const tests = copies.map((copy) => binary("===", variable, marks[copy] ?? numberCode(copy)));
    return conditional(tests.reduce((a, b) => binary("||", a, b)), emitted(value), rest);
  }, emitted(last.value));
}

/** A power of two that is set in the marks of all other copies and in none of these. */
function bitThatTells(copies: readonly number[], marks: readonly Code[]): number | undefined {
  if (marks.length < 3 || !marks.every((mark) => /^\d+$/.test(mark.text))) return undefined;
  for (let bit = 1; bit < 2 ** 30; bit *= 2) {
    if (marks.every((mark, copy) => ((Number(mark.text) & bit) === 0) === copies.includes(copy))) return bit;
  }
  return undefined;
}
