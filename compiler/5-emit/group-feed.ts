import { binary, code, member, method } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { booleanCode, nullCode, numberCode } from "../code/literal.ts";
import { isSimple } from "../code/simple.ts";
import { canFail } from "../catalog/expressions/can-fail.ts";
import { emitExpr } from "../catalog/expressions/emit-expr.ts";
import { emitTrue } from "../catalog/expressions/emit-predicate.ts";
import type { ColumnId, Expr } from "../ir/expr/expr.ts";
import { columnsOf } from "../ir/expr/walk.ts";
import type { AggregateColumn } from "../ir/logical/plan.ts";
import type { GroupTable } from "../ir/physical/physical.ts";
import { addCode, addsNothing, changeCode, conditionOf, laneOf, rowArguments } from "./aggregate-code.ts";
import type { Block } from "./block.ts";
import { distinctSetOf } from "./distinct-sets.ts";
import { emitDistinctSet } from "./emit-distinct-set.ts";
import { durationCode } from "./duration-code.ts";
import { emitLate } from "./emit-set-aside.ts";
import type { HeldValues } from "./held-values.ts";
import { textKey, textLaneOf } from "./lane-keys.ts";
import { variableOf, type QueryScope } from "./query-scope.ts";
import type { RowEnvironment } from "./row-environment.ts";

/** Whether a table takes or leaves a row whatever these columns are: neither its window nor what is late is told by them. */
export function admitsWithout({ groups, late }: GroupTable, columns: ReadonlySet<ColumnId>): boolean {
  const windows = groups.flatMap((item) => (item.kind === "window" ? [item.window] : []));
  const read = [...windows.flatMap((window) => (window.kind === "session" ? [window.time, window.gap] : [window.time])), ...(late === undefined ? [] : [late.time, ...(late.route?.columns ?? []).map(({ expr }) => expr)])];
  return read.every((expr) => [...columnsOf(expr)].every((id) => !columns.has(id)));
}

/** Puts the row at hand into a group table. */
export class GroupFeed {
  readonly #scope: QueryScope;
  readonly #env: RowEnvironment;
  readonly #held: HeldValues;
  /** Whether the row enters or leaves; 1 where no row is taken back. */
  readonly #weight: Code;
  readonly #body: Block;

  constructor(scope: QueryScope, env: RowEnvironment, held: HeldValues, weight: Code, body: Block) {
    this.#scope = scope;
    this.#env = env;
    this.#held = held;
    this.#weight = weight;
    this.#body = body;
  }

