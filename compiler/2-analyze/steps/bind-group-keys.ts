import { columnAndParam, unnamedColumn } from "../../diagnostics/catalogue/names.ts";
import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import { windowKey } from "../../diagnostics/catalogue/types.ts";
import type { Expression } from "../../ir/ast/expression.ts";
import type { GroupKey } from "../../ir/ast/step.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import type { GroupItem } from "../../ir/logical/plan.ts";
import type { Span } from "../../source/span.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import type { ExprContext } from "../expressions/expr-context.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import type { Scope } from "../expressions/scope.ts";
import { entriesNamed } from "../expressions/scope.ts";
import type { JobContext } from "../job-context.ts";
import { bindWindowKey } from "./bind-window-key.ts";
import { ownName } from "./bind-select.ts";
import { isWindowCall, windowShape } from "./window-shape.ts";

/** The keys of an `aggregate`, in the order written, each with its place. `complete` is false where a reported error hides a key's columns. */
export interface BoundKeys {
  readonly items: readonly { readonly item: GroupItem; readonly span: Span }[];
  readonly complete: boolean;
}

/** Binds the keys over the rows that are aggregated. */
export function bindGroupKeys(keys: readonly GroupKey[], scope: Scope, job: JobContext): BoundKeys {
  const context = rowContext(job, scope);
  const items: { item: GroupItem; span: Span }[] = [];
  let complete = true;
  let window: Span | undefined;
  for (const key of keys) {
    const call = key.kind === "ExpressionKey" ? windowCall(key.value, scope, job) : undefined;
    if (call !== undefined && call !== "ambiguous" && key.kind === "ExpressionKey") {
      if (window !== undefined) job.report(windowKey({ message: "an `aggregate` has one window, found two" }).at(key.span).also(window, "the first one").helped("use one window, or aggregate in two steps"));
      if (key.alias !== undefined) job.report(windowKey({ message: "a window key takes no name" }).at(key.alias.span).note("its columns are `window_start` and `window_end`").helped(`rename them afterwards: \`|> rename window_start as ${key.alias.text}\``));
      const shape = windowShape(call, job);
      const bound = shape === undefined || window !== undefined ? undefined : bindWindowKey(shape, key.span, context);
      window ??= key.span;
      if (bound === undefined) complete = false;
      else items.push({ item: { kind: "window", window: bound }, span: key.span });
      continue;
    }
    const bound = call === "ambiguous" || key.kind === "GroupingSets" ? reportSets(key, job) : bindKey(key, context);
    if (bound === undefined) complete = false;
    else items.push({ item: bound, span: key.span });
  }
  return { items, complete };
}

function reportSets(key: GroupKey, job: JobContext): undefined {
  if (key.kind === "GroupingSets") job.report(notInThisVersion({ what: "`grouping sets`" }).at(key.span));
  return undefined;
}

function bindKey(key: Extract<GroupKey, { kind: "ExpressionKey" }>, context: ExprContext): GroupItem | undefined {
  const { job } = context;
  if (key.value.kind === "CallExpression" && (key.value.callee.text === "cube" || key.value.callee.text === "rollup")) {
    job.report(notInThisVersion({ what: `\`${key.value.callee.text}\`` }).at(key.value.span));
    return undefined;
  }
  const expr = bindExpr(key.value, context);
  const name = key.alias?.text ?? ownName(key.value);
  if (name === undefined) {
    if (!isPoisoned(expr)) job.report(unnamedColumn({ what: "this key" }).at(key.value.span).helped("write `… as NAME`"));
    return undefined;
  }
  return { kind: "key", key: { id: job.newColumn(), name, expr } };
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
