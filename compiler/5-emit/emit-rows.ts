import { arrayCode, binary, callCode, code, conditional, member, method } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { booleanCode, numberCode, stringCode } from "../code/literal.ts";
import { withoutTexts } from "../code/refers-to.ts";
import { layOut } from "../code/lay-out.ts";
import { isSimple } from "../code/simple.ts";
import { canFail } from "../catalog/expressions/can-fail.ts";
import { emitExpr, givenValue } from "../catalog/expressions/emit-expr.ts";
import { emitNotTrue, emitTrue } from "../catalog/expressions/emit-predicate.ts";
import type { EmittedValue, GivenRecord } from "../catalog/expressions/environment.ts";
import type { ColumnId, Expr } from "../ir/expr/expr.ts";
import type { Column } from "../ir/logical/column.ts";
import type { DataType } from "../ir/types/data-type.ts";
import { isCondition } from "../ir/physical/is-condition.ts";
import type { GroupTable, Pipeline, RowStep } from "../ir/physical/physical.ts";
import { Block } from "./block.ts";
import { emitCallRow } from "./emit-call.ts";
import { openExpand, openExplode } from "./emit-repeated-rows.ts";
import { emitJoinSide } from "./emit-stream-join.ts";
import { emitLatestChange, emitTopRow } from "./emit-top.ts";
import { emitFirstState, emitStateRow } from "./emit-user-state.ts";
import { outputTakesBack } from "../ir/physical/takes-back.ts";
import { emitAbsent, emitLookupAdd, lookupTest, openLookup } from "./emit-lookup.ts";
import { columnUses, type ColumnUse } from "../ir/physical/column-uses.ts";
import { emitFuture, emitLate, tellsFuture } from "./emit-set-aside.ts";
import { keptTexts, ownComputedText } from "./own-texts.ts";
import { HeldValues } from "./held-values.ts";
import { propertyNames } from "./value-type.ts";
import { keySetOf, latestOf, stateOf, streamJoinOf, tableOf, topOf, variableOf, type QueryScope } from "./query-scope.ts";
import { RowEnvironment } from "./row-environment.ts";
import { takesLanes } from "./packed-rows.ts";
import { standIn } from "./stand-in.ts";
import { admitsWithout, GroupFeed } from "./group-feed.ts";

/** How the producer gives a column of the row at hand. */
export type ColumnAccess = (column: Column) => Code;

/** How the presence of a row of a changing result becomes its kind. */
export interface RowMark {
  /** The kind, of a row that no condition leaves out; undefined where one may be left out all the same. */
  readonly always: Code | undefined;
  /** Whether the row is there before any condition is asked; undefined where it always is. */
  readonly there: Code | undefined;
  /** The kind, or undefined where the row was not there and is not. */
  ofPresence(present: Code): Code;
}

/** Where a row goes that a filter takes out: plain rows are skipped, rows of an updating result are marked as gone. */
export interface RowLoop {
  readonly pipeline: Pipeline;
  readonly columns: readonly Column[];
  readonly access: ColumnAccess;
  /** Of rows that a reader gives: the lane that `access` reads a column of. */
  readonly laneOf?: (column: Column) => Code;
  /** For a result that changes, whose groups are marked. */
  readonly mark: RowMark | undefined;
  /** Of changes that come as rows of an output: what each is. */
  readonly rowKind?: Code;
  /** Of changes: whether the row at hand enters or leaves. Absent where no row is taken back. */
  readonly weight?: Code;
  /** The columns of `row`, where the producer's rows are objects. */
  readonly rowColumns?: readonly Column[];
  /** What takes rows as they stand in the reader's lanes, where the consumer does. */
  readonly ofLanes?: Code;
  /** Variables of the loop around the rows. */
  readonly variables: readonly string[];
}

/** Emits the body of a loop over rows: the steps in order, then the consumer. Columns are read just before their first use. */
export function emitRows(loop: RowLoop, scope: QueryScope): Block {
  return new RowEmitter(loop, scope).emit();
}

