import type { PipelineCstNode, RelationCstNode } from "../../../grammar/cst.generated.ts";
import type { Pipeline, Relation, Step } from "../../ir/ast/index.ts";
import type { Span } from "../../source/span.ts";
import { nameOf, nodeSpan, only, part, tokenSpan, type BuildContext } from "./build-context.ts";
import { buildStep } from "./build-step.ts";

/** A pipeline behind the offset `from`; what is broken in it becomes a missing relation or step. */
export function buildPipeline(node: PipelineCstNode, from: number, context: BuildContext): Pipeline {
  const { pipelineHead, Pipe = [], step = [] } = node.children;
  const headNode = only(pipelineHead);
  const relation = part(headNode.children.relation);
  const headSpan = recovered(headNode.location, from);
  const { start } = headSpan;
  const head: Relation =
    relation === undefined || context.broken.has(relation) ? { kind: "MissingRelation", span: headSpan } : buildRelation(relation, context);
  const steps = step.map((stepNode, index): Step => {
    const body = part(stepNode.children.namedStep);
    if (body !== undefined && !context.broken.has(body)) return buildStep(body, context);
    const pipe = Pipe[index];
    return { kind: "MissingStep", span: recovered(stepNode.location, pipe === undefined ? start : tokenSpan(pipe).end), named: undefined };
  });
  return { kind: "Pipeline", span: { start, end: steps.at(-1)?.span.end ?? head.span.end }, head, steps };
}

export function buildRelation(node: RelationCstNode, context: BuildContext): Relation {
  const { Name, LeftParen, pipeline, alias } = node.children;
  const span = nodeSpan(node);
  const aliasName = alias && nameOf(only(only(alias).children.Name));
  if (pipeline) return { kind: "NestedRelation", span, pipeline: buildPipeline(only(pipeline), tokenSpan(only(LeftParen)).end, context), alias: aliasName };
  return { kind: "NamedRelation", span, name: nameOf(only(Name)), alias: aliasName };
}

/** What was skipped, or nothing just behind `from` where nothing was. */
function recovered(location: { readonly startOffset: number; readonly endOffset?: number } | undefined, from: number): Span {
  const end = location?.endOffset ?? Number.NaN;
  if (location === undefined || Number.isNaN(location.startOffset) || Number.isNaN(end)) return { start: from, end: from };
  return { start: location.startOffset, end: end + 1 };
}
