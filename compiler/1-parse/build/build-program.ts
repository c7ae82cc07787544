import type {
  ImportStatementCstNode, InputStatementCstNode, OptionStatementCstNode, ParamStatementCstNode, ProgramCstNode, SchemaStatementCstNode,
  StatementCstNode, StreamStatementCstNode, WindowStatementCstNode,
} from "../../../grammar/cst.generated.ts";
import type { Name, Pipeline, Program, Statement } from "../../ir/ast/index.ts";
import type { Span } from "../../source/span.ts";
import { nameOf, nodeSpan, only, part, tokenSpan, type BuildContext, type BuiltStatement } from "./build-context.ts";
import { buildCall, buildExpression } from "./build-expression.ts";
import { buildLiteral, buildString } from "./build-literal.ts";
import { buildPipeline } from "./build-relation.ts";
import { buildSink } from "./build-sink.ts";
import { buildRecordType, buildType } from "./build-type.ts";

/** Builds the program; what is broken is left out or stands there as missing. */
export function buildProgram(cst: ProgramCstNode, length: number, context: BuildContext): Program {
  const statements: Statement[] = [];
  const unparsed: Name[] = [];
  for (const guarded of cst.children.guardedStatement ?? []) {
    const node = part(guarded.children.statement);
    const built = node && buildStatement(node, context);
    if (built?.kind === "unparsed") unparsed.push(built.name);
    else if (built !== undefined) statements.push(built);
  }
  return { kind: "Program", span: { start: 0, end: length }, statements, unparsed };
}

function buildStatement({ children }: StatementCstNode, context: BuildContext): BuiltStatement {
  if (children.importStatement) return buildImport(only(children.importStatement), context);
  if (children.optionStatement) return buildOption(only(children.optionStatement), context);
  if (children.paramStatement) return buildParam(only(children.paramStatement), context);
  if (children.schemaStatement) return buildSchema(only(children.schemaStatement), context);
  if (children.inputStatement) return buildInput(only(children.inputStatement), context);
  if (children.windowStatement) return buildWindow(only(children.windowStatement), context);
  if (children.streamStatement) return buildStream(only(children.streamStatement), context);
  return buildSink(only(children.sinkStatement), context);
}

function buildImport(node: ImportStatementCstNode, context: BuildContext): Statement {
  const imports = node.children.importedName.map(({ children }) => {
    const name = nameOf(only(children.Name));
    return { name, alias: children.alias ? nameOf(only(only(children.alias).children.Name)) : name };
  });
  return { kind: "Import", span: nodeSpan(node), imports, from: buildString(only(node.children.Text), context) };
}

function buildOption(node: OptionStatementCstNode, context: BuildContext): Statement {
  const { Name, literal } = node.children;
  return { kind: "Option", span: nodeSpan(node), name: nameOf(only(Name)), value: buildLiteral(only(literal), context) };
}

function buildParam(node: ParamStatementCstNode, context: BuildContext): Statement {
  const span = nodeSpan(node);
  const name = nameOf(only(node.children.Name));
  const body = part(node.children.paramBody)?.children;
  if (body === undefined) return { kind: "Param", span, name, type: { kind: "MissingType", span: behind(name.span) }, value: undefined };
  return {
    kind: "Param", span, name, type: buildType(only(body.type), context),
    value: body.expression && buildExpression(only(body.expression), context),
  };
}

function buildSchema(node: SchemaStatementCstNode, context: BuildContext): BuiltStatement {
  const name = nameOf(only(node.children.Name));
  const body = part(node.children.schemaBody)?.children;
  if (body === undefined) return { kind: "unparsed", name };
  const definition = body.recordType ? buildRecordType(only(body.recordType), context) : buildCall(only(body.call), context);
  return { kind: "Schema", span: nodeSpan(node), name, definition };
}

function buildInput(node: InputStatementCstNode, context: BuildContext): BuiltStatement {
  const name = nameOf(only(node.children.Name));
  const body = part(node.children.inputBody)?.children;
  if (body === undefined) return { kind: "unparsed", name };
  return {
    kind: "Input", span: nodeSpan(node), bounded: node.children.TableStart !== undefined, name,
    type: body.type && buildType(only(body.type), context), from: buildCall(only(body.call), context),
  };
}

function buildWindow(node: WindowStatementCstNode, context: BuildContext): BuiltStatement {
  const name = nameOf(only(node.children.Name));
  const body = part(node.children.windowBody)?.children;
  if (body === undefined) return { kind: "unparsed", name };
  return { kind: "Window", span: nodeSpan(node), name, definition: buildCall(only(body.call), context) };
}

function buildStream(node: StreamStatementCstNode, context: BuildContext): Statement {
  const name = nameOf(only(node.children.Name));
  const body = part(node.children.streamBody)?.children;
  const pipeline = body ? buildPipeline(only(body.pipeline), tokenSpan(only(body.Equal)).end, context) : missingPipeline(behind(name.span));
  return { kind: "Stream", span: nodeSpan(node), name, pipeline };
}

function missingPipeline(span: Span): Pipeline {
  return { kind: "Pipeline", span, head: { kind: "MissingRelation", span }, steps: [] };
}

function behind(span: Span): Span {
  return { start: span.end, end: span.end };
}
