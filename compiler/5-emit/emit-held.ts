import { emitExpr } from "../catalog/expressions/emit-expr.ts";
import { binary, callCode, code, member, method } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { refersTo } from "../code/refers-to.ts";
import { runtime } from "../code/runtime-name.ts";
import type { Column } from "../ir/logical/column.ts";
import type { Emit, PhysicalQuery, PhysicalTogether, Pipeline, StreamJoinTable } from "../ir/physical/physical.ts";
import type { Block } from "./block.ts";
import { joinedAccess } from "./emit-stream-join.ts";
import { emitRows, outputOf, type ColumnAccess, type RowLoop, type RowMark } from "./emit-rows.ts";
import { takesBack } from "../ir/physical/takes-back.ts";
import { stateOf, streamJoinOf, tableOf, topOf, variableOf, type QueryScope } from "./query-scope.ts";
import { RowEnvironment } from "./row-environment.ts";
import { runtimeWords } from "./runtime-words.ts";
import { propertyNames } from "./value-type.ts";
import { orderName, topName } from "./declare-operators.ts";
import { emitClear, emitFilled } from "./filled-places.ts";
import { groupAccess } from "./group-access.ts";
import { hintOf } from "./operator-variables.ts";
import { titleOf } from "./pipeline-title.ts";
import { calledAccess, calledRows } from "./emit-call.ts";
import { givenAccess } from "./emit-user-state.ts";
import { selectedPairs } from "./selected-pairs.ts";

/** A loop over what a stateful operator or a buffer holds. */
export function emitHeld(into: Block, pipeline: Pipeline, scope: QueryScope): void {
  into.blank();
  into.line(titleOf(pipeline, scope));
  emitClear(into, pipeline, scope);
  emitHeldLoop(into, pipeline, scope);
  emitFilled(into, pipeline, scope);
}

