import type { NamedStepCstNode, StepBodyCstChildren } from "../../../grammar/cst.generated.ts";
import type { Step, StepBase } from "../../ir/ast/index.ts";
import { nameOf, nodeSpan, only, type BuildContext } from "./build-context.ts";
import { buildCall, buildExpression } from "./build-expression.ts";
import { buildLiteral } from "./build-literal.ts";
import { buildNamedExpression, buildStatefulStep } from "./build-stateful-step.ts";
import { buildType } from "./build-type.ts";

/** A complete step with the name that `named` gives it. */
export function buildStep(node: NamedStepCstNode, context: BuildContext): Step {
  const body = only(node.children.stepBody);
  const named = node.children.Name && nameOf(only(node.children.Name));
  const base: StepBase = { span: nodeSpan(node), named };
  return buildRowStep(base, body.children, context) ?? buildStatefulStep(base, body.children, context);
}

function buildRowStep(base: StepBase, step: StepBodyCstChildren, context: BuildContext): Step | undefined {
  if (step.whereStep) return { ...base, kind: "Where", condition: buildExpression(only(only(step.whereStep).children.expression), context) };
  if (step.selectStep) {
    const items = only(step.selectStep).children.selectItem.map((item) => {
      const { expression, alias } = item.children;
      const span = nodeSpan(item);
      const value = expression ? buildExpression(only(expression), context) : ({ kind: "StarExpression", span, base: undefined } as const);
      return { span, value, alias: alias && nameOf(only(only(alias).children.Name)) };
    });
    return { ...base, kind: "Select", items };
  }
  if (step.extendStep) {
    return { ...base, kind: "Extend", columns: only(step.extendStep).children.namedExpression.map((item) => buildNamedExpression(item, context)) };
  }
  if (step.setStep) {
    const columns = only(step.setStep).children.assignment.map(({ children }) => ({
      value: buildExpression(only(children.expression), context),
      name: nameOf(only(children.Name)),
    }));
    return { ...base, kind: "Set", columns };
  }
  if (step.dropStep) return { ...base, kind: "Drop", columns: only(step.dropStep).children.Name.map(nameOf) };
  if (step.renameStep) {
    const columns = only(step.renameStep).children.renaming.map(({ children }) => ({ from: nameOf(only(children.from)), to: nameOf(only(children.to)) }));
    return { ...base, kind: "Rename", columns };
  }
  if (step.asStep) return { ...base, kind: "As", alias: nameOf(only(only(step.asStep).children.Name)) };
  if (step.distinctStep) return { ...base, kind: "Distinct" };
  return buildShapeStep(base, step, context);
}

/** Steps that rebuild the row: table functions, parsing, the user's own functions. */
function buildShapeStep(base: StepBase, step: StepBodyCstChildren, context: BuildContext): Step | undefined {
  if (step.explodeStep) {
    const { Explode, expression, Name } = only(step.explodeStep).children;
    const second = Name[1];
    return {
      ...base, kind: "Explode", outer: Explode === undefined, value: buildExpression(only(expression), context),
      name: nameOf(only(Name)), second: second && nameOf(second),
    };
  }
  if (step.unpivotStep) {
    const { value, key, unpivotColumn } = only(step.unpivotStep).children;
    const columns = unpivotColumn.map(({ children }) => ({
      column: nameOf(only(children.Name)),
      label: children.literal && buildLiteral(only(children.literal), context),
    }));
    return { ...base, kind: "Unpivot", value: nameOf(only(value)), key: nameOf(only(key)), columns };
  }
  if (step.parseStep) {
    const { call, type } = only(step.parseStep).children;
    return { ...base, kind: "Parse", call: buildCall(only(call), context), type: buildType(only(type), context) };
  }
  if (step.mapStep) {
    const { Name, Async } = only(step.mapStep).children;
    return { ...base, kind: "Map", function: nameOf(only(Name)), async: Async !== undefined };
  }
  if (step.functionStep) {
    const { Name, Filter, FlatMap } = only(step.functionStep).children;
    return { ...base, kind: Filter ? "FilterWith" : FlatMap ? "FlatMap" : "Transform", function: nameOf(only(Name)) };
  }
  return undefined;
}
