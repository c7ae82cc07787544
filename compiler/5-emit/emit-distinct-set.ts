import { canFail } from "../catalog/expressions/can-fail.ts";
import { emitExpr } from "../catalog/expressions/emit-expr.ts";
import { emitTrue } from "../catalog/expressions/emit-predicate.ts";
import { binary, code, conditional, method } from "../code/build.ts";
import type { Code } from "../code/code.ts";
import { nullCode, numberCode } from "../code/literal.ts";
import { isSimple } from "../code/simple.ts";
import type { Block } from "./block.ts";
import type { DistinctSet } from "./distinct-sets.ts";
import type { HeldValues } from "./held-values.ts";
import type { RowEnvironment } from "./row-environment.ts";

/**
 * Adds a row's value to a set with the bits of the counts that it is part of: `lanes.bidders.add(slot, 1 | (isCheap ? 2 : 0), bidder);`. Bits that several sets take, and such
 * that say whether the value is read at all, are held: a value is evaluated for the rows of its counts only.
 */
export function emitDistinctSet({ owner, conditions }: DistinctSet, lane: Code, slot: Code, held: HeldValues, env: RowEnvironment, body: Block): void {
  const [expr] = owner.call.args;
  if (expr === undefined) return;
  const terms = conditions.map((condition, at) => {
    const bit = numberCode(2 ** at);
    return condition === undefined ? bit : conditional(held.known(emitTrue(condition, env)), bit, numberCode(0));
  });
  const isForAll = conditions.includes(undefined);
  const isVolatile = conditions.some((condition) => condition?.volatility === "volatile");
  const computed = terms.reduce((a, b) => binary("|", a, b));
  const hint = `${owner.name} bits`;
  const makeConstant = (name: string, value: Code): Code => {
    const constant = env.localName(name);
    body.line(code`const ${constant} = ${value};`);
    return constant;
  };
  const bits = isVolatile ? makeConstant(hint, computed) : held.hold(hint, computed);
  const value = emitExpr(expr, env);
  const known = held.known(value.code);
  const needsBlock = !isForAll && canFail(expr);
  if (needsBlock) body.open(code`if (${binary("!==", bits, numberCode(0))}) {`);
  const read = value.nullable && !isSimple(known) ? makeConstant(`${owner.name} value`, known) : known;
  const add = code`${method(lane, "add", slot, bits, read)};`;
  body.line(value.nullable ? code`if (${binary("!==", read, nullCode)}) ${add}` : add);
  if (needsBlock) body.close(code`}`);
}
