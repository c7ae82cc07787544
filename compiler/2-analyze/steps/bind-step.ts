import { namedStateless } from "../../diagnostics/catalogue/names.ts";
import type { Step } from "../../ir/ast/step.ts";
import { aliased } from "../expressions/scope.ts";
import { bindAggregate } from "./bind-aggregate.ts";
import { bindApply } from "./bind-apply.ts";
import { bindDrop, bindRename } from "./bind-columns.ts";
import { bindDedup, bindDistinct } from "./bind-dedup.ts";
import { bindExplode } from "./bind-explode.ts";
import { bindExtend, bindSet } from "./bind-extend.ts";
import { bindFilterWith } from "./bind-filter-with.ts";
import { bindFlatMap } from "./bind-flat-map.ts";
import { bindJoin } from "./bind-join.ts";
import { bindMap } from "./bind-map.ts";
import { bindLimit, bindOrderBy } from "./bind-order.ts";
import { bindParse } from "./bind-parse.ts";
import { bindSelect } from "./bind-select.ts";
import { bindState } from "./bind-state.ts";
import { bindTop } from "./bind-top.ts";
import { bindUnion } from "./bind-union.ts";
import { bindUnpivot } from "./bind-unpivot.ts";
import { bindWatermark } from "./bind-watermark.ts";
import { bindWhere } from "./bind-where.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { poisonedRelation } from "./bound-relation.ts";
import type { StepContext } from "./step-context.ts";
import { stepWords } from "./step-words.ts";

const stateless: ReadonlySet<Step["kind"]> = new Set(["Where", "Select", "Extend", "Set", "Drop", "Rename", "As", "OrderBy", "Explode", "Unpivot", "Parse", "Map", "FilterWith", "FlatMap", "Transform", "Union"]);

/** Binds one step over the rows that reach it. */
export function bindStep(step: Step, input: BoundRelation, context: StepContext): BoundRelation {
  if (step.named !== undefined && stateless.has(step.kind)) {
    context.job.report(namedStateless({ step: stepWords(step) }).at(step.named.span).helped("leave `named` out"));
  }
  switch (step.kind) {
    case "Where":
      return bindWhere(step, input, context);
    case "Select":
      return bindSelect(step, input, context);
    case "Extend":
      return bindExtend(step, input, context);
    case "Set":
      return bindSet(step, input, context);
    case "Drop":
      return bindDrop(step, input, context);
    case "Rename":
      return bindRename(step, input, context);
    case "As":
      return { ...input, scope: aliased(input.scope, step.alias.text) };
    case "Watermark":
      return bindWatermark(step, input, context);
    case "Aggregate":
      return bindAggregate(step, input, context);
    case "Join":
      return bindJoin(step, input, context);
    case "Union":
      return bindUnion(step, input, context);
    case "Distinct":
      return bindDistinct(step, input, context);
    case "Dedup":
      return bindDedup(step, input, context);
    case "Top":
      return bindTop(step, input, context);
    case "OrderBy":
      return bindOrderBy(step, input, context);
    case "Limit":
      return bindLimit(step, input, context);
    case "Explode":
      return bindExplode(step, input, context);
    case "Unpivot":
      return bindUnpivot(step, input, context);
    case "Parse":
      return bindParse(step, input, context);
    case "Map":
      return step.async ? bindApply(step, input, context) : bindMap(step, input, context);
    case "Transform":
      return bindApply(step, input, context);
    case "FilterWith":
      return bindFilterWith(step, input, context);
    case "FlatMap":
      return bindFlatMap(step, input, context);
    case "State":
      return bindState(step, input, context);
    case "MissingStep":
      return poisonedRelation(step.span);
  }
}
