import { evaluateConstant } from "../../catalog/expressions/evaluate.ts";
import { duplicateName } from "../../diagnostics/catalogue/names.ts";
import { joinCondition } from "../../diagnostics/catalogue/types.ts";
import type { StepOf } from "../../ir/ast/step.ts";
import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import { columnRef, literal } from "../../ir/expr/build.ts";
import { columnsOf, transformExpr } from "../../ir/expr/walk.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import type { JoinEquality } from "../../ir/logical/plan.ts";
import { Join, Project } from "../../ir/logical/plan.ts";
import { holdsResult } from "../../ir/logical/streaming-properties.ts";
import { checkJoinSides } from "../check-streaming/join-keeps-table-rows.ts";
import { bindCondition } from "../expressions/bind-expr.ts";
import { applyOperator } from "../expressions/bind-operator.ts";
import { conjunction, conjuncts } from "../expressions/conjuncts.ts";
import type { ExprContext } from "../expressions/expr-context.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import type { Scope, ScopeEntry } from "../expressions/scope.ts";
import { aliasesOf, visibleEntries } from "../expressions/scope.ts";
import type { JobContext } from "../job-context.ts";
import { columnToChange } from "./bind-extend.ts";
import { bindRelation } from "./bind-pipeline.ts";
import { latestCondition } from "./bind-latest.ts";
import type { BoundRelation, NewColumn } from "./bound-relation.ts";
import { poisonedRelation, projected } from "./bound-relation.ts";
import type { StepContext } from "./step-context.ts";

type JoinStep = StepOf<"Join">;

/** `join`: the left columns, then the right ones; with `using`, the keys only once, where the left side has them. */
export function bindJoin(step: JoinStep, left: BoundRelation, context: StepContext): BoundRelation {
  const { job } = context;
  const operatorId = context.ids.next("join", step.named, step.span);
  const right = bindRelation(step.right, context);
  checkAlias(step, left.scope, context);
  const scope: Scope = { entries: [...left.scope.entries, ...right.scope.entries], open: left.scope.open || right.scope.open, ended: left.scope.ended };
  const testsOnly = step.joinKind === "semi" || step.joinKind === "anti";
  const written = bindJoinCondition(step, left, right, rowContext(job, scope));
  // A stream's snapshot is whole in complete mode; where it is not, the laws of streaming refuse the join.
  const snapshot = [left, right].some(({ plan }) => plan.streaming && holdsResult(plan, true));
  const legal = left.poisoned || right.poisoned || snapshot || checkJoinSides(step.joinKind, left.plan.streaming, right.plan.streaming, step.span, job);
  if (written === undefined || !legal || left.poisoned || right.poisoned) return poisonedRelation(step.span);
  const condition = step.latest ? latestCondition(step, left.plan, right.plan, written, rowContext(job, scope)) : written;
  if (condition === undefined) return poisonedRelation(step.span);

  const plan = joinPlan(step, left, right, left.plan.streaming && right.plan.streaming ? withFixedTimes(condition, job) : condition, operatorId);
  const joined: BoundRelation = { plan, scope: { ...scope, entries: (testsOnly ? left : { scope }).scope.entries.map((entry) => overJoin(entry, plan)) }, poisoned: false };
  if (step.condition?.kind !== "using" || testsOnly) return joined;
  const dropped = new Set(step.condition.columns.flatMap((name) => right.scope.entries.filter((entry) => entry.name === name.text && entry.expr.kind === "ColumnRef").flatMap((entry) => [...columnsOf(entry.expr)])));
  const visible = visibleEntries(joined.scope);
  const kept = visible.filter(({ expr }) => expr.kind !== "ColumnRef" || !dropped.has(expr.id)).map((entry) => usingColumn(step, entry, visible.slice(visible.indexOf(entry) + 1), rowContext(job, scope)));
  return projected(job, joined, kept, joined.scope.ended, true, step.span);
}

/** A key of `using` is the left one, or the one that is there: the right one of a right join, the first that is not null of a full one. */
function usingColumn(step: JoinStep, entry: ScopeEntry, behind: readonly ScopeEntry[], context: ExprContext): NewColumn {
  const key = step.condition?.kind === "using" ? step.condition.columns.find((name) => name.text === entry.name) : undefined;
  const right = key === undefined ? undefined : behind.findLast((other) => other.name === entry.name);
  if (key === undefined || right === undefined || (step.joinKind !== "right" && step.joinKind !== "full")) return entry;
  if (step.joinKind === "right") return { ...entry, qualifiers: right.qualifiers, expr: right.expr };
  return { ...entry, qualifiers: [], expr: applyOperator("coalesce", [entry.expr, right.expr], key.span, key.span, context) };
}

/** What a condition asks: pairs of equal expressions, one a side, and the rest. */
export interface BoundCondition {
  readonly equalities: readonly JoinEquality[];
  readonly residual: Expr | undefined;
}

