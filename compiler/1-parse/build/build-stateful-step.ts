import type {
  AggregateStepCstNode, CountCstNode, GroupByCstNode, JoinStepCstNode, NamedExpressionCstNode, RouteCstNode, SortKeysCstNode,
  StateStepCstNode, StepBodyCstChildren, WatermarkStepCstNode,
} from "../../../grammar/cst.generated.ts";
import { repeatedClause } from "../../diagnostics/catalogue/syntax.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { CountNode, GroupKey, JoinKind, NamedExpression, Route, SortKey, Step, StepBase } from "../../ir/ast/index.ts";
import { nameOf, nodeSpan, only, type BuildContext } from "./build-context.ts";
import { buildExpression } from "./build-expression.ts";
import { buildDuration, buildNameExpression, buildNumber } from "./build-literal.ts";
import { buildRelation } from "./build-relation.ts";

/** Steps that remember rows. */
export function buildStatefulStep(base: StepBase, step: StepBodyCstChildren, context: BuildContext): Step {
  if (step.watermarkStep) return buildWatermark(base, only(step.watermarkStep), context);
  if (step.aggregateStep) return buildAggregate(base, only(step.aggregateStep), context);
  if (step.joinStep) return buildJoin(base, only(step.joinStep), context);
  if (step.unionStep) return { ...base, kind: "Union", relations: only(step.unionStep).children.relation.map((node) => buildRelation(node, context)) };
  if (step.dedupStep) {
    const { expression = [], within } = only(step.dedupStep).children;
    const bound = within && only(within).children;
    return {
      ...base, kind: "Dedup", keys: expression.map((key) => buildExpression(key, context)),
      within: bound && (bound.duration ? buildDuration(only(bound.duration), context) : "watermark"),
    };
  }
  if (step.topStep) {
    const { count, With, alias, sortKeys, expression = [] } = only(step.topStep).children;
    return {
      ...base, kind: "Top", count: buildCount(only(count)), withTies: With !== undefined,
      rank: alias && nameOf(only(only(alias).children.Name)), order: buildOrder(only(sortKeys), context),
      per: expression.map((key) => buildExpression(key, context)),
    };
  }
  if (step.orderStep) return { ...base, kind: "OrderBy", order: buildOrder(only(only(step.orderStep).children.sortKeys), context) };
  if (step.limitStep) return { ...base, kind: "Limit", count: buildCount(only(only(step.limitStep).children.count)) };
  if (step.stateStep) return buildState(base, only(step.stateStep), context);
  return internalError("E9106", "a step of a kind that the builder does not know");
}

export function buildNamedExpression({ children }: NamedExpressionCstNode, context: BuildContext): NamedExpression {
  return { value: buildExpression(only(children.expression), context), name: nameOf(only(children.Name)) };
}

function buildWatermark(base: StepBase, { children }: WatermarkStepCstNode, context: BuildContext): Step {
  for (const [clause, nodes] of Object.entries({ late: children.lateClause, future: children.futureClause, idle: children.idleClause })) {
    const [first, second] = nodes ?? [];
    if (first !== undefined && second !== undefined) {
      context.report(repeatedClause({ clause }).at(nodeSpan(second)).also(nodeSpan(first), "the first one").helped("keep one of them"));
    }
  }
  const late = children.lateClause?.[0];
  const future = children.futureClause?.[0];
  const idle = children.idleClause?.[0];
  return {
    ...base,
    kind: "Watermark",
    column: only(children.path).children.Name.map(nameOf),
    delay: buildDuration(only(children.duration), context),
    late: late && buildRoute(only(late.children.route)),
    future: future && { after: buildDuration(only(future.children.duration), context), route: buildRoute(only(future.children.route)) },
    idle: idle && buildDuration(only(idle.children.duration), context),
  };
}

function buildRoute(node: RouteCstNode): Route {
  const span = nodeSpan(node);
  const { Name } = node.children;
  return Name ? { kind: "into", span, target: nameOf(only(Name)) } : { kind: "drop", span };
}

function buildAggregate(base: StepBase, { children }: AggregateStepCstNode, context: BuildContext): Step {
  return {
    ...base,
    kind: "Aggregate",
    aggregates: (children.namedExpression ?? []).map((item) => buildNamedExpression(item, context)),
    keys: children.groupBy ? buildGroupKeys(only(children.groupBy), context) : [],
    perBatch: children.Batch !== undefined,
  };
}

function buildGroupKeys(node: GroupByCstNode, context: BuildContext): readonly GroupKey[] {
  return node.children.groupKey.map((key): GroupKey => {
    const { groupingSets, expression, alias } = key.children;
    const span = nodeSpan(key);
    if (!groupingSets) {
      return { kind: "ExpressionKey", span, value: buildExpression(only(expression), context), alias: alias && nameOf(only(only(alias).children.Name)) };
    }
    const sets = only(groupingSets).children.keySet.map((set) => (set.children.expression ?? []).map((item) => buildExpression(item, context)));
    return { kind: "GroupingSets", span, sets };
  });
}

const joinKinds: Readonly<Record<string, JoinKind>> = {
  inner: "inner", left: "left", right: "right", full: "full", semi: "semi", anti: "anti", cross: "cross",
};

function buildJoin(base: StepBase, { children }: JoinStepCstNode, context: BuildContext): Step {
  const { joinKind, Latest, relation } = only(children.joinRight).children;
  const kind = joinKind && joinKinds[only(only(joinKind).children.kind).image];
  const using = children.usingColumns?.[0];
  return {
    ...base,
    kind: "Join",
    joinKind: kind ?? "inner",
    latest: Latest !== undefined,
    right: buildRelation(only(relation), context),
    condition: using
      ? { kind: "using", columns: using.children.Name.map(nameOf) }
      : children.expression && { kind: "on", value: buildExpression(only(children.expression), context) },
    unbounded: children.Unbounded !== undefined,
  };
}

function buildOrder(node: SortKeysCstNode, context: BuildContext): readonly SortKey[] {
  return node.children.sortKey.map((key) => {
    const { expression, Desc, nulls } = key.children;
    return {
      span: nodeSpan(key),
      value: buildExpression(only(expression), context),
      descending: Desc !== undefined,
      nulls: nulls && (only(nulls).children.First ? "first" : "last"),
    };
  });
}

function buildCount({ children }: CountCstNode): CountNode {
  return children.Integer ? buildNumber(only(children.Integer)) : buildNameExpression(only(children.Name));
}

function buildState(base: StepBase, { children }: StateStepCstNode, context: BuildContext): Step {
  const timeout = children.timeoutClause?.[0]?.children;
  return {
    ...base,
    kind: "State",
    function: nameOf(only(children.function)),
    keys: children.expression.map((key) => buildExpression(key, context)),
    initial: children.initialTable && nameOf(only(children.initialTable)),
    timeout: timeout && { duration: buildDuration(only(timeout.duration), context), processingTime: timeout.Processing !== undefined },
  };
}
