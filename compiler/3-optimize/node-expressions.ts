import type { AggregateCall, Expr } from "../ir/expr/index.ts";
import type { AggregateColumn, Column, GroupItem, LateRoute, LogicalPlan, SortItem, StreamSides } from "../ir/logical/index.ts";
import { keepingBounds } from "./analyses/stream-join-bounds.ts";
import type { UserState } from "../ir/logical/index.ts";
import { Aggregate, Dedup, Expand, Explode, Filter, Limit, Project, Scan, Sort, Top } from "../ir/logical/index.ts";

/** An expression of a node, and the columns over which it is evaluated. */
export interface BoundExpression {
  readonly expr: Expr;
  readonly over: readonly Column[];
}

/** Every expression of a node itself (not of its inputs), in the order of evaluation. */
export function expressionsOf(node: LogicalPlan): readonly BoundExpression[] {
  switch (node.kind) {
    case "Scan":
      return node.filter === undefined ? [] : [{ expr: node.filter, over: node.columns }];
    case "Filter":
      return [{ expr: node.predicate, over: node.input.output }];
    case "Project":
      return node.columns.map(({ expr }) => ({ expr, over: node.input.output }));
    case "Watermark":
      return [];
    case "Explode":
      return [{ expr: node.value, over: node.input.output }];
    case "Expand":
      return node.columns.flatMap(({ values }) => values.map((expr) => ({ expr, over: node.input.output })));
    case "Aggregate": {
      const groups = node.groups.flatMap((item) => (item.kind === "key" ? [item.key.expr] : item.window.kind === "session" ? [item.window.time, item.window.gap] : [item.window.time]));
      const calls = node.aggregates.flatMap(({ call }) => (call.where === undefined ? call.args : [call.where, ...call.args]));
      return [...groups, ...calls, ...lateExpressions(node.late)].map((expr) => ({ expr, over: node.input.output }));
    }
    case "Join": {
      const both = [...node.left.output, ...node.right.output];
      return [
        ...node.equalities.flatMap(({ left, right }) => [{ expr: left, over: node.left.output }, { expr: right, over: node.right.output }]),
        ...(node.residual === undefined ? [] : [{ expr: node.residual, over: both }]),
        ...lateExpressions(node.sides.lateLeft).map((expr) => ({ expr, over: node.left.output })),
        ...lateExpressions(node.sides.lateRight).map((expr) => ({ expr, over: node.right.output })),
      ];
    }
    case "Sort":
      return node.items.map(({ expr }) => ({ expr, over: node.input.output }));
    case "Union":
      return [];
    case "Top":
      return [...node.spec.order.map(({ expr }) => expr), ...node.spec.per, ...lateExpressions(node.late)].map((expr) => ({ expr, over: node.input.output }));
    case "Dedup":
      return [...node.keys, ...lateExpressions(node.late)].map((expr) => ({ expr, over: node.input.output }));
    case "Limit":
      return [{ expr: node.count, over: [] }];
    case "Apply":
      return [{ expr: node.argument, over: node.input.output }];
    case "UserState": {
      const { keys, row, initial } = node.spec;
      const own = [...keys.map(({ expr }) => expr), row, ...lateExpressions(node.late)].map((expr) => ({ expr, over: node.input.output }));
      return initial === undefined ? own : [...own, ...[...initial.keys, initial.state].map((expr) => ({ expr, over: node.initial?.output ?? [] }))];
    }
  }
}

function lateExpressions(late: LateRoute | undefined): readonly Expr[] {
  return late?.columns.map(({ expr }) => expr) ?? [];
}

