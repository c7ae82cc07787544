import type { Identifier, Node, Symbol as MorphSymbol } from "ts-morph";
import { isMutated, moduleVariable } from "./module-state.ts";
import { morph } from "./morph.ts";

/** Functions that hand a parameter on to functions, which hand it on: no deeper than this. */
const deepest = 4;

/** Where what a name stands for is changed under another name: by a variable that is made of it (`const rows = cache.rows; rows.push(row)`), or by one of the user's functions that it is handed to. */
export function changedElsewhere(name: Node, depth: number = 0): Node | undefined {
  const { Node } = morph();
  if (depth > deepest) return undefined;
  let access = name;
  for (let parent = access.getParent(); isAccessOf(parent, access); parent = access.getParent()) access = parent;
  const parent = access.getParent();
  if (Node.isVariableDeclaration(parent) && parent.getInitializer() === access) {
    const alias = parent.getNameNode();
    const scope = parent.getFirstAncestor((around) => Node.isBlock(around) || Node.isSourceFile(around));
    return Node.isIdentifier(alias) && scope !== undefined && moduleVariable(alias.getSymbol()) === undefined ? changeWithin(scope, alias, depth) : undefined;
  }
  if (!Node.isCallExpression(parent) || parent.getExpression() === access) return undefined;
  const at = parent.getArguments().indexOf(access);
  const callee = parent.getExpression();
  for (const called of functionsOf((Node.isPropertyAccessExpression(callee) ? callee.getNameNode() : callee).getSymbol())) {
    const parameter = called.getParameters()[at]?.getNameNode();
    const found = Node.isIdentifier(parameter) ? changeWithin(called, parameter, depth) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where the object that a variable holds is changed; to give the variable another value is none. */
function changeWithin(scope: Node, name: Identifier, depth: number): Node | undefined {
  const { Node } = morph();
  const symbol = name.getSymbol();
  for (const use of scope.getDescendants()) {
    if (!Node.isIdentifier(use) || use === name || use.getText() !== name.getText() || use.getSymbol() !== symbol) continue;
    const parent = use.getParent();
    if (isMutated(use) && (isAccessOf(parent, use) || Node.isCallExpression(parent))) return use;
    const further = changedElsewhere(use, depth + 1);
    if (further !== undefined) return further;
  }
  return undefined;
}

function functionsOf(symbol: MorphSymbol | undefined): readonly ReturnType<typeof asFunction>[number][] {
  const target = symbol?.isAlias() === true ? symbol.getAliasedSymbol() : symbol;
  return (target?.getDeclarations() ?? []).flatMap(asFunction);
}

function asFunction(declaration: Node) {
  const { Node } = morph();
  const code = Node.isVariableDeclaration(declaration) || Node.isPropertyAssignment(declaration) ? declaration.getInitializer() : declaration;
  const isFunction = Node.isFunctionDeclaration(code) || Node.isArrowFunction(code) || Node.isFunctionExpression(code) || Node.isMethodDeclaration(code);
  return isFunction && !code.getSourceFile().isDeclarationFile() ? [code] : [];
}

function isAccessOf(parent: Node | undefined, access: Node): parent is Node {
  const { Node } = morph();
  return (Node.isPropertyAccessExpression(parent) || Node.isElementAccessExpression(parent) || Node.isNonNullExpression(parent) || Node.isParenthesizedExpression(parent) || Node.isAsExpression(parent)) && parent.getExpression() === access;
}