/** Where a pipeline's rows leave the query: its only output, or that of its sink. */
export function outputOf({ sink }: Pipeline): Code {
  return sink === undefined ? new Code("context.output", Precedence.postfix, []) : member(new Code("context.outputs", Precedence.postfix, []), sink);
}

/**
 * Whether a column is read of the producer. The second use of a stream reads its operator under the ids of the first and projects them to its own; where it looks up
 * the rows of that first use, these ids stand for what was found from there on.
 */
function isReadOf({ steps, consumer }: Pipeline, use: ColumnUse | undefined, id: ColumnId): boolean {
  if (use === undefined) return false;
  const lookups = [...steps, ...(consumer.kind === "marks" ? [consumer.step] : [])];
  const found = lookups.findIndex((step) => step.kind === "lookup" && step.columns.some((column) => column.id === id));
  return found < 0 || use.first < found;
}

function allOf(conditions: readonly Code[]): Code {
  return conditions.reduce((a, b) => binary("&&", a, b));
}

class RowEmitter {
  readonly #loop: RowLoop;
  readonly #scope: QueryScope;
  readonly #env: RowEnvironment;
  readonly #uses: ReadonlyMap<ColumnId, ColumnUse>;
  readonly #body = new Block();
  readonly #pending: Column[];
  readonly #held: HeldValues;
  /** Texts that the consumer keeps. */
  readonly #keptTexts: ReadonlySet<ColumnId>;
  /** The conditions so far that leave rows out of a changing result. */
  readonly #presence: Code[] = [];
  #openLoops = 0;
  /** What the groups' `admit` gave, where it was asked before the consumer. */
  #admitted: readonly Code[] | undefined;
  #kind: Code | undefined;