function emitHeldLoop(into: Block, pipeline: Pipeline, scope: QueryScope): void {
  const { producer } = pipeline;
  const row = new Code("row", Precedence.primary, []);
  if (producer.kind === "lookup") {
    const names = propertyNames(producer.columns);
    const found = method(variableOf(scope, "lookup", producer.lookup), producer.matched ? "takeMatched" : "takeUnmatched");
    return emitRowLoop(into, { pipeline, columns: producer.columns, access: (column) => member(row, names.get(column.id) ?? column.name) }, found, scope);
  }
  if (producer.kind === "rows") {
    const buffer = variableOf(scope, "buffer", producer.buffer);
    const filled = scope.query.pipelines.find((other) => other.consumer.kind === "rows" && other.consumer.buffer === producer.buffer)?.consumer;
    const order = filled?.kind === "rows" && filled.order !== undefined ? orderName(buffer) : undefined;
    const limit = filled?.kind === "rows" && filled.limit !== undefined ? emitExpr(filled.limit, new RowEnvironment(scope.module, scope.names, scope.params)).code : undefined;
    const args = [buffer, ...(order === undefined && limit === undefined ? [] : [order ?? new Code("undefined", Precedence.primary, [])]), ...(limit === undefined ? [] : [limit])];
    const names = propertyNames(producer.columns);
    const rowColumns = filled?.kind === "rows" ? filled.columns : producer.columns;
    if (filled?.kind === "rows" && filled.top !== undefined) {
      const rank = filled.top.rank?.id;
      const access: ColumnAccess = (column) => (column.id === rank ? new Code("rank", Precedence.primary, []) : member(row, names.get(column.id) ?? column.name));
      emitItems(into, { pipeline, columns: producer.columns, access, rowColumns, parts: ["row", "rank"], items: callCode(runtime("takeTop"), buffer, topName(buffer)) }, scope);
      return;
    }
    return emitRowLoop(into, { pipeline, columns: producer.columns, access: (column) => member(row, names.get(column.id) ?? column.name), rowColumns }, callCode(runtime("takeRows"), ...args), scope);
  }
  if (producer.kind === "called") {
    return emitRowLoop(into, { pipeline, columns: producer.columns, access: calledAccess(producer.call, scope) }, calledRows(producer.call, scope), scope);
  }
  if (producer.kind === "state") return emitState(into, pipeline, producer, scope);
  const gives = producer.kind === "ranked" && producer.emit !== "onChange" ? (producer.emit === "onClose" ? "closed" : "snapshot") : pipeline.consumer.kind === "output" ? "shown" : "changes";
  if (producer.kind === "joined") {
    const join = streamJoinOf(scope.query, producer.join);
    if (selectedPairs(pipeline, scope.query) !== undefined) return emitSelected(into, pipeline, join, scope);
    emitItems(into, { pipeline, columns: producer.columns, access: joinedAccess(join), parts: ["left", "right"], items: method(variableOf(scope, "join", producer.join), join.changes ? gives : "take") }, scope);
    return;
  }
  if (producer.kind === "group changes") {
    const kept = tableOf(scope.query, producer.table).changes ?? [];
    const names = propertyNames(kept);
    // A second use of a stream has columns of its own for the same rows.
    const byId = new Map(producer.columns.map(({ id }, at) => [id, names.get(kept[at]?.id ?? id)]));
    const access: ColumnAccess = ({ id, name }) => member(row, byId.get(id) ?? name);
    emitItems(into, { pipeline, columns: producer.columns, access, rowColumns: kept, parts: ["row"], items: method(variableOf(scope, "group rows", producer.table), gives) }, scope);
    return;
  }
  if (producer.kind === "ranked") {
    const top = topOf(scope.query, producer.top);
    const names = propertyNames(top.columns);
    const access: ColumnAccess = ({ id, name }) => (id === top.spec.rank?.id ? new Code("rank", Precedence.primary, []) : member(row, names.get(id) ?? name));
    const saysKinds = givesUpserts(pipeline, scope.query);
    emitItems(into, { pipeline, columns: producer.columns, access, rowColumns: top.columns, saysKinds, parts: ["row", "rank"], items: method(variableOf(scope, "top", producer.top), saysKinds ? "upserts" : gives) }, scope);
    return;
  }
  if (producer.kind !== "groups") return;
  const table = tableOf(scope.query, producer.table);
  // Several results may be read in one function.
  const single = scope.query.pipelines.filter((other) => other.producer.kind === "groups").length === 1;
  const view = single ? new Code("groups", Precedence.primary, []) : scope.names.name(`${hintOf(table.id)} result`, runtimeWords);
  const slot = new Code("slot", Precedence.primary, []);
  const changing = producer.emit === "onChange";
  into.line(code`const ${view} = ${method(variableOf(scope, "table", table.id), viewOf(producer.emit))};`);
  const there = table.counted ? method(view, "isThere", slot) : undefined;
  const isThere = (present: Code): Code => (there === undefined ? present : present.text === "true" ? there : binary("&&", there, present));
  const mark: RowMark | undefined = changing ? { always: table.counted ? undefined : method(view, "markPresent", slot), there, ofPresence: (present) => method(view, "mark", slot, isThere(present)) } : undefined;
  const rows = emitRows({ pipeline, columns: producer.columns, access: groupAccess(table, producer.columns, view, slot), mark, variables: ["slot"] }, scope);
  into.open(code`for (const ${new Code(refersTo(rows.code, "slot") ? "slot" : "_slot", Precedence.primary, [])} of ${view}.slots) {`);
  into.append(rows);
  into.close(code`}`);
}

/**
 * Whether the rows of a `top` are the output's own by key, so that what becomes of each need not be found out: the output's key is the columns that its rows are
 * the first of, and of more than one row the place.
 */
export function givesUpserts({ producer, steps, consumer, sink }: Pipeline, query: PhysicalQuery | PhysicalTogether): boolean {
  if (producer.kind !== "ranked" || producer.emit !== "onChange" || steps.length > 0 || consumer.kind !== "output") return false;
  if (query.pipelines.some((other) => other.producer !== producer && other.consumer.kind === "output" && other.sink === sink)) return false;
  const { columns, spec } = topOf(query, producer.top);
  const { per, count, ties, rank } = spec;
  // A row that differs in what is not shown is no change.
  if (!columns.every(({ id }) => consumer.columns.some((shown) => shown.id === id))) return false;
  const names = new Map(consumer.columns.map(({ id, name }) => [id, name]));
  const own = [...per.map((expr) => (expr.kind === "ColumnRef" ? names.get(expr.id) : undefined)), ...(rank === undefined ? [] : [names.get(rank.id)])];
  const key = "sinks" in query ? query.sinks.find(({ name }) => name === sink)?.key : query.key;
  const isTold = per.length > 0 && key !== undefined && own.every((name) => name !== undefined && key.includes(name)) && key.length === new Set(own).size;
  return isTold && !ties && (count === 1 || rank !== undefined);
}