function bindJoinCondition(step: JoinStep, left: BoundRelation, right: BoundRelation, context: ExprContext): BoundCondition | undefined {
  const { job } = context;
  if (step.condition === undefined) {
    if (step.joinKind === "cross") return { equalities: [], residual: undefined };
    job.report(joinCondition({ message: "a join needs a condition" }).at(step.span).helped("write `on a.key = b.key` or `using (key)`"));
    return undefined;
  }
  if (step.joinKind === "cross") job.report(joinCondition({ message: "a cross join has no condition" }).at(step.span).helped("leave out `cross` or the condition"));
  if (step.condition.kind === "using") {
    const equalities = step.condition.columns.map((name) => {
      const a = columnToChange(name, left.scope, job);
      const b = columnToChange(name, right.scope, job);
      return a === undefined || b === undefined ? undefined : equality(applyOperator("=", [a.expr, { ...b.expr, origin: name.span }], name.span, name.span, context));
    });
    const bound = equalities.filter((pair) => pair !== undefined);
    return bound.length < equalities.length ? undefined : { equalities: bound, residual: undefined };
  }
  const condition = bindCondition(step.condition.value, context);
  if (isPoisoned(condition)) return undefined;
  const leftIds = new Set(left.plan.output.map((column) => column.id));
  const rightIds = new Set(right.plan.output.map((column) => column.id));
  const equalities: JoinEquality[] = [];
  const rest: Expr[] = [];
  for (const part of conjuncts(condition)) {
    const pair = equality(part);
    if (pair !== undefined && within(pair.left, leftIds) && within(pair.right, rightIds)) equalities.push(pair);
    else if (pair !== undefined && within(pair.left, rightIds) && within(pair.right, leftIds)) equalities.push({ ...pair, left: pair.right, right: pair.left });
    else rest.push(part);
  }
  return { equalities, residual: rest.length === 0 ? undefined : conjunction(rest) };
}

function equality(expr: Expr): JoinEquality | undefined {
  if (expr.kind !== "Call" || (expr.name !== "=" && expr.name !== "is not distinct from")) return undefined;
  const [left, right] = expr.args;
  return left === undefined || right === undefined ? undefined : { left, right, nullSafe: expr.name !== "=" };
}

/** Whether an expression reads columns, and only these. */
function within(expr: Expr, ids: ReadonlySet<ColumnId>): boolean {
  const columns = [...columnsOf(expr)];
  return columns.length > 0 && columns.every((id) => ids.has(id));
}

const mirrored: Readonly<Record<Exclude<JoinStep["joinKind"], "semi" | "anti">, JoinStep["joinKind"]>> = { inner: "inner", left: "right", right: "left", full: "full", cross: "cross" };

/** Durations and instants that can be computed now: what bounds a join of streams is read off its condition, before and after it is optimized. */
function withFixedTimes(condition: BoundCondition, { timezone }: JobContext): BoundCondition {
  const fixed = (expr: Expr): Expr => {
    if ((expr.type.kind !== "duration" && expr.type.kind !== "timestamp") || expr.kind === "Literal" || expr.volatility !== "immutable" || columnsOf(expr).size > 0) return expr;
    const result = evaluateConstant(expr, timezone);
    return result.ok && result.value !== null ? literal(result.value, expr.type, expr.origin) : expr;
  };
  return { ...condition, residual: condition.residual === undefined ? undefined : transformExpr(condition.residual, fixed) };
}

/** A table joined to a stream is the stream joined to the table, with the columns in the order written. */
function joinPlan(step: JoinStep, { plan: left, scope: leftScope }: BoundRelation, { plan: right, scope: rightScope }: BoundRelation, { equalities, residual }: BoundCondition, operatorId: string): LogicalPlan {
  const { joinKind } = step;
  const names = { left: nameOf(leftScope) ?? "left", right: nameOf(rightScope) ?? "right" };
  const sides = { names, ...(step.unbounded ? { unbounded: true } : {}), ...(step.latest && left.streaming ? { latest: true } : {}) };
  if (!left.streaming && !right.streaming) return new Join(left, right, joinKind, equalities, residual, operatorId, step.span);
  if (left.streaming || joinKind === "semi" || joinKind === "anti") return new Join(left, right, joinKind, equalities, residual, operatorId, step.span, sides);
  const flipped = equalities.map((pair) => ({ ...pair, left: pair.right, right: pair.left }));
  const join = new Join(right, left, mirrored[joinKind], flipped, residual, operatorId, step.span, { ...sides, names: { left: names.right, right: names.left } });
  const written = new Map(join.output.map((column) => [column.id, column]));
  const columns = [...left.output, ...right.output].map((column) => written.get(column.id) ?? column).map(({ id, name, type, nullable }) => ({ id, name, expr: columnRef(id, name, type, nullable) }));
  return new Project(join, columns, step.span);
}

/** The alias of all columns of a side. */
function nameOf(scope: Scope): string | undefined {
  const [first, ...others] = aliasesOf(scope);
  return others.length === 0 && visibleEntries(scope).every(({ qualifiers }) => qualifiers.length > 0) ? first : undefined;
}

/** The columns of an optional side may be null behind the join. */
function overJoin(entry: ScopeEntry, plan: LogicalPlan): ScopeEntry {
  const nullable = new Map(plan.output.map((column): [ColumnId, boolean] => [column.id, column.nullable]));
  return { ...entry, expr: transformExpr(entry.expr, (node) => (node.kind === "ColumnRef" && nullable.get(node.id) === true && !node.nullable ? { ...node, nullable: true } : node)) };
}

function checkAlias(step: JoinStep, left: Scope, { job }: StepContext): void {
  const alias = step.right.kind === "MissingRelation" ? undefined : step.right.alias;
  if (alias === undefined || !aliasesOf(left).has(alias.text)) return;
  job.report(duplicateName({ what: "the alias", name: alias.text }).at(alias.span).labelled("already the alias of the left side").helped("give one side another alias"));
}
