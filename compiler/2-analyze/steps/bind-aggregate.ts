import { duplicateColumn } from "../../diagnostics/catalogue/names.ts";
import { neitherKeyNorAggregated } from "../../diagnostics/catalogue/types.ts";
import type { StepOf } from "../../ir/ast/step.ts";
import { columnRef } from "../../ir/expr/build.ts";
import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import { childrenOf, sameExpr, transformExpr, withChildren } from "../../ir/expr/walk.ts";
import type { AggregateColumn, GroupItem, ProjectedColumn } from "../../ir/logical/plan.ts";
import { Aggregate, Filter, Project } from "../../ir/logical/plan.ts";
import type { Span } from "../../source/span.ts";
import { AggregateCollector } from "../expressions/aggregate-collector.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { applyOperator } from "../expressions/bind-operator.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned, poison } from "../expressions/poison.ts";
import type { Scope, ScopeEntry } from "../expressions/scope.ts";
import { endAliases, visibleEntries } from "../expressions/scope.ts";
import type { JobContext } from "../job-context.ts";
import { bindGroupKeys, type BoundKeys } from "./bind-group-keys.ts";
import { windowEntries } from "./bind-window-key.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { poisonedRelation } from "./bound-relation.ts";
import type { StepContext } from "./step-context.ts";

/**
 * `aggregate … group by …`: the calls become columns of an Aggregate, expressions over them a projection above it. Output: keys
 * in the order written, then the aggregates.
 */
export function bindAggregate(step: StepOf<"Aggregate">, input: BoundRelation, { job, ids }: StepContext): BoundRelation {
  const operatorId = ids.next("aggregate", step.named, step.span);
  const keys = bindGroupKeys(step.keys, input.scope, step.aggregates.map(({ name }) => name.text), job);
  const { grouping } = keys;
  const items = keys.items.map(({ item }) => item);
  const collector = new AggregateCollector(job, input.scope);
  const keyEntries = items.flatMap(entriesOf);
  const context = { ...rowContext(job, overKeys(input.scope, keyEntries)), aggregates: collector, ...(grouping === undefined ? {} : { grouping }) };
  const keyNames = keys.items.flatMap(({ item, span }) => entriesOf(item).filter((entry) => !entry.hidden && !isPoisoned(entry.expr)).map(({ name }) => ({ name, span })));
  const doubled = reportDoubled([...keyNames, ...step.aggregates.map(({ name }) => ({ name: name.text, span: name.span }))], job);
  const values = step.aggregates
    .map(({ name, value }) => ({ name, expr: overGroup(bindExpr(value, context), keys, collector, job) }))
    .filter(({ name }) => !doubled.has(name.span));
  if (!keys.complete) return poisonedRelation(step.span);

  const columns = nameColumns(collector, values.map(({ name, expr }) => ({ name: name.text, expr })));
  const names = new Map(columns.map((column): [ColumnId, string] => [column.id, column.name]));
  const named = values.map(({ name, expr }) => ({ name: name.text, expr: transformExpr(expr, (node) => (node.kind === "ColumnRef" && names.has(node.id) ? { ...node, name: names.get(node.id) ?? node.name } : node)) }));
  const rows = withTimes(input, items, job);
  const aggregate = new Aggregate(grouping?.expand(rows) ?? rows, [...items, ...(grouping?.hidden ?? [])], columns, operatorId, step.span, undefined, step.perBatch);
  const plain = grouping === undefined && named.length === columns.length && named.every(({ name, expr }, index) => expr.kind === "ColumnRef" && expr.id === columns[index]?.id && columns[index]?.name === name);
  const ended = endAliases(input.scope, "aggregate");
  // A key that is not known may have been the one that closes the groups.
  const poisoned = input.poisoned || items.some((item) => item.kind === "key" && isPoisoned(item.key.expr));
  if (plain) {
    const entries = named.map(({ name, expr }): ScopeEntry => ({ name, qualifiers: [], expr, hidden: false }));
    return { plan: aggregate, scope: { entries: [...keyEntries, ...entries], open: false, ended }, poisoned };
  }
  const list: ProjectedColumn[] = [
    ...visibleEntries({ entries: keyEntries, open: false, ended }).flatMap(({ name, expr }) => (expr.kind === "ColumnRef" ? [{ id: expr.id, name, expr }] : [])),
    ...named.map(({ name, expr }) => ({ id: expr.kind === "ColumnRef" && expr.name === name && names.has(expr.id) ? expr.id : job.newColumn(), name, expr })),
  ];
  const entries = list.slice(-named.length).map(({ id, name, expr }): ScopeEntry => ({ name, qualifiers: [], expr: columnRef(id, name, expr.type, expr.nullable), hidden: false }));
  return { plan: new Project(aggregate, list, step.span), scope: { entries: [...keyEntries, ...entries], open: false, ended }, poisoned };
}