/** The function is called when its rows are asked for; of a table before its first reader. */
function emitState(into: Block, pipeline: Pipeline, { state: id, emit, columns }: Extract<Pipeline["producer"], { kind: "state" }>, scope: QueryScope): void {
  const table = stateOf(scope.query, id);
  const operator = variableOf(scope, "state", id);
  const row = new Code("row", Precedence.primary, []);
  const readers = scope.query.pipelines.filter(({ producer }) => producer.kind === "state" && producer.state === id);
  const isFirst = readers[0] === pipeline;
  const names = propertyNames(columns);
  if (table.spec.kind === "update") {
    if (isFirst) into.line(code`${method(operator, "run")};`);
    const access: ColumnAccess = (column) => member(row, names.get(column.id) ?? column.name);
    if (emit === "onChange") {
      emitItems(into, { pipeline, columns, access, rowColumns: columns, parts: ["row"], items: method(operator, pipeline.consumer.kind === "output" ? "shown" : "changes") }, scope);
      return;
    }
    return emitRowLoop(into, { pipeline, columns, access, rowColumns: columns }, method(operator, "snapshot"), scope);
  }
  // What it gives is there once: several readers take it from an array.
  const given = readers.length === 1 ? method(operator, "run") : new Code(`${operator.text}Rows`, Precedence.primary, []);
  if (readers.length > 1 && isFirst) into.line(code`const ${given} = [...${method(operator, "run")}];`);
  emitRowLoop(into, { pipeline, columns, access: givenAccess(table) }, given, scope);
}

/** A loop over rows, each as a whole `row`. */
function emitRowLoop(into: Block, loop: Pick<RowLoop, "pipeline" | "columns" | "access" | "rowColumns">, given: Code, scope: QueryScope): void {
  const rows = emitRows({ ...loop, mark: undefined, variables: ["row"] }, scope);
  into.open(code`for (const ${new Code(refersTo(rows.code, "row") ? "row" : "_row", Precedence.primary, [])} of ${given}) {`);
  into.append(rows);
  into.close(code`}`);
}

/** What an operator gives in a batch, item by item. */
interface Items {
  readonly pipeline: Pipeline;
  readonly columns: readonly Column[];
  readonly access: ColumnAccess;
  /** The columns of the part `row`, where there is one. */
  readonly rowColumns?: readonly Column[];
  /** Whether an item says itself how it changes the output (its part `kind`). */
  readonly saysKinds?: boolean;
  /** The parts of an item that hold columns. */
  readonly parts: readonly string[];
  readonly items: Code;
}

/** A loop over the items that an operator gives; of changes each has a weight, or says its kind. */
function emitItems(into: Block, { pipeline, columns, access, rowColumns, saysKinds = false, parts, items }: Items, scope: QueryScope): void {
  const word = saysKinds ? "kind" : takesBack(pipeline.producer, scope.query.joins) ? "weight" : undefined;
  const told = new Code(word ?? "", Precedence.primary, []);
  const variables = [...(saysKinds ? ["kind"] : []), ...parts, ...(word === "weight" ? ["weight"] : [])];
  const change = word === undefined ? {} : word === "kind" ? { rowKind: told } : { weight: told };
  const rows = emitRows({ pipeline, columns, access, mark: undefined, ...change, ...(rowColumns === undefined ? {} : { rowColumns }), variables }, scope);
  const read = variables.filter((name) => refersTo(rows.code, name)).join(", ");
  into.open(code`for (const ${new Code(read === "" ? "_item" : `{ ${read} }`, Precedence.primary, [])} of ${items}) {`);
  into.append(rows);
  into.close(code`}`);
}

/** A loop over the rows of a join that are the output's as they are. */
function emitSelected(into: Block, pipeline: Pipeline, join: StreamJoinTable, scope: QueryScope): void {
  into.open(code`for (const row of ${method(variableOf(scope, "joined rows", join.id), "take")}) {`);
  into.line(code`${method(outputOf(pipeline), "insert", new Code("row", Precedence.primary, []))};`);
  into.close(code`}`);
}

/** How an emit strategy reads a table. */
function viewOf(emit: Emit): string {
  return emit === "onClose" ? "closed" : emit === "onChange" ? "changes" : "snapshot";
}