  /** Leaves out a row at hand that is in no window, or late. What it gives is the window's time, and the gap of a session. */
  admit(table: GroupTable): readonly Code[] {
    const { id, late, above } = table;
    const span = this.#windowOf(table);
    if (late !== undefined) emitLate({ operator: variableOf(this.#scope, "table", id), id, late, span, above, weight: this.#weight }, this.#scope, this.#held, this.#env, this.#body);
    return span;
  }

  /** The row at hand into the table: its group, what it adds to each aggregate. `span`: what `admit` gave. */
  emit(table: GroupTable, span: readonly Code[]): void {
    const { id } = table;
    const variable = variableOf(this.#scope, "table", id);
    const args = table.counted ? [this.#weight, ...span] : [...span];
    const keys = table.groups.flatMap((item) => (item.kind === "key" ? [{ type: item.key.expr.type, value: emitExpr(item.key.expr, this.#env) }] : []));
    // A key that is a text of the record as it stands is looked up by its bytes.
    const [only] = keys;
    const lane = only !== undefined && keys.length === 1 ? textLaneOf(only) : undefined;
    const isSession = table.groups.some((item) => item.kind === "window" && item.window.kind === "session");
    const byText = lane !== undefined && !isSession && !table.counted;
    const lookUp = table.counted ? "slotOfChange" : !byText ? "slot" : span.length === 0 ? "slotOfText" : "slotOfTextAt";
    if (byText) args.push(lane, new Code("row", Precedence.primary, []));
    else args.push(...keys.map((key) => (isSession || keys.length < 2 ? key.value.code : textKey(key))));
    const added = table.aggregates.filter((column) => laneOf(table, column) === column && !addsNothing(column.call));
    if (added.length === 0) {
      this.#body.line(code`${method(variable, lookUp, ...args)};`);
      return;
    }
    const slot = this.#env.localName("slot");
    this.#body.line(code`const ${slot} = ${method(variable, lookUp, ...args)};`);
    this.#holdConditions(table);
    this.#holdShared(added);
    for (const column of added) {
      const lane = member(member(variable, "lanes"), column.name);
      const shared = distinctSetOf(table, column);
      if (shared === undefined) this.#emitAdd(lane, slot, column, table.counted);
      else emitDistinctSet(shared.set, lane, slot, this.#held, this.#env, this.#body);
    }
  }

  /** The time of a row's window, and the gap of its session. A row without a time, or whose session has no length, is in none. */
  #windowOf(table: GroupTable): readonly Code[] {
    const window = table.groups.flatMap((item) => (item.kind === "window" ? [item.window] : []))[0];
    if (window === undefined) return [];
    const time = emitExpr(window.time, this.#env);
    const isRead = time.nullable || table.late !== undefined;
    const at = isRead ? this.#held.hold("time", time.code) : time.code;
    const tests = time.nullable ? [binary("===", at, nullCode)] : [];
    if (window.kind !== "session") {
      this.#skipIf(tests);
      return [at];
    }
    const { gap } = window;
    if (gap.kind === "Literal" && typeof gap.value === "number") {
      this.#skipIf(gap.value > 0 ? tests : [booleanCode(true)]);
      return [at, this.#env.constant("gap", durationCode(gap.value))];
    }
    const length = emitExpr(gap, this.#env);
    // Asked for in the order of the tests: the gap of a row without a time may fail.
    if (canFail(gap)) this.#skipIf(tests.splice(0));
    const held = this.#held.hold("gap", length.code);
    this.#skipIf([...tests, ...(length.nullable ? [binary("===", held, nullCode)] : []), binary("<=", held, numberCode(0))]);
    return [at, held];
  }

  #skipIf(tests: readonly Code[]): void {
    const [first, ...rest] = tests;
    if (first !== undefined) this.#body.line(code`if (${rest.reduce((a, b) => binary("||", a, b), first)}) continue;`);
  }

  /** Evaluates once the conditions of several aggregates. */
  #holdConditions({ aggregates }: GroupTable): void {
    const conditions = aggregates.flatMap(({ name, call }) => [call.where, conditionOf(call)].flatMap((expr) => (expr === undefined || expr.volatility === "volatile" ? [] : [{ name, value: emitTrue(expr, this.#env) }])));
    const isShared = (value: Code): boolean => conditions.filter((other) => other.value.text === value.text).length > 1;
    for (const { name, value } of conditions) if (isShared(value)) this.#held.hold(`for ${name}`, value);
  }

  /** Evaluates once what several aggregates add, at least one of them for every row. */
  #holdShared(added: readonly AggregateColumn[]): void {
    const counts = new Map<string, number>();
    const emitted = added.flatMap(({ name, call }) => rowArguments(call).map(({ expr }) => ({ name, call, expr, value: emitExpr(expr, this.#env) })));
    for (const { value } of emitted) counts.set(value.code.text, (counts.get(value.code.text) ?? 0) + 1);
    for (const { name, call, expr, value } of emitted) {
      const isForAll = call.where === undefined && conditionOf(call) === undefined;
      if (isForAll && expr.volatility !== "volatile" && (counts.get(value.code.text) ?? 0) > 1) this.#held.hold(valueName(name, expr), value.code);
    }
  }

  /** An argument is evaluated for the rows that `where` lets through, and for all of them where it may fail. */
  #emitAdd(lane: Code, slot: Code, { name, call }: AggregateColumn, isCounted: boolean): void {
    const emitted = rowArguments(call).map(({ expr, takesNull }) => {
      const value = emitExpr(expr, this.#env);
      return { ...value, code: this.#held.known(value.code), expr, tested: value.nullable && !takesNull, fails: canFail(expr) };
    });
    const conditions = [call.where, conditionOf(call)].flatMap((condition) => (condition === undefined ? [] : [this.#held.known(emitTrue(condition, this.#env))]));
    const where = conditions.length === 0 ? undefined : conditions.reduce((a, b) => binary("&&", a, b));
    const isHeld = (value: (typeof emitted)[number]): boolean => value.tested && !isSimple(value.code);
    const isBlock = where !== undefined && emitted.some((value) => isHeld(value) || (value.fails && !value.nullable));
    if (isBlock) this.#body.open(code`if (${where}) {`);
    const values = emitted.map((value) => (isHeld(value) ? { ...value, code: this.#constant(valueName(name, value.expr), value.code) } : value));
    const tests = [...(where === undefined || isBlock ? [] : [where]), ...values.filter((value) => value.tested).map((value) => binary("!==", value.code, nullCode))];
    const added = values.map((value) => value.code);
    const add = isCounted ? changeCode(call, lane, slot, this.#weight, added) : addCode(call, lane, slot, added);
    for (const value of values) if (value.fails && !value.nullable && !add.text.includes(value.code.text)) this.#body.line(new Code(`void ${value.code.within(Precedence.unary)};`, 0, value.code.uses));
    const [first, ...rest] = tests;
    this.#body.line(first === undefined ? code`${add};` : code`if (${rest.reduce((a, b) => binary("&&", a, b), first)}) ${add};`);
    if (isBlock) this.#body.close(code`}`);
  }

  #constant(hint: string, value: Code): Code {
    const name = this.#env.localName(hint);
    this.#body.line(code`const ${name} = ${value};`);
    return name;
  }
}

/** What a value that an aggregate adds is called: a cast of a column after the column. */
function valueName(aggregate: string, expr: Expr): string {
  return expr.kind === "Cast" && expr.input.kind === "ColumnRef" ? `${expr.input.name} as ${expr.type.kind}` : `${aggregate} value`;
}
