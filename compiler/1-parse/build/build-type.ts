import type { FieldCstNode, NamedTypeCstNode, RecordTypeCstNode, TypeCstNode } from "../../../grammar/cst.generated.ts";
import { nestingLimit } from "../../../grammar/rules/recovery-rules.ts";
import { nestingTooDeep } from "../../diagnostics/catalogue/syntax.ts";
import type { FieldNode, RecordTypeNode, TypeNode } from "../../ir/ast/index.ts";
import { nameOf, nodeSpan, only, part, type BuildContext } from "./build-context.ts";
import { buildFieldName } from "./build-literal.ts";

export function buildType(node: TypeCstNode, context: BuildContext): TypeNode {
  const { recordType, namedType, typeSuffix = [] } = node.children;
  const { start } = nodeSpan(node);
  let type: TypeNode = recordType ? buildRecordType(only(recordType), context) : buildNamedType(only(namedType), context);
  if (typeSuffix.length > nestingLimit) {
    context.report(nestingTooDeep({ limit: nestingLimit }).at(nodeSpan(node)));
    return { kind: "MissingType", span: nodeSpan(node) };
  }
  for (const suffix of typeSuffix) {
    const span = { start, end: nodeSpan(suffix).end };
    type = suffix.children.Question ? { kind: "NullableType", span, type } : { kind: "ArrayType", span, element: type };
  }
  return type;
}

export function buildRecordType(node: RecordTypeCstNode, context: BuildContext): RecordTypeNode {
  const fields = (node.children.field ?? []).flatMap((field) => buildField(field, context));
  return { kind: "RecordType", span: nodeSpan(node), fields };
}

/** A field that is too broken to build is left out. */
function buildField(node: FieldCstNode, context: BuildContext): readonly FieldNode[] {
  const body = part(node.children.fieldBody);
  if (body === undefined) return [];
  return [{ name: buildFieldName(only(body.children.fieldName), context), type: buildType(only(body.children.type), context) }];
}

function buildNamedType(node: NamedTypeCstNode, context: BuildContext): TypeNode {
  const { Name, typeNumbers, typeArguments } = node.children;
  return {
    kind: "NamedType",
    span: nodeSpan(node),
    name: nameOf(only(Name)),
    numbers: (typeNumbers?.[0]?.children.Integer ?? []).map((token) => Number(token.image)),
    typeArguments: (typeArguments?.[0]?.children.type ?? []).map((type) => buildType(type, context)),
  };
}
