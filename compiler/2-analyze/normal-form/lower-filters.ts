import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import { columnRef } from "../../ir/expr/build.ts";
import { callsUser } from "../../ir/expr/calls-user.ts";
import { columnsOf, substitute } from "../../ir/expr/walk.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import { Filter, Project, Union, Watermark } from "../../ir/logical/plan.ts";
import { conjunction, conjuncts } from "../expressions/conjuncts.ts";

/**
 * W1: a deterministic condition that does not mention the event time and stands between a watermark and the next stateful step is
 * moved below the watermark, so that rows which it removes do not advance it. It changes results, and so it is no rule of the
 * optimizer. Each part of a conjunction moves on its own; through `extend` and `select` it moves by substitution, where a
 * computed column is only passed on together with its projection, so that nothing is computed twice. A call of a user's function is never repeated, and is not
 * made for rows that a step before it leaves out.
 */
export function lowerFilters(plan: LogicalPlan): LogicalPlan {
  return plan.transformUp((node) => {
    if (node.kind !== "Filter" || !node.streaming) return node;
    let input = node.input;
    const staying: Expr[] = [];
    for (const part of conjuncts(node.predicate)) {
      const lowered = part.volatility === "volatile" || (staying.length > 0 && callsUser(part)) ? undefined : lower(input, part, node.origin);
      if (lowered === undefined) staying.push(part);
      else input = lowered;
    }
    if (input === node.input) return node;
    return staying.length === 0 ? input : new Filter(input, conjunction(staying), node.origin);
  });
}

/** The node with the condition put in below its nearest watermark; undefined where it cannot be. */
function lower(node: LogicalPlan, predicate: Expr, origin: Filter["origin"]): LogicalPlan | undefined {
  switch (node.kind) {
    case "Filter": {
      if (callsUser(predicate)) return undefined;
      const input = lower(node.input, predicate, origin);
      return input === undefined ? undefined : new Filter(input, node.predicate, node.origin);
    }
    case "Watermark":
      return columnsOf(predicate).has(node.spec.column) ? undefined : new Watermark(new Filter(node.input, predicate, origin), node.spec, node.origin);
    case "Project":
      return lowerThroughProject(node, predicate, origin);
    case "Explode":
    case "Expand": {
      // Asked of the row, not of each that it becomes.
      const own = new Set(node.input.output.map((column) => column.id));
      const input = !callsUser(predicate) && [...columnsOf(predicate)].every((id) => own.has(id)) ? lower(node.input, predicate, origin) : undefined;
      return input === undefined ? undefined : node.withChildren([input]);
    }
    case "Union":
      return lowerThroughUnion(node, predicate, origin);
    case "Join": {
      const reachable = new Set(node.left.output.map((column) => column.id));
      if (callsUser(predicate) || !node.left.streaming || node.right.streaming || ![...columnsOf(predicate)].every((id) => reachable.has(id))) return undefined;
      const left = lower(node.left, predicate, origin);
      return left === undefined ? undefined : node.with({ left });
    }
    default:
      return undefined;
  }
}

/** Into every input as far down as it goes there; where no input has a watermark the condition stays above. */
function lowerThroughUnion(node: Union, predicate: Expr, origin: Filter["origin"]): LogicalPlan | undefined {
  let lowers = false;
  const inputs = node.inputs.map((input, at) => {
    const sources = new Map(node.columns.flatMap(({ id, sources }): readonly (readonly [ColumnId, Expr])[] => {
      const column = input.output.find((candidate) => candidate.id === sources[at]);
      return column === undefined ? [] : [[id, columnRef(column.id, column.name, column.type, column.nullable)]];
    }));
    const own = substitute(predicate, sources);
    const lowered = lower(input, own, origin);
    lowers ||= lowered !== undefined;
    return lowered ?? new Filter(input, own, origin);
  });
  return lowers ? new Union(inputs, node.columns, node.origin) : undefined;
}

function lowerThroughProject(node: Project, predicate: Expr, origin: Filter["origin"]): LogicalPlan | undefined {
  const definitions = new Map<ColumnId, Expr>(node.columns.map(({ id, expr }) => [id, expr]));
  if ([...columnsOf(predicate)].some((id) => definitions.get(id)?.volatility === "volatile")) return undefined;
  const computed = [...columnsOf(predicate)].some((id) => definitions.get(id)?.kind !== "ColumnRef");
  const below = substitute(predicate, definitions);
  const { input } = node;
  if (computed && input.kind === "Watermark" && !columnsOf(below).has(input.spec.column)) {
    const time = node.columns.find(({ expr }) => expr.kind === "ColumnRef" && expr.id === input.spec.column);
    if (time !== undefined) {
      const projection = new Project(input.input, node.columns, node.origin);
      return new Watermark(new Filter(projection, predicate, origin), { ...input.spec, column: time.id, columnName: time.name }, input.origin);
    }
  }
  // What is substituted stays in the projection too.
  if ([...columnsOf(predicate)].some((id) => {
    const definition = definitions.get(id);
    return definition !== undefined && callsUser(definition);
  })) return undefined;
  const lowered = lower(input, below, origin);
  return lowered === undefined ? undefined : new Project(lowered, node.columns, node.origin);
}