/** The names that a key yields. */
function entriesOf(item: GroupItem): readonly ScopeEntry[] {
  if (item.kind === "window") return windowEntries(item.window);
  const { id, name, expr } = item.key;
  return [{ name, qualifiers: [], expr: columnRef(id, name, expr.type, expr.nullable), hidden: false }];
}

/** Names beside aggregate calls: the keys, and columns of the rows, which must then be part of a key. */
function overKeys(rows: Scope, keys: readonly ScopeEntry[]): Scope {
  const names = new Set(keys.map((entry) => entry.name));
  return { ...rows, entries: [...keys, ...rows.entries.map((entry) => (names.has(entry.name) ? { ...entry, hidden: true } : entry))] };
}

/** Replaces what is a key by the key's column; any other column of the rows has no one value in a group. */
function overGroup(expr: Expr, keys: BoundKeys, collector: AggregateCollector, job: JobContext): Expr {
  const known = new Set([...[...keys.items.map(({ item }) => item), ...(keys.grouping?.hidden ?? [])].flatMap((item) => (item.kind === "key" ? [item.key.id] : [item.window.startId, item.window.endId])), ...collector.columns.map((column) => column.id)]);
  let failed = false;
  const replace = (node: Expr): Expr => {
    if (node.kind === "ColumnRef" && known.has(node.id)) return node;
    for (const { item, source } of keys.items) {
      if (item.kind === "key" && source !== undefined && sameExpr(node, source)) return columnRef(item.key.id, item.key.name, item.key.expr.type, item.key.expr.nullable, node.origin);
    }
    if (node.kind === "ColumnRef") {
      if (node.origin !== undefined && !isPoisoned(node)) job.report(neitherKeyNorAggregated({ name: node.name }).at(node.origin).helped(`add \`${node.name}\` to \`group by\`, or take \`max(${node.name})\``));
      failed = true;
      return node;
    }
    return withChildren(node, childrenOf(node).map(replace));
  };
  const replaced = replace(expr);
  return failed ? poison(expr.origin) : replaced;
}

/** Columns that the job names keep the name; those inside a larger expression are named after it. */
function nameColumns(collector: AggregateCollector, values: readonly { readonly name: string; readonly expr: Expr }[]): readonly AggregateColumn[] {
  for (const { name, expr } of values) if (expr.kind === "ColumnRef") collector.name(expr.id, name);
  const taken = new Set(values.map(({ name }) => name));
  for (const { name, expr } of values) {
    transformExpr(expr, (node) => {
      const column = node.kind === "ColumnRef" ? collector.columns.find(({ id }) => id === node.id) : undefined;
      if (column?.name === "") collector.name(column.id, unique(`${name}_${column.call.name}`, taken));
      return node;
    });
  }
  return collector.columns;
}

function unique(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`;
  taken.add(name);
  return name;
}

/** A row without a time is in no window (semantics W9). */
function withTimes(input: BoundRelation, items: readonly GroupItem[], job: JobContext): BoundRelation["plan"] {
  for (const item of items) {
    if (item.kind !== "window" || !item.window.time.nullable || item.window.origin === undefined) continue;
    const { time, origin } = item.window;
    return new Filter(input.plan, applyOperator("is not null", [time], origin, origin, rowContext(job, input.scope)), origin);
  }
  return input.plan;
}

/** Reports names that are taken; answers their places. */
function reportDoubled(names: readonly { readonly name: string; readonly span: Span }[], job: JobContext): ReadonlySet<Span> {
  const first = new Map<string, Span>();
  const doubled = new Set<Span>();
  for (const { name, span } of names) {
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, span);
      continue;
    }
    doubled.add(span);
    job.report(duplicateColumn({ name }).at(span).also(before, "the first of them").helped("give one of them another name with `as`"));
  }
  return doubled;
}
