import { columnAndParam, unnamedColumn } from "../../diagnostics/catalogue/names.ts";
import { badGroupingSet } from "../../diagnostics/catalogue/table-functions.ts";
import { windowKey } from "../../diagnostics/catalogue/types.ts";
import type { Expression } from "../../ir/ast/expression.ts";
import type { GroupKey } from "../../ir/ast/step.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { sameExpr } from "../../ir/expr/walk.ts";
import type { GroupItem } from "../../ir/logical/plan.ts";
import type { Span } from "../../source/span.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { bindFunctionKey } from "../expressions/bind-user-call.ts";
import type { ExprContext } from "../expressions/expr-context.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import type { Scope } from "../expressions/scope.ts";
import { entriesNamed } from "../expressions/scope.ts";
import type { JobContext } from "../job-context.ts";
import { bindWindowKey } from "./bind-window-key.ts";
import { ownName } from "./bind-select.ts";
import { cubeOf, groupingOf, rollupOf, type Grouping, type KeySets, type SourceKey } from "./grouping-sets.ts";
import { isWindowCall, windowShape } from "./window-shape.ts";

/** The keys of an `aggregate`, in the order written, each with its place. `complete` is false where a reported error hides a key's columns. */
export interface BoundKeys {
  readonly items: readonly BoundKey[];
  /** Where there are grouping sets: how the rows are expanded for them. */
  readonly grouping: Grouping | undefined;
  readonly complete: boolean;
}

/** `source` is what the key is over the rows that are aggregated; a window has none. */
export interface BoundKey {
  readonly item: GroupItem;
  readonly source: Expr | undefined;
  readonly span: Span;
}

/** Binds the keys over the rows that are aggregated. `taken`: the names of the aggregates. */
export function bindGroupKeys(keys: readonly GroupKey[], scope: Scope, taken: readonly string[], job: JobContext): BoundKeys {
  const context = rowContext(job, scope);
  const order: (SourceKey | BoundKey)[] = [];
  const parts: KeySets[] = [];
  let sets: Span | undefined;
  let complete = true;
  let window: Span | undefined;
  const sources = (): readonly SourceKey[] => order.filter((key): key is SourceKey => !isWindow(key));
  const add = (value: Expression, alias: Name | undefined, span: Span, again: boolean): number | undefined => {
    const key = bindKey(value, alias, span, again ? "compute it before: `|> extend … as NAME`" : "write `… as NAME`", context);
    if (key === undefined) {
      complete = false;
      return undefined;
    }
    const known = again ? sources().findIndex((other) => sameExpr(other.expr, key.expr)) : -1;
    if (known >= 0) return known;
    order.push(key);
    return sources().length - 1;
  };
  for (const key of keys) {
    const call = key.kind === "ExpressionKey" ? windowCall(key.value, scope, job) : undefined;
    if (call === "ambiguous") {
      complete = false;
      continue;
    }
    if (call !== undefined && key.kind === "ExpressionKey") {
      if (window !== undefined) job.report(windowKey({ message: "an `aggregate` has one window, found two" }).at(key.span).also(window, "the first one").helped("use one window, or aggregate in two steps"));
      if (key.alias !== undefined) {
        job.report(windowKey({ message: "a window key takes no name" }).at(key.alias.span).note("its columns are `window_start` and `window_end`, and `window` is the record of both").helped(`rename them afterwards: \`|> rename window_start as ${key.alias.text}\``));
        complete = false;
      }
      const shape = windowShape(call, job);
      const bound = shape === undefined || window !== undefined ? undefined : bindWindowKey(shape, key.span, context);
      window ??= key.span;
      if (bound === undefined) complete = false;
      else order.push({ item: { kind: "window", window: bound }, source: undefined, span: key.span });
      continue;
    }
    const written = setsOf(key, job);
    if (written === undefined) {
      const at = key.kind === "ExpressionKey" ? add(key.value, key.alias, key.span, false) : undefined;
      if (at !== undefined) parts.push([[at]]);
      continue;
    }
    sets ??= key.span;
    if (written.length === 0) complete = false;
    for (const { expressions } of written) {
      const inside = expressions.find((value) => windowCall(value, scope, job) !== undefined);
      if (inside === undefined) continue;
      job.report(badGroupingSet({ message: "a window stands beside grouping sets, not in them" }).at(inside.span).helped("write it as a key of its own: `group by tumbling(t, 1 hour), cube(a, b)`"));
      return { items: [], grouping: undefined, complete: false };
    }
    const places = written.map(({ expressions }) => expressions.map((value) => add(value, undefined, value.span, true)).filter((at) => at !== undefined));
    parts.push(written.flatMap(({ make }, index) => make(places[index] ?? [])));
  }
  const bound = sources();
  const names = new Set([...taken, ...bound.map(({ name }) => name)]);
  const grouping = sets === undefined || !complete ? undefined : groupingOf(parts, bound, names, sets, job);
  const items = order.map((key): BoundKey => {
    if (isWindow(key)) return key;
    return { item: grouping?.items[bound.indexOf(key)] ?? { kind: "key", key: { id: key.id, name: key.name, expr: key.expr } }, source: key.expr, span: key.span };
  });
  return { items, grouping, complete: complete && (sets === undefined || grouping !== undefined) };
}

