import { arrayCode, binary, callCode, code, conditional, member, method, parenthesised, unary } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { nullCode, numberCode } from "../code/literal.ts";
import { refersTo } from "../code/refers-to.ts";
import { runtime } from "../code/runtime-name.ts";
import { isSimple } from "../code/simple.ts";
import { emitExpr } from "../catalog/expressions/emit-expr.ts";
import { emitNotTrue, emitTrue } from "../catalog/expressions/emit-predicate.ts";
import type { ColumnId } from "../ir/expr/expr.ts";
import type { Consumer, LookupStep, RowStep } from "../ir/physical/physical.ts";
import type { Block } from "./block.ts";
import type { ColumnUse } from "../ir/physical/column-uses.ts";
import { lookedUpOf, lookupOf, variableOf, type QueryScope } from "./query-scope.ts";
import type { RowEnvironment } from "./row-environment.ts";
import { propertyNames, tsType } from "./value-type.ts";

type Uses = ReadonlyMap<ColumnId, ColumnUse>;

/** Meets the row at hand with a lookup table, as step number `at`. Answers whether a loop over the rows found was opened. */
export function openLookup(step: LookupStep, at: number, scope: QueryScope, env: RowEnvironment, uses: Uses, body: Block): boolean {
  if (step.match === "semi" || step.match === "anti") {
    const { negated } = lookupTest(step, at, scope, env, uses);
    body.line(code`if (${negated}) continue;`);
    return false;
  }
  const { side, found, isReadLater, bindSide, fits } = lookUp(step, at, scope, env, uses);
  const lookup = lookedUpOf(scope.query, step.lookup);
  const table = variableOf(scope, "lookup", lookup.id);
  const names = propertyNames(lookup.columns);
  // What only the condition reads is not read in the loop.
  const nameIn = (read: boolean): Code => (read || step.residual === undefined ? side : env.localName(`_${lookup.relation}`));
  switch (step.match) {
    case "inner": {
      bindSide();
      const skips = step.residual === undefined ? undefined : emitNotTrue(step.residual, env);
      body.open(code`for (const ${nameIn(isReadLater || (skips !== undefined && refersTo(skips, side.text)))} of ${found}) {`);
      if (skips !== undefined) body.line(code`if (${skips}) continue;`);
      if (step.marks) body.line(code`${method(table, "mark", side)};`);
      return true;
    }
    case "outer": {
      const residual = fits();
      body.open(code`for (const ${nameIn(isReadLater)} of ${callCode(runtime("orOneNull"), residual === undefined ? found : method(found, "filter", residual))}) {`);
      if (step.marks) body.line(code`if (${binary("!==", side, nullCode)}) ${method(table, "mark", side)};`);
      // Read once each: a row without a partner has nulls on this side.
      for (const column of lookup.columns) {
        const use = uses.get(column.id);
        // What only the condition reads is not read again.
        if (use === undefined || use.last <= at) continue;
        const value = conditional(binary("===", side, nullCode), nullCode, member(side, names.get(column.id) ?? column.name));
        if (use.count === 1 && use.bare) env.bind(column.id, { code: parenthesisedIfNeeded(value), nullable: true });
        else bindConstant(column, value, env, body);
      }
      return true;
    }
  }
}

/** Whether a `semi` or `anti` step passes the row at hand, and whether it leaves it out. */
export function lookupTest(step: LookupStep, at: number, scope: QueryScope, env: RowEnvironment, uses: Uses): { readonly passes: Code; readonly negated: Code } {
  const { table, keys, found, fits } = lookUp(step, at, scope, env, uses);
  const residual = fits();
  const some = residual !== undefined ? method(found, "some", residual) : keys.length === 0 ? binary(">", member(found, "length"), numberCode(0)) : method(table, "has", arrayCode(keys));
  return step.match === "semi" ? { passes: some, negated: unary("!", some) } : { passes: unary("!", some), negated: some };
}

interface LookUp {
  readonly table: Code;
  readonly keys: readonly Code[];
  readonly found: Code;
  readonly side: Code;
  /** Whether the rows found are read after the condition. */
  readonly isReadLater: boolean;
  readonly bindSide: () => void;
  /** `(user) => …`: whether the rest of the condition holds. */
  readonly fits: () => Code | undefined;
}

