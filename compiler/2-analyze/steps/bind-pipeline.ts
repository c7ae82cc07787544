import type { Pipeline, Relation } from "../../ir/ast/step.ts";
import { aliased } from "../expressions/scope.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { poisonedRelation } from "./bound-relation.ts";
import { letsHiddenColumnsPass, withoutHiddenColumns } from "./hidden-columns.ts";
import { bindStep } from "./bind-step.ts";
import type { StepContext } from "./step-context.ts";

/** Binds a pipeline: its head, then its steps in order. */
export function bindPipeline(pipeline: Pipeline, context: StepContext): BoundRelation {
  let relation = bindHead(pipeline.head, context);
  for (const step of pipeline.steps) relation = bindStep(step, letsHiddenColumnsPass(step) ? relation : withoutHiddenColumns(relation, context.job), context);
  return relation;
}

/** The other side of a join or a union. */
export function bindRelation(node: Relation, context: StepContext): BoundRelation {
  return withoutHiddenColumns(bindHead(node, context), context.job);
}

/** A named relation is known under its alias or its name, a pipeline in parentheses under its alias or as it is. */
function bindHead(node: Relation, context: StepContext): BoundRelation {
  switch (node.kind) {
    case "MissingRelation":
      return poisonedRelation(node.span);
    case "NamedRelation": {
      const relation = context.relation(node.name);
      return { ...relation, scope: aliased(relation.scope, (node.alias ?? node.name).text) };
    }
    case "NestedRelation": {
      const relation = bindPipeline(node.pipeline, context);
      return node.alias === undefined ? relation : { ...relation, scope: aliased(relation.scope, node.alias.text) };
    }
  }
}