/** Rebuilds a node over rewritten expressions; the very same node where `fn` changes none of them. */
export function mapExpressions(node: LogicalPlan, fn: (expr: Expr) => Expr): LogicalPlan {
  const maybe = (expr: Expr | undefined): Expr | undefined => (expr === undefined ? undefined : fn(expr));
  switch (node.kind) {
    case "Scan": {
      const filter = maybe(node.filter);
      return filter === node.filter ? node : new Scan(node.input, node.columns, node.needed, filter, node.origin);
    }
    case "Filter": {
      const predicate = fn(node.predicate);
      return predicate === node.predicate ? node : new Filter(node.input, predicate, node.origin);
    }
    case "Project": {
      const columns = mapShared(node.columns, (column) => {
        const expr = fn(column.expr);
        return expr === column.expr ? column : { ...column, expr };
      });
      return columns === node.columns ? node : new Project(node.input, columns, node.origin);
    }
    case "Watermark":
      return node;
    case "Explode": {
      const value = fn(node.value);
      return value === node.value ? node : new Explode(node.input, value, node.outer, node.columns, node.origin);
    }
    case "Expand": {
      const columns = mapShared(node.columns, (column) => {
        const values = mapShared(column.values, fn);
        return values === column.values ? column : { ...column, values };
      });
      return columns === node.columns ? node : new Expand(node.input, node.copies, columns, node.origin);
    }
    case "Aggregate": {
      const groups = mapShared(node.groups, (item) => mapGroup(item, fn));
      const aggregates = mapShared(node.aggregates, (column) => mapAggregate(column, fn));
      const late = mapLate(node.late, fn);
      return groups === node.groups && aggregates === node.aggregates && late === node.late ? node : new Aggregate(node.input, groups, aggregates, node.operatorId, node.origin, late, node.perBatch);
    }
    case "Join": {
      const equalities = mapShared(node.equalities, (pair) => {
        const left = fn(pair.left);
        const right = fn(pair.right);
        return left === pair.left && right === pair.right ? pair : { ...pair, left, right };
      });
      const residual = maybe(node.residual);
      const sides = mapSides(node.sides, fn);
      return equalities === node.equalities && residual === node.residual && sides === node.sides ? node : keepingBounds(node, node.with({ equalities, residual, sides }));
    }
    case "Union":
      return node;
    case "Top": {
      const order = mapShared(node.spec.order, (item) => mapItem(item, fn));
      const per = mapShared(node.spec.per, fn);
      const late = mapLate(node.late, fn);
      return order === node.spec.order && per === node.spec.per && late === node.late ? node : new Top(node.input, { ...node.spec, order, per }, node.operatorId, node.origin, late);
    }
    case "Dedup": {
      const keys = mapShared(node.keys, fn);
      const late = mapLate(node.late, fn);
      return keys === node.keys && late === node.late ? node : new Dedup(node.input, keys, node.operatorId, node.origin, node.within, late);
    }
    case "Sort": {
      const items = mapShared(node.items, (item) => mapItem(item, fn));
      return items === node.items ? node : new Sort(node.input, items, node.origin);
    }
    case "Apply": {
      const argument = fn(node.argument);
      return argument === node.argument ? node : node.withArgument(argument);
    }
    case "UserState":
      return mapUserState(node, fn);
    case "Limit": {
      const count = fn(node.count);
      return count === node.count ? node : new Limit(node.input, count, node.operatorId, node.origin);
    }
  }
}

function mapUserState(node: UserState, fn: (expr: Expr) => Expr): UserState {
  const { spec } = node;
  const keys = mapShared(spec.keys, (key) => {
    const expr = fn(key.expr);
    return expr === key.expr ? key : { ...key, expr };
  });
  const row = fn(spec.row);
  const late = mapLate(node.late, fn);
  const initialKeys = mapShared(spec.initial?.keys ?? [], fn);
  const state = spec.initial === undefined ? undefined : fn(spec.initial.state);
  const sameInitial = spec.initial === undefined || (state === spec.initial.state && initialKeys === spec.initial.keys);
  if (keys === spec.keys && row === spec.row && late === node.late && sameInitial) return node;
  return node.withSpec({ ...spec, keys, row, initial: state === undefined ? undefined : { keys: initialKeys, state } }, late);
}

function mapItem(item: SortItem, fn: (expr: Expr) => Expr): SortItem {
  const expr = fn(item.expr);
  return expr === item.expr ? item : { ...item, expr };
}

function mapGroup(item: GroupItem, fn: (expr: Expr) => Expr): GroupItem {
  if (item.kind === "key") {
    const expr = fn(item.key.expr);
    return expr === item.key.expr ? item : { kind: "key", key: { ...item.key, expr } };
  }
  const { window } = item;
  const time = fn(window.time);
  if (window.kind !== "session") return time === window.time ? item : { kind: "window", window: { ...window, time } };
  const gap = fn(window.gap);
  return time === window.time && gap === window.gap ? item : { kind: "window", window: { ...window, time, gap } };
}

function mapLate(late: LateRoute | undefined, fn: (expr: Expr) => Expr): LateRoute | undefined {
  if (late === undefined) return undefined;
  const columns = mapShared(late.columns, (column) => {
    const expr = fn(column.expr);
    return expr === column.expr ? column : { ...column, expr };
  });
  return columns === late.columns ? late : { ...late, columns };
}

function mapSides(sides: StreamSides, fn: (expr: Expr) => Expr): StreamSides {
  const lateLeft = mapLate(sides.lateLeft, fn);
  const lateRight = mapLate(sides.lateRight, fn);
  if (lateLeft === sides.lateLeft && lateRight === sides.lateRight) return sides;
  return { ...sides, ...(lateLeft === undefined ? {} : { lateLeft }), ...(lateRight === undefined ? {} : { lateRight }) };
}

function mapAggregate(column: AggregateColumn, fn: (expr: Expr) => Expr): AggregateColumn {
  const { call } = column;
  const args = mapShared(call.args, fn);
  const where = call.where === undefined ? undefined : fn(call.where);
  if (args === call.args && where === call.where) return column;
  return { ...column, call: { ...call, args, where } satisfies AggregateCall };
}

/** `map` that returns the very same array where every item stays the very same. */
function mapShared<T>(items: readonly T[], fn: (item: T) => T): readonly T[] {
  const next = items.map(fn);
  return next.every((item, index) => item === items[index]) ? items : next;
}