function lookUp(step: LookupStep, at: number, scope: QueryScope, env: RowEnvironment, uses: Uses): LookUp {
  const lookup = lookedUpOf(scope.query, step.lookup);
  const table = variableOf(scope, "lookup", lookup.id);
  const keys = step.keys.map((key) => emitExpr(key, env).code);
  // Of a result without a key there is one newest row.
  const isLatest = scope.query.latest.some(({ id }) => id === lookup.id);
  const found = keys.length === 0 && !isLatest ? method(table, "all") : method(table, "find", arrayCode(keys));
  const isReadLater = step.marks || lookup.columns.some(({ id }) => (uses.get(id)?.last ?? -1) > at);
  // A row that only has to be there is not read.
  const side = env.localName(isReadLater || step.residual !== undefined ? lookup.relation : `_${lookup.relation}`);
  const names = propertyNames(lookup.columns);
  const bindSide = (): void => {
    for (const column of lookup.columns) env.bind(column.id, { code: member(side, names.get(column.id) ?? column.name), nullable: column.nullable });
  };
  const fits = (): Code | undefined => {
    if (step.residual === undefined) return undefined;
    bindSide();
    const holds = emitTrue(step.residual, env);
    return new Code(`(${refersTo(holds, side.text) ? side.text : ""}) => ${holds.within(Precedence.arrow)}`, Precedence.arrow, holds.uses);
  };
  return { table, keys, found, side, isReadLater, bindSide, fits };
}

function bindConstant(column: { readonly id: ColumnId; readonly name: string }, value: Code, env: RowEnvironment, body: Block): void {
  const variable = env.localName(column.name);
  body.line(code`const ${variable} = ${value};`);
  env.bind(column.id, { code: variable, nullable: true });
}

function parenthesisedIfNeeded(value: Code): Code {
  return value.precedence >= Precedence.postfix ? value : parenthesised(value);
}

/** The other side's columns for a row without a partner. Where one is only passed on it is `null` in place. */
export function emitAbsent(step: Extract<RowStep, { kind: "absent" }>, onlyPassedOn: boolean, env: RowEnvironment, uses: Uses, body: Block): void {
  for (const column of step.columns) {
    const use = uses.get(column.id);
    if (use === undefined) continue;
    if (use.bare && onlyPassedOn) env.bind(column.id, { code: nullCode, nullable: true });
    // Not `: T | null`, by which the compiler would know it for null and refuse what is done with a T.
    else bindConstant(column, new Code(`null as ${tsType(column.type, true)}`, Precedence.arrow, []), env, body);
  }
}

/** Puts the row at hand into a lookup table. Where null equals nothing a row with a null key is left out, or kept apart. */
export function emitLookupAdd(consumer: Extract<Consumer, { kind: "lookup" }>, scope: QueryScope, env: RowEnvironment, row: Code, body: Block): void {
  const { nullSafe, relation } = lookupOf(scope.query, consumer.lookup);
  const table = variableOf(scope, "lookup", consumer.lookup);
  const keys = consumer.keys.map((key, at) => {
    const value = emitExpr(key, env);
    const unequal = value.nullable && nullSafe[at] !== true;
    if (!unequal || isSimple(value.code)) return { code: value.code, unequal };
    const held = env.localName("key");
    body.line(code`const ${held} = ${value.code};`);
    return { code: held, unequal };
  });
  const tests = keys.filter(({ unequal }) => unequal).map((key) => binary("===", key.code, nullCode));
  const values = arrayCode(keys.map((key) => key.code));
  const [first, ...rest] = tests;
  if (first === undefined) return body.line(code`${method(table, "add", values, row)};`);
  if (!consumer.keepsAll) {
    for (const test of tests) body.line(code`if (${test}) continue;`);
    return body.line(code`${method(table, "add", values, row)};`);
  }
  const held = env.localName(relation);
  body.line(code`const ${held} = ${row};`);
  body.line(code`if (${rest.reduce((a, b) => binary("||", a, b), first)}) ${method(table, "addApart", held)};`);
  body.line(code`else ${method(table, "add", values, held)};`);
}