  constructor(loop: RowLoop, scope: QueryScope) {
    this.#loop = loop;
    this.#scope = scope;
    this.#env = new RowEnvironment(scope.module, scope.names, scope.params, loop.variables);
    const { consumer } = loop.pipeline;
    this.#held = new HeldValues(this.#env, this.#body);
    this.#keptTexts = keptTexts(loop.pipeline, scope.query);
    const table = consumer.kind === "groups" ? tableOf(scope.query, consumer.table) : undefined;
    const joinSide = consumer.kind === "join side" ? streamJoinOf(scope.query, consumer.join)[consumer.side] : undefined;
    this.#uses = columnUses(loop.pipeline, { table, joinSide, keySet: (id) => keySetOf(scope.query, id), top: (id) => topOf(scope.query, id), latest: (id) => latestOf(scope.query, id), state: (id) => stateOf(scope.query, id), takesLanes: takesLanes(loop.pipeline, scope.query) }, loop.columns);
    this.#pending = loop.columns.filter(({ id }) => isReadOf(loop.pipeline, this.#uses.get(id), id));
    // Asked for their being there, and not read.
    for (const column of loop.columns) if (!this.#uses.has(column.id) && !column.nullable) this.#env.bind(column.id, { code: loop.access(column), nullable: false });
  }

  emit(): Block {
    const { steps } = this.#loop.pipeline;
    const lastCondition = this.#loop.mark === undefined ? -1 : steps.findLastIndex(isCondition);
    if (this.#loop.mark !== undefined && lastCondition < 0) this.#emitMark(undefined);
    steps.forEach((step, at) => {
      this.#readColumns(at);
      if (this.#loop.mark !== undefined && isCondition(step)) {
        this.#presence.push(this.#holds(step, at));
        if (at === lastCondition) this.#emitMark(allOf(this.#presence));
      } else {
        this.#emitStep(step, at);
      }
    });
    this.#readColumns(steps.length);
    this.#emitConsumer();
    for (; this.#openLoops > 0; this.#openLoops--) this.#body.close(code`}`);
    return this.#body;
  }

  /** That of the row at hand; 1 where no row is taken back. */
  get #weight(): Code {
    return this.#loop.weight ?? numberCode(1);
  }

  #holds(step: RowStep, at: number): Code {
    if (step.kind === "filter") return emitTrue(step.predicate, this.#env);
    return step.kind === "lookup" ? lookupTest(step, at, this.#scope, this.#env, this.#uses).passes : booleanCode(true);
  }

  #read(column: Column): EmittedValue {
    const { nullable } = column;
    const lane = this.#loop.laneOf?.(column);
    if (lane === undefined) return { code: this.#loop.access(column), nullable };
    return this.#keptTexts.has(column.id) ? { code: callCode(member(lane, "ownText"), new Code("row", Precedence.primary, [])), nullable } : { code: this.#loop.access(column), nullable, lane };
  }

  /** Binds the columns that step `at` is the first to read. */
  #readColumns(at: number): void {
    for (const column of [...this.#pending]) {
      const use = this.#uses.get(column.id);
      if (use === undefined || use.first > at) continue;
      this.#pending.splice(this.#pending.indexOf(column), 1);
      this.#bind(column.id, column.name, this.#read(column), use.count <= 1 && (use.bare || !column.nullable));
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

  /** Keeps the object that a function gave in a constant, so that it is called once. */
  #hold(id: ColumnId, name: string, given: GivenRecord, type: DataType): void {
    const variable = this.#env.localName(name);
    this.#body.line(code`const ${variable} = ${given.code};`);
    this.#env.bind(id, givenValue({ ...given, code: variable }, type));
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
          const computed = this.#computed(expr);
          const value = this.#keptTexts.has(id) ? { ...computed, code: ownComputedText(expr, computed.code) } : computed;
          const inline = use.count + use.aside === 1 && !skipsBetween && (use.bare || !value.nullable) && use.last > at;
          if (!inline && expr.kind === "UserCall" && value.given !== undefined) this.#hold(id, name, value.given, expr.type);
          else this.#bind(id, name, value, inline);
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
        if (kept?.late !== undefined) emitLate({ operator: seen, id, late: kept.late, span: [], above: kept.above, weight: this.#weight }, this.#scope, this.#held, this.#env, this.#body);
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
        if (step.kind === "expand" && at === this.#loop.pipeline.steps.length - 1) this.#admitOnce(step);
        if (step.kind === "expand") openExpand(step, this.#env, this.#uses, this.#body);
        if (step.kind === "expand" || openExplode(step, this.#env, this.#uses, this.#body)) this.#openLoops++;
        break;
    }
  }

  /** An expression's value; where it may fail a row that leaves the result is not asked for it, for it is told by its key. */
  #computed(expr: Expr): EmittedValue {
    const value = emitExpr(expr, this.#env);
    const { mark, pipeline } = this.#loop;
    if (mark === undefined || !canFail(expr)) return value;
    const { nullable } = value;
    const gone = standIn(expr.type, nullable);
    if (this.#kind === undefined) {
      const stays = [...(mark.there === undefined ? [] : [mark.there]), ...this.#presence];
      return stays.length === 0 ? value : { nullable, code: conditional(allOf(stays), value.code, gone) };
    }
    const mayLeave = mark.there !== undefined || pipeline.steps.some(isCondition);
    return mayLeave ? { nullable, code: conditional(binary("===", this.#kind, stringCode("-D")), gone, value.code) } : value;
  }

  /** Reads once what a loop would read again for each of its rows. */
  #readPending(): void {
    for (const column of this.#pending.splice(0)) this.#bind(column.id, column.name, this.#read(column), false);
  }

  /** `where url is not null` makes url a string from here on. */
  #narrow(predicate: Expr): void {
    if (predicate.kind !== "Call") return;
    if (predicate.name === "and") for (const part of predicate.args) this.#narrow(part);
    const [first] = predicate.args;
    if (predicate.name === "is not null" && first?.kind === "ColumnRef" && isSimple(this.#env.column(first).code)) this.#env.narrow(first.id);
  }

  #emitMark(present: Code | undefined): void {
    const { mark } = this.#loop;
    if (mark === undefined) return;
    if (present === undefined && mark.always !== undefined) {
      this.#kind = mark.always;
      return;
    }
    const kind = this.#env.localName("kind");
    this.#body.line(code`const ${kind} = ${mark.ofPresence(present ?? booleanCode(true))};`);
    this.#body.line(code`if (${kind} === undefined) continue;`);
    this.#kind = kind;
  }

  #emitConsumer(): void {
    const { consumer } = this.#loop.pipeline;
    switch (consumer.kind) {
      case "groups":
        return this.#feedGroups(tableOf(this.#scope.query, consumer.table));
      case "lookup":
        return emitLookupAdd(consumer, this.#scope, this.#env, this.#rowObject(consumer.columns), this.#body);
      case "join side":
        return emitJoinSide(consumer, this.#scope, this.#held, this.#env, (columns, width) => this.#rowObject(columns, width), this.#weight, this.#body, this.#loop.ofLanes);
      case "top":
        return emitTopRow(topOf(this.#scope.query, consumer.top), this.#loop.weight, this.#scope, this.#held, this.#env, (columns, width, names) => this.#rowObject(columns, width, names), this.#body, this.#loop.ofLanes);
      case "state":
        return emitStateRow(stateOf(this.#scope.query, consumer.state), this.#scope, this.#held, this.#env, this.#body);
      case "first states":
        return emitFirstState(stateOf(this.#scope.query, consumer.state), this.#scope, this.#env, this.#body);
      case "latest":
        return emitLatestChange(latestOf(this.#scope.query, consumer.latest), this.#weight, this.#scope, this.#env, (columns, width) => this.#rowObject(columns, width), this.#body);
      case "call":
        return emitCallRow(consumer.call, consumer.argument, this.#scope, this.#env, this.#body);
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
        const row = this.#rowObject(consumer.columns);
        const output = outputOf(this.#loop.pipeline);
        if (this.#loop.rowKind !== undefined) return this.#body.line(code`${method(output, "write", this.#loop.rowKind, row)};`);
        if (outputTakesBack(this.#loop.pipeline, this.#scope.query)) return this.#body.line(code`${method(output, "change", this.#weight, row)};`);
        this.#body.line(this.#kind === undefined ? code`${method(output, "insert", row)};` : code`${method(output, "write", this.#kind, row)};`);
        return;
      }
    }
  }

  #feedGroups(table: GroupTable): void {
    const feed = this.#groupFeed();
    feed.emit(table, this.#admitted ?? feed.admit(table));
  }

  /** A row that is late for the groups of all its copies is late once. */
  #admitOnce(step: Extract<RowStep, { kind: "expand" }>): void {
    const { consumer } = this.#loop.pipeline;
    const table = consumer.kind === "groups" ? tableOf(this.#scope.query, consumer.table) : undefined;
    if (table?.late !== undefined && admitsWithout(table, new Set(step.columns.map(({ id }) => id)))) this.#admitted = this.#groupFeed().admit(table);
  }

  #groupFeed(): GroupFeed {
    return new GroupFeed(this.#scope, this.#env, this.#held, this.#weight, this.#body);
  }

  #rowObject(columns: readonly Column[], width?: number, names: ReadonlyMap<ColumnId, string> = propertyNames(columns)): Code {
    if (this.#isRowItself(columns, names)) return new Code("row", Precedence.primary, []);
    return layOut(columns.map((column) => [names.get(column.id) ?? column.name, this.#env.column(column).code]), width);
  }

  /** Whether from a step on the row is only handed on as it is. */
  #onlyPassesOn(at: number): boolean {
    const { steps, consumer } = this.#loop.pipeline;
    return steps.slice(at).every((step) => step.kind === "project") && (consumer.kind === "rows" || consumer.kind === "output");
  }

  /** Whether the producer's row has just these columns, as they are. */
  #isRowItself(columns: readonly Column[], names: ReadonlyMap<ColumnId, string>): boolean {
    const { rowColumns } = this.#loop;
    if (rowColumns?.length !== columns.length) return false;
    const own = propertyNames(rowColumns);
    const row = new Code("row", Precedence.primary, []);
    return columns.every((column, at) => {
      const source = rowColumns[at];
      const name = names.get(column.id) ?? column.name;
      return source !== undefined && own.get(source.id) === name && (column.nullable || !source.nullable) && this.#env.column(column).code.text === member(row, name).text;
    });
  }
}

