import { arrayCode, binary, code, conditional, member, method, objectCode } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { booleanCode, nullCode, numberCode, stringCode } from "../code/literal.ts";
import { withoutTexts } from "../code/refers-to.ts";
import { isSimple } from "../code/simple.ts";
import { canFail } from "../catalog/expressions/can-fail.ts";
import { emitExpr } from "../catalog/expressions/emit-expr.ts";
import { emitNotTrue, emitTrue } from "../catalog/expressions/emit-predicate.ts";
import type { EmittedValue } from "../catalog/expressions/environment.ts";
import type { ColumnId, Expr } from "../ir/expr/expr.ts";
import type { Column } from "../ir/logical/column.ts";
import { isCondition } from "../ir/physical/is-condition.ts";
import type { AggregateColumn } from "../ir/logical/plan.ts";
import type { GroupTable, Pipeline, RowStep } from "../ir/physical/physical.ts";
import { addCode, addsNothing, conditionOf, laneOf, rowArguments } from "./aggregate-code.ts";
import { Block } from "./block.ts";
import { openExpand, openExplode } from "./emit-repeated-rows.ts";
import { emitJoinSide } from "./emit-stream-join.ts";
import { emitAbsent, emitLookupAdd, lookupTest, openLookup } from "./emit-lookup.ts";
import { columnUses, type ColumnUse } from "../ir/physical/column-uses.ts";
import { durationCode } from "./duration-code.ts";
import { emitFuture, emitLate, tellsFuture } from "./emit-set-aside.ts";
import { HeldValues } from "./held-values.ts";
import { propertyNames } from "./value-type.ts";
import { keySetOf, streamJoinOf, tableOf, variableOf, type QueryScope } from "./query-scope.ts";
import { RowEnvironment } from "./row-environment.ts";
import { standIn } from "./stand-in.ts";

/** How the producer gives a column of the row at hand. */
export type ColumnAccess = (column: Column) => Code;

/** Where a row goes that a filter takes out: plain rows are skipped, rows of an updating result are marked as gone. */
export interface RowLoop {
  readonly pipeline: Pipeline;
  readonly columns: readonly Column[];
  readonly access: ColumnAccess;
  /** For a result that changes: how a row's presence becomes its kind. */
  readonly mark: ((present: Code) => Code) | undefined;
  /** Variables of the loop around the rows. */
  readonly variables: readonly string[];
}

/** Emits the body of a loop over rows: the steps in order, then the consumer. Columns are read just before their first use. */
export function emitRows(loop: RowLoop, scope: QueryScope): Block {
  return new RowEmitter(loop, scope).emit();
}

/** Where a pipeline's rows leave the query: its only output, or that of its sink. */
function outputOf({ sink }: Pipeline): Code {
  return sink === undefined ? new Code("context.output", Precedence.postfix, []) : member(new Code("context.outputs", Precedence.postfix, []), sink);
}

class RowEmitter {
  readonly #loop: RowLoop;
  readonly #scope: QueryScope;
  readonly #env: RowEnvironment;
  readonly #uses: ReadonlyMap<ColumnId, ColumnUse>;
  readonly #body = new Block();
  readonly #pending: Column[];
  readonly #held: HeldValues;
  #openLoops = 0;
  #kind: Code | undefined;