function isWindow(key: SourceKey | BoundKey): key is BoundKey {
  return "item" in key;
}

interface WrittenSets {
  readonly expressions: readonly Expression[];
  readonly make: (keys: readonly number[]) => KeySets;
}

/** What stands in `cube`, `rollup` or `grouping sets`; undefined for a plain key, nothing after a report. */
function setsOf(key: GroupKey, job: JobContext): readonly WrittenSets[] | undefined {
  if (key.kind === "GroupingSets") return key.sets.map((expressions) => ({ expressions, make: (keys) => [keys] }));
  const { value, alias } = key;
  const name = value.kind === "CallExpression" ? value.callee.text : "";
  if (value.kind !== "CallExpression" || (name !== "cube" && name !== "rollup")) return undefined;
  const odd = value.args.find((argument) => argument.name !== undefined || argument.distinct || argument.asType !== undefined);
  if (alias !== undefined) job.report(badGroupingSet({ message: `\`${name}\` takes no name` }).at(alias.span).helped("leave `as` out: its columns are those of its keys"));
  if (value.args.length === 0 || odd !== undefined || value.where !== undefined) {
    job.report(badGroupingSet({ message: `\`${name}\` takes columns` }).at(odd?.span ?? value.span).helped(`write \`${name}(a, b)\``));
    return [];
  }
  return [{ expressions: value.args.map((argument) => argument.value), make: name === "cube" ? cubeOf : rollupOf }];
}

function bindKey(value: Expression, alias: Name | undefined, span: Span, help: string, context: ExprContext): SourceKey | undefined {
  const { job } = context;
  const called = value.kind === "NameExpression" ? bindFunctionKey(value.name.text, value.span, context) : undefined;
  const expr = called ?? bindExpr(value, context);
  const name = alias?.text ?? ownName(value);
  if (name === undefined) {
    if (!isPoisoned(expr)) job.report(unnamedColumn({ what: "this key" }).at(value.span).helped(help));
    return undefined;
  }
  // Maps are keys too, by their entries (Spark's NormalizeMaps), though they have no order.
  return { id: job.newColumn(), name, expr, span };
}

/** The window of a key: written in place, or declared and named. A name that is a column too could mean either. */
function windowCall(node: Expression, scope: Scope, job: JobContext): CallExpression | "ambiguous" | undefined {
  if (isWindowCall(node)) return node;
  const declared = node.kind === "NameExpression" ? job.declarations.windows.get(node.name.text) : undefined;
  if (declared === undefined || node.kind !== "NameExpression") return undefined;
  if (entriesNamed(scope, node.name.text).length === 0) return declared.definition;
  job.report(columnAndParam({ name: node.name.text, other: "window" }).at(node.span).also(declared.name.span, "the window").helped("give the window another name"));
  return "ambiguous";
}
