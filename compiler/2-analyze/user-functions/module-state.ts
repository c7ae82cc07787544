import type { Node, Symbol as MorphSymbol } from "ts-morph";
import { morph } from "./morph.ts";

/** A variable that lives as long as its module. */
export interface ModuleVariable {
  readonly node: Node;
  /** `let` or `var`. */
  readonly isAssignable: boolean;
  /** A regular expression with the flag `g` or `y`, which remembers where it was. */
  readonly isStickyPattern: boolean;
}

/** The module's variable that a symbol stands for, seen through imports; undefined for all else. */
export function moduleVariable(symbol: MorphSymbol | undefined): ModuleVariable | undefined {
  const { Node, VariableDeclarationKind } = morph();
  const target = symbol?.isAlias() === true ? symbol.getAliasedSymbol() : symbol;
  for (const declaration of target?.getDeclarations() ?? []) {
    if (declaration.getSourceFile().isDeclarationFile()) continue;
    if (!Node.isVariableDeclaration(declaration) && !Node.isBindingElement(declaration)) continue;
    const statement = declaration.getFirstAncestor(Node.isVariableStatement);
    const outer = statement?.getParent();
    if (statement === undefined || !(Node.isSourceFile(outer) || Node.isModuleBlock(outer)) || isInFunction(declaration, statement)) continue;
    const initializer = Node.isVariableDeclaration(declaration) ? declaration.getInitializer() : undefined;
    return {
      node: declaration.getFirstAncestor(Node.isVariableDeclaration) ?? declaration,
      isAssignable: statement.getDeclarationKind() !== VariableDeclarationKind.Const,
      isStickyPattern: initializer !== undefined && Node.isRegularExpressionLiteral(initializer) && /\/[a-z]*[gy][a-z]*$/.test(initializer.getText()),
    };
  }
  return undefined;
}

/** A variable or parameter of a function that stands in a module's statement. */
function isInFunction(declaration: Node, statement: Node): boolean {
  const { Node } = morph();
  const around = declaration.getFirstAncestor((node) => Node.isFunctionLikeDeclaration(node) || Node.isFunctionExpression(node) || Node.isArrowFunction(node));
  return around !== undefined && around.getStart() > statement.getStart();
}

/** What an access begins with: `cache` of `cache.byName[key]`. */
export function rootOf(expression: Node): Node {
  const { Node } = morph();
  let root = expression;
  while (Node.isPropertyAccessExpression(root) || Node.isElementAccessExpression(root) || Node.isNonNullExpression(root) || Node.isParenthesizedExpression(root) || Node.isAsExpression(root)) root = root.getExpression();
  return root;
}

const mutators: ReadonlySet<string> = new Set(["add", "clear", "copyWithin", "delete", "fill", "pop", "push", "reverse", "set", "shift", "sort", "splice", "unshift"]);

/** Whether what begins with a node is assigned to, or changed by a method of the language's own: `cache.n++`, `cache.rows.push(row)`. */
export function isMutated(node: Node): boolean {
  const { Node } = morph();
  let access = node;
  for (let parent = access.getParent(); parent !== undefined; parent = access.getParent()) {
    const isPart = (Node.isPropertyAccessExpression(parent) || Node.isElementAccessExpression(parent) || Node.isNonNullExpression(parent) || Node.isParenthesizedExpression(parent) || Node.isAsExpression(parent)) && parent.getExpression() === access;
    if (!isPart) break;
    access = parent;
  }
  const parent = access.getParent();
  if (Node.isBinaryExpression(parent)) return parent.getLeft() === access && /^(?:=|\+=|-=|\*=|\*\*=|\/=|%=|<<=|>>=|>>>=|&=|\|=|\^=|&&=|\|\|=|\?\?=)$/.test(parent.getOperatorToken().getText());
  if (Node.isPostfixUnaryExpression(parent) || Node.isDeleteExpression(parent)) return true;
  if (Node.isPrefixUnaryExpression(parent)) return /^(?:\+\+|--)/.test(parent.getText());
  if (!Node.isCallExpression(parent)) return false;
  if (parent.getExpression() !== access) return parent.getArguments()[0] === access && /^Object\.(?:assign|definePropert(?:y|ies)|setPrototypeOf)$/.test(parent.getExpression().getText());
  if (!Node.isPropertyAccessExpression(access) || !mutators.has(access.getName())) return false;
  const method = access.getNameNode().getSymbol();
  return method === undefined || method.getDeclarations().every((declaration) => declaration.getSourceFile().isDeclarationFile());
}
