import { visitExpr } from "../expr/walk.ts";
import type { ColumnId, Expr } from "../expr/expr.ts";
import type { Column } from "../logical/column.ts";
import type { Consumer, GroupTable, KeySet, LatestTable, Lateness, Pipeline, RowStep, StreamJoinSide, TopTable, UserStateTable } from "./physical.ts";

/** How often each column is read from some step on, and whether only as it is (not inside an expression). */
export interface ColumnUse {
  readonly count: number;
  /** How often besides where a row is set aside, of which nothing else is read after that. */
  readonly aside: number;
  /** The steps that read it first and last; the number of steps stands for the consumer. */
  readonly first: number;
  readonly last: number;
  readonly bare: boolean;
}

/** What a pipeline's uses depend on besides itself. */
interface Surroundings {
  /** The table that it feeds. */
  readonly table: GroupTable | undefined;
  /** The side of a join that it feeds. */
  readonly joinSide: StreamJoinSide | undefined;
  readonly keySet: (id: string) => KeySet;
  readonly top: (id: string) => TopTable;
  readonly latest: (id: string) => LatestTable;
  readonly state: (id: string) => UserStateTable;
  /** Whether what is kept of a row is taken from the reader's lanes, and is not read here. */
  readonly takesLanes?: boolean;
}

/** Uses of every column by the steps (by number) and the consumer of a pipeline; `columns` are those of its producer. */
export function columnUses(pipeline: Pipeline, surroundings: Surroundings, columns: readonly Column[]): ReadonlyMap<ColumnId, ColumnUse> {
  const present = new Set(columns.filter(({ nullable }) => !nullable).map(({ id }) => id));
  const uses = new Map<ColumnId, ColumnUse>();
  const note = (id: ColumnId, at: number, bare: boolean, isAside = false): void => {
    const before = uses.get(id);
    const count = (before?.count ?? 0) + (isAside ? 0 : 1);
    const aside = (before?.aside ?? 0) + (isAside ? 1 : 0);
    uses.set(id, { count, aside, first: Math.min(before?.first ?? at, at), last: Math.max(before?.last ?? at, at), bare: bare && (before?.bare ?? true) });
  };
  const read = (expr: Expr, at: number): void => {
    visitExpr(expr, (node) => {
      if (node.kind === "ColumnRef") note(node.id, at, node === expr);
    });
  };
  // A projection is read only where its own column is: walk backwards, so that a dead one reads nothing.
  const end = pipeline.steps.length;
  readConsumer(pipeline.consumer, surroundings, present, end, read, note);
  for (let at = end - 1; at >= 0; at--) {
    const step = pipeline.steps[at];
    if (step !== undefined) readStep(step, at, read, note, uses, surroundings.keySet);
  }
  return uses;
}

type Read = (expr: Expr, at: number) => void;
type Note = (id: ColumnId, at: number, bare: boolean, isAside?: boolean) => void;

function readStep(step: RowStep, at: number, read: Read, note: Note, uses: ReadonlyMap<ColumnId, ColumnUse>, keySet: (id: string) => KeySet): void {
  switch (step.kind) {
    case "filter":
      read(step.predicate, at);
      break;
    case "project":
      for (const { id, expr } of step.columns) if (uses.has(id)) read(expr, at);
      break;
    case "watermark":
      note(step.column.id, at, true);
      if (step.spec.future !== undefined) note(step.column.id, at, true);
      break;
    case "explode":
      read(step.value, at);
      break;
    case "expand":
      for (const { id, values } of step.columns) {
        // Each copy reads it again.
        if (uses.has(id)) for (const value of [...values, ...values]) read(value, at);
      }
      break;
    case "first":
      for (const key of step.keys) read(key, at);
      readKept(keySet(step.set), at, read, note);
      break;
    case "limit":
    case "absent":
      break;
    case "lookup":
      for (const key of step.keys) read(key, at);
      if (step.residual !== undefined) read(step.residual, at);
      break;
  }
}

function readKept({ kept }: KeySet, at: number, read: Read, note: Note): void {
  if (kept === undefined) return;
  if (kept.closing !== undefined && "time" in kept.closing) read(kept.closing.time, at);
  readLate(kept.late, at, read, note);
}

function readLate(late: Lateness | undefined, at: number, read: Read, note: Note): void {
  if (late === undefined) return;
  read(late.time, at);
  for (const { expr } of late.route?.columns ?? []) visitExpr(expr, (node) => (node.kind === "ColumnRef" ? note(node.id, at, node === expr, true) : undefined));
}

function readConsumer(consumer: Consumer, { table, joinSide, top, latest, state, takesLanes = false }: Surroundings, present: ReadonlySet<ColumnId>, at: number, read: Read, note: Note): void {
  switch (consumer.kind) {
    case "groups":
      readLate(table?.late, at, read, note);
      for (const item of table?.groups ?? []) {
        read(item.kind === "key" ? item.key.expr : item.window.time, at);
        if (item.kind === "window" && item.window.kind === "session") read(item.window.gap, at);
      }
      for (const { call } of table?.aggregates ?? []) {
        // An argument that may be null is tested and then read.
        for (const arg of call.args) {
          const sure = arg.kind === "ColumnRef" && present.has(arg.id);
          // Counting what is there reads nothing.
          if (!sure || call.name !== "count" || call.distinct) read(arg, at);
          if (arg.nullable && !sure) read(arg, at);
        }
        if (call.where !== undefined) read(call.where, at);
      }
      break;
    case "lookup":
      for (const key of consumer.keys) {
        read(key, at);
        if (key.nullable) read(key, at);
      }
      for (const { id } of consumer.columns) note(id, at, true);
      break;
    case "join side":
      readLate(joinSide?.late, at, read, note);
      for (const key of joinSide?.keys ?? []) read(key, at);
      if (joinSide?.meets !== undefined) read(joinSide.meets, at);
      if (!takesLanes) for (const { id } of joinSide?.columns ?? []) note(id, at, true);
      break;
    case "top": {
      const { spec, columns, late } = top(consumer.top);
      readLate(late, at, read, note);
      // Asked whether it may be among the first, and then kept.
      for (const expr of [...spec.per, ...spec.order.map((item) => item.expr)]) read(expr, at);
      if (!takesLanes) for (const { id } of columns) note(id, at, true);
      break;
    }
    case "latest": {
      const { keys, columns } = latest(consumer.latest);
      for (const key of keys) read(key, at);
      for (const { id } of columns) note(id, at, true);
      break;
    }
    case "state": {
      const { spec, time, late } = state(consumer.state);
      readLate(late, at, read, note);
      for (const { expr } of spec.keys) read(expr, at);
      if (time !== undefined) read(time, at);
      read(spec.row, at);
      break;
    }
    case "first states": {
      const { initial } = state(consumer.state).spec;
      for (const expr of initial === undefined ? [] : [...initial.keys, initial.state]) read(expr, at);
      break;
    }
    case "marks":
      for (const key of consumer.step.keys) read(key, at);
      if (consumer.step.residual !== undefined) read(consumer.step.residual, at);
      break;
    case "call":
      read(consumer.argument, at);
      break;
    case "rows":
    case "output":
      for (const { id } of consumer.columns) note(id, at, true);
      break;
  }
}