  constructor(loop: RowLoop, scope: QueryScope) {
    this.#loop = loop;
    this.#scope = scope;
    this.#env = new RowEnvironment(scope.module, scope.names, scope.params, loop.variables);
    const { consumer } = loop.pipeline;
    this.#held = new HeldValues(this.#env, this.#body);
    const table = consumer.kind === "groups" ? tableOf(scope.query, consumer.table) : undefined;
    const joinSide = consumer.kind === "join side" ? streamJoinOf(scope.query, consumer.join)[consumer.side] : undefined;
    this.#uses = columnUses(loop.pipeline, { table, joinSide, keySet: (id) => keySetOf(scope.query, id) }, loop.columns);
    this.#pending = loop.columns.filter(({ id }) => this.#uses.has(id));
    // Asked for their being there, and not read.
    for (const column of loop.columns) if (!this.#uses.has(column.id) && !column.nullable) this.#env.bind(column.id, { code: loop.access(column), nullable: false });
  }

  emit(): Block {
    const { steps } = this.#loop.pipeline;
    const lastCondition = this.#loop.mark === undefined ? -1 : steps.findLastIndex(isCondition);
    const presence: Code[] = [];
    steps.forEach((step, at) => {
      this.#readColumns(at);
      if (this.#loop.mark !== undefined && isCondition(step)) {
        presence.push(this.#holds(step, at));
        if (at === lastCondition) this.#emitMark(presence.reduce((a, b) => binary("&&", a, b)));
      } else {
        this.#emitStep(step, at);
      }
    });
    this.#readColumns(steps.length);
    if (this.#loop.mark !== undefined && this.#kind === undefined) this.#emitMark(undefined);
    this.#emitConsumer();
    for (; this.#openLoops > 0; this.#openLoops--) this.#body.close(code`}`);
    return this.#body;
  }

  #holds(step: RowStep, at: number): Code {
    if (step.kind === "filter") return emitTrue(step.predicate, this.#env);
    return step.kind === "lookup" ? lookupTest(step, at, this.#scope, this.#env, this.#uses).passes : booleanCode(true);
  }

  /** Binds the columns that step `at` is the first to read. */
  #readColumns(at: number): void {
    for (const column of [...this.#pending]) {
      const use = this.#uses.get(column.id);
      if (use === undefined || use.first > at) continue;
      this.#pending.splice(this.#pending.indexOf(column), 1);
      const value = { code: this.#loop.access(column), nullable: column.nullable };
      this.#bind(column.id, column.name, value, use.count <= 1 && (use.bare || !column.nullable));
    }
  }

  /** Gives a column its value: in place if it is read once (or is as cheap as a name), else through a constant. */
  #bind(id: ColumnId, name: string, value: EmittedValue, inline: boolean): void {
    if (inline || (isSimple(value.code) && !withoutTexts(value.code).includes("["))) {
      this.#env.bind(id, value);
      return;
    }
    const variable = this.#env.localName(name);
    this.#body.line(code`const ${variable} = ${value.code};`);
    this.#env.bind(id, { code: variable, nullable: value.nullable });
  }

  #emitStep(step: RowStep, at: number): void {
    switch (step.kind) {
      case "filter":
        this.#body.line(code`if (${emitNotTrue(step.predicate, this.#env)}) continue;`);
        this.#narrow(step.predicate);
        break;
      case "project":
        for (const { id, name, expr } of step.columns) {
          const use = this.#uses.get(id);
          if (use === undefined) continue;
          // Evaluated where it stands, unless nothing between here and its only use could skip the row.
          const skipsBetween = this.#loop.pipeline.steps.slice(at + 1, use.last).some((later) => later.kind !== "project" && (later.kind !== "watermark" || later.spec.future !== undefined));
          const value = this.#computed(expr);
          this.#bind(id, name, value, use.count + use.aside === 1 && !skipsBetween && (use.bare || !value.nullable) && use.last > at);
        }
        break;
      case "watermark": {
        const time = this.#env.column(step.column);
        const watermark = variableOf(this.#scope, "watermark", step.spec.operatorId);
        if (step.spec.future !== undefined) emitFuture(watermark, time, tellsFuture(this.#loop.pipeline, step.spec.operatorId, this.#scope.query), this.#body);
        this.#body.line(code`${method(watermark, "observe", time.code)};`);
        break;
      }
      case "lookup":
        if (openLookup(step, at, this.#scope, this.#env, this.#uses, this.#body)) this.#openLoops++;
        break;
      case "absent":
        emitAbsent(step, this.#onlyPassesOn(at + 1), this.#env, this.#uses, this.#body);
        break;
      case "first": {
        const { id, kept } = keySetOf(this.#scope.query, step.set);
        const seen = variableOf(this.#scope, "keys", id);
        if (kept?.late !== undefined) emitLate({ operator: seen, id, late: kept.late, span: [], above: kept.above }, this.#scope, this.#held, this.#env, this.#body);
        const keys = step.keys.map((key) => emitExpr(key, this.#env).code);
        const times = kept?.closing !== undefined && "time" in kept.closing ? [emitExpr(kept.closing.time, this.#env).code] : [];
        this.#body.line(code`if (!${method(seen, "isFirst", arrayCode(keys), ...times)}) continue;`);
        break;
      }
      case "limit":
        this.#body.line(code`if (!${method(variableOf(this.#scope, "limit", step.limit), "takes")}) continue;`);
        break;
      case "explode":
      case "expand":
        this.#readPending();
        if (step.kind === "explode") openExplode(step, this.#env, this.#uses, this.#body);
        else openExpand(step, this.#env, this.#uses, this.#body);
        this.#openLoops++;
        break;
    }
  }

  /** An expression's value; where it may fail a row that leaves the result is not asked for it, for it is told by its key. */
  #computed(expr: Expr): EmittedValue {
    const value = emitExpr(expr, this.#env);
    const mayLeave = this.#kind !== undefined && this.#loop.pipeline.steps.some(isCondition);
    if (this.#kind === undefined || !mayLeave || !canFail(expr)) return value;
    return { ...value, code: conditional(binary("===", this.#kind, stringCode("-D")), standIn(expr.type, value.nullable), value.code) };
  }

  /** Reads once what a loop would read again for each of its rows. */
  #readPending(): void {
    for (const column of this.#pending.splice(0)) this.#bind(column.id, column.name, { code: this.#loop.access(column), nullable: column.nullable }, false);
  }

  /** `where url is not null` makes url a string from here on. */
  #narrow(predicate: Expr): void {
    if (predicate.kind !== "Call") return;
    if (predicate.name === "and") for (const part of predicate.args) this.#narrow(part);
    const [first] = predicate.args;
    if (predicate.name === "is not null" && first?.kind === "ColumnRef" && isSimple(this.#env.column(first).code)) this.#env.narrow(first.id);
  }

  #emitMark(present: Code | undefined): void {
    if (this.#loop.mark === undefined) return;
    const kind = this.#env.localName("kind");
    this.#body.line(code`const ${kind} = ${this.#loop.mark(present ?? new Code("true", Precedence.primary, []))};`);
    this.#body.line(code`if (${kind} === undefined) continue;`);
    this.#kind = kind;
  }

  #emitConsumer(): void {
    const { consumer } = this.#loop.pipeline;
    switch (consumer.kind) {
      case "groups":
        return this.#emitGroups(consumer.table);
      case "lookup":
        return emitLookupAdd(consumer, this.#scope, this.#env, this.#rowObject(consumer.columns), this.#body);
      case "join side":
        return emitJoinSide(consumer, this.#scope, this.#held, this.#env, (columns, width) => this.#rowObject(columns, width), this.#body);
      case "marks":
        if (openLookup(consumer.step, this.#loop.pipeline.steps.length, this.#scope, this.#env, this.#uses, this.#body)) this.#openLoops++;
        return;
      case "rows": {
        const buffer = variableOf(this.#scope, "buffer", consumer.buffer);
        const push = code`${method(buffer, "push", this.#rowObject(consumer.columns))};`;
        if (consumer.order === undefined && consumer.limit !== undefined) {
          const limit = emitExpr(consumer.limit, this.#env).code;
          this.#body.line(code`if (${binary("<", member(buffer, "length"), limit)}) ${push}`);
        } else {
          this.#body.line(push);
        }
        return;
      }
      case "output": {
        const row = this.#outputRow(consumer.columns);
        const output = outputOf(this.#loop.pipeline);
        this.#body.line(this.#kind === undefined ? code`${method(output, "insert", row)};` : code`${method(output, "write", this.#kind, row)};`);
        return;
      }
    }
  }

  #emitGroups(id: string): void {
    const table = tableOf(this.#scope.query, id);
    const variable = variableOf(this.#scope, "table", id);
    const span = this.#windowOf(table);
    if (table.late !== undefined) emitLate({ operator: variable, id, late: table.late, span, above: table.above }, this.#scope, this.#held, this.#env, this.#body);
    const args = [...span];
    const keys = table.groups.flatMap((item) => (item.kind === "key" ? [emitExpr(item.key.expr, this.#env).code] : []));
    // A key that is a text of the record as it stands is looked up by its bytes.
    const lane = keys.length === 1 ? /^(columns(?:\.[\w$]+|\["(?:[^"\\]|\\.)*"\]))\.text\(row\)$/.exec(keys[0]?.text ?? "")?.[1] : undefined;
    const isSession = table.groups.some((item) => item.kind === "window" && item.window.kind === "session");
    const byText = lane !== undefined && !isSession;
    const lookUp = !byText ? "slot" : span.length === 0 ? "slotOfText" : "slotOfTextAt";
    args.push(...(!byText ? keys : [new Code(lane, Precedence.postfix, []), new Code("row", Precedence.primary, [])]));
    const added = table.aggregates.filter((column) => laneOf(table, column) === column && !addsNothing(column.call));
    if (added.length === 0) {
      this.#body.line(code`${method(variable, lookUp, ...args)};`);
      return;
    }
    const slot = this.#env.localName("slot");
    this.#body.line(code`const ${slot} = ${method(variable, lookUp, ...args)};`);
    this.#holdShared(added);
    for (const column of added) this.#emitAdd(member(member(variable, "lanes"), column.name), slot, column);
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
  #emitAdd(lane: Code, slot: Code, { name, call }: AggregateColumn): void {
    const emitted = rowArguments(call).map(({ expr, takesNull }) => {
      const value = emitExpr(expr, this.#env);
      return { ...value, code: this.#held.known(value.code), expr, tested: value.nullable && !takesNull, fails: canFail(expr) };
    });
    const conditions = [call.where, conditionOf(call)].flatMap((condition) => (condition === undefined ? [] : [emitTrue(condition, this.#env)]));
    const where = conditions.length === 0 ? undefined : conditions.reduce((a, b) => binary("&&", a, b));
    const isHeld = (value: (typeof emitted)[number]): boolean => value.tested && !isSimple(value.code);
    const isBlock = where !== undefined && emitted.some((value) => isHeld(value) || (value.fails && !value.nullable));
    if (isBlock) this.#body.open(code`if (${where}) {`);
    const values = emitted.map((value) => (isHeld(value) ? { ...value, code: this.#constant(valueName(name, value.expr), value.code) } : value));
    const tests = [...(where === undefined || isBlock ? [] : [where]), ...values.filter((value) => value.tested).map((value) => binary("!==", value.code, nullCode))];
    const add = addCode(call, lane, slot, values.map((value) => value.code));
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

  #rowObject(columns: readonly Column[], width?: number): Code {
    const names = propertyNames(columns);
    return layOut(columns.map((column) => [names.get(column.id) ?? column.name, this.#env.column(column).code]), width);
  }

  /** Whether from a step on the row is only handed on as it is. */
  #onlyPassesOn(at: number): boolean {
    const { steps, consumer } = this.#loop.pipeline;
    return steps.slice(at).every((step) => step.kind === "project") && (consumer.kind === "rows" || consumer.kind === "output");
  }

  /** The row itself where the producer's rows have just these columns already. */
  #outputRow(columns: readonly Column[]): Code {
    const { producer, steps } = this.#loop.pipeline;
    const same = producer.kind === "rows" && steps.length === 0 && producer.columns.length === columns.length && producer.columns.every((column, at) => column.id === columns[at]?.id);
    const names = propertyNames(columns);
    const whole = same && columns.every((column) => this.#env.column(column).code.text === member(new Code("row", Precedence.primary, []), names.get(column.id) ?? column.name).text);
    return whole ? new Code("row", Precedence.primary, []) : this.#rowObject(columns);
  }
}

/** What a value that an aggregate adds is called: a cast of a column after the column. */
function valueName(aggregate: string, expr: Expr): string {
  return expr.kind === "Cast" && expr.input.kind === "ColumnRef" ? `${expr.input.name} as ${expr.type.kind}` : `${aggregate} value`;
}

/** An object literal on one line, or one field a line where that would be long. */
export function layOut(fields: readonly (readonly [string, Code])[], width = 100): Code {
  const short = objectCode(fields);
  if (short.text.length <= width) return short;
  const lines = fields.map((field) => objectCode([field]).text.slice(2, -2));
  return new Code(`{\n${lines.map((line) => `  ${line},`).join("\n")}\n}`, Precedence.primary, short.uses);
}

