import { isBuiltin } from "node:module";
import type { Identifier, Node, PropertyAccessExpression, Symbol as MorphSymbol } from "ts-morph";
import { changedElsewhere } from "./changed-elsewhere.ts";
import { dateConstructionKind, dateMemberKind } from "./local-time.ts";
import { morph } from "./morph.ts";
import { isMutated, moduleVariable, rootOf, type ModuleVariable } from "./module-state.ts";
import { builtInKind, globalKind, packageOf, type UnrepeatableKind } from "./unrepeatable.ts";

/** A use, with the expression that is it. */
export interface UnrepeatableUse {
  readonly kind: UnrepeatableKind;
  readonly node: Node;
}

/** A package whose code is not read, at its first use. */
export interface PackageUse {
  readonly name: string;
  readonly node: Node;
}

/** What functions, and all that they call in the user's own modules, use beside their arguments. */
export function findUnrepeatable(roots: readonly Node[]): { readonly uses: readonly UnrepeatableUse[]; readonly packages: readonly PackageUse[] } {
  const finder = new Finder();
  for (const root of roots) finder.follow(root, true);
  finder.run();
  return { uses: [...finder.uses.values()], packages: [...finder.packages.values()] };
}

class Finder {
  readonly uses = new Map<Node, UnrepeatableUse>();
  readonly packages = new Map<string, PackageUse>();
  readonly #seen = { kept: new Set<Node>(), passing: new Set<Node>() };
  readonly #waiting: { readonly node: Node; readonly isThisKept: boolean }[] = [];

  /** `isThisKept`: `this` in it is an object that lives as long as its module. */
  follow(node: Node, isThisKept: boolean): void {
    const seen = isThisKept ? this.#seen.kept : this.#seen.passing;
    if (seen.has(node)) return;
    seen.add(node);
    this.#waiting.push({ node, isThisKept });
  }

  run(): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) this.#walk(next.node, next.isThisKept);
  }

  #walk(root: Node, isThisKept: boolean): void {
    const { Node } = morph();
    root.forEachDescendant((node, traversal) => {
      if ((Node.isTypeNode(node) && !Node.isExpressionWithTypeArguments(node)) || Node.isInterfaceDeclaration(node) || Node.isTypeAliasDeclaration(node)) traversal.skip();
      else if (Node.isIdentifier(node)) this.#identifier(node, isThisKept);
      else if (Node.isThisExpression(node)) {
        if (isThisKept && isMutated(node)) this.#use("state", node);
      } else if (Node.isMetaProperty(node) || Node.isImportExpression(node)) this.#use("outside", node);
    });
  }

  #identifier(node: Identifier, isThisKept: boolean): void {
    const { Node } = morph();
    const parent = node.getParent();
    if (Node.isShorthandPropertyAssignment(parent)) {
      this.#reference(parent.getValueSymbol(), node, isThisKept);
      return;
    }
    if (Node.isPropertyAccessExpression(parent) && parent.getNameNode() === node) {
      this.#member(parent, isThisKept);
      return;
    }
    if (Node.isBindingElement(parent) && parent.getPropertyNameNode() === node) return;
    if (parent !== undefined && "getNameNode" in parent && typeof parent.getNameNode === "function" && parent.getNameNode() === node) return;
    this.#reference(node.getSymbol(), node, isThisKept);
  }

  /** `base.name`: what the name stands for where it is declared in a module of the user's own. */
  #member(access: PropertyAccessExpression, isThisKept: boolean): void {
    const { Node } = morph();
    const kind = dateMemberKind(access);
    if (kind !== undefined) this.#use(kind, access);
    const symbol = access.getNameNode().getSymbol();
    const root = rootOf(access.getExpression());
    const isKept = Node.isThisExpression(root) ? isThisKept : Node.isIdentifier(root) && moduleVariable(root.getSymbol()) !== undefined;
    if (symbol !== undefined && declaredByUser(symbol)) this.#reference(symbol, access, isKept);
  }

  #reference(symbol: MorphSymbol | undefined, node: Node, isThisKept: boolean): void {
    const { Node } = morph();
    const imported = symbol?.getDeclarations().find((declaration) => declaration.getFirstAncestor(Node.isImportDeclaration) !== undefined);
    const specifier = imported?.getFirstAncestor(Node.isImportDeclaration)?.getModuleSpecifierValue();
    if (imported !== undefined && specifier !== undefined && !specifier.startsWith(".")) {
      this.#foreign(specifier, Node.isImportSpecifier(imported) ? imported.getName() : memberOf(node), node);
      return;
    }
    const target = symbol?.isAlias() === true ? symbol.getAliasedSymbol() : symbol;
    if (target === undefined || !declaredByUser(target)) {
      if (imported === undefined) this.#global(node);
      return;
    }
    const alias = globalNamed(target);
    if (alias !== undefined) this.#global(node, alias);
    const variable = moduleVariable(target);
    if (variable !== undefined) this.#variable(variable, node);
    for (const declaration of target.getDeclarations()) {
      if (Node.isClassDeclaration(declaration) && isMutated(node)) this.#use("state", node);
      // An object that the function makes itself ends with the call.
      if (isFollowed(declaration)) this.follow(declaration, isThisKept && !Node.isClassDeclaration(declaration));
    }
  }

  #variable(variable: ModuleVariable, node: Node): void {
    if (variable.isAssignable || isMutated(node) || (variable.isStickyPattern && keepsLastIndex(node))) this.#use("state", node);
    const change = changedElsewhere(node);
    if (change !== undefined) this.#use("state", change);
    this.follow(variable.node, true);
  }

  #foreign(specifier: string, member: string | undefined, node: Node): void {
    if (isBuiltin(specifier)) {
      const kind = builtInKind(specifier, member);
      if (kind !== undefined) this.#use(kind, node);
      return;
    }
    const name = packageOf(specifier);
    if (name !== undefined && !this.packages.has(name)) this.packages.set(name, { name, node });
  }

  /** `name`: of the global that a node stands for. */
  #global(node: Node, name: string = node.getText()): void {
    const { Node } = morph();
    const zone = dateConstructionKind(node, name);
    if (zone !== undefined) this.#use(zone, node);
    const taken = membersTaken(node);
    if (name !== "Date") {
      const kind = taken.map((member) => globalKind(name, member)).find((found) => found !== undefined) ?? (taken.length === 0 && !isGivenName(node) ? globalKind(name, undefined) : undefined);
      if (kind !== undefined) this.#use(kind, node);
      return;
    }
    const parent = node.getParent();
    const isNow = Node.isNewExpression(parent) ? parent.getExpression() === node && parent.getArguments().length === 0 : Node.isCallExpression(parent) ? parent.getExpression() === node : taken.includes("now");
    if (isNow) this.#use("clock", node);
  }

  #use(kind: UnrepeatableKind, node: Node): void {
    const whole = wholeUse(node);
    if (!this.uses.has(whole)) this.uses.set(whole, { kind, node: whole });
  }
}

/** The member that is taken of a name: `now` of `Date.now()`. */
function memberOf(node: Node): string | undefined {
  const { Node } = morph();
  const parent = node.getParent();
  if (Node.isPropertyAccessExpression(parent)) return parent.getExpression() === node ? parent.getName() : undefined;
  const argument = Node.isElementAccessExpression(parent) && parent.getExpression() === node ? parent.getArgumentExpression() : undefined;
  return Node.isStringLiteral(argument) || Node.isNoSubstitutionTemplateLiteral(argument) ? argument.getLiteralText() : undefined;
}

/** The members that are taken of a name, by a variable's pattern too: `const { now } = Date`. */
function membersTaken(node: Node): readonly string[] {
  const { Node } = morph();
  const member = memberOf(node);
  if (member !== undefined) return [member];
  const parent = node.getParent();
  const pattern = Node.isVariableDeclaration(parent) && parent.getInitializer() === node ? parent.getNameNode() : undefined;
  return Node.isObjectBindingPattern(pattern) ? pattern.getElements().map((element) => element.getPropertyNameNode()?.getText() ?? element.getName()) : [];
}

/** Whether a global only gets another name here, by which its uses are found: `const D = Date`. */
function isGivenName(node: Node): boolean {
  const { Node } = morph();
  const parent = node.getParent();
  return Node.isVariableDeclaration(parent) && parent.getInitializer() === node && Node.isIdentifier(parent.getNameNode()) && ["Math", "crypto"].includes(node.getText());
}

/** The global that a constant is another name of. */
function globalNamed(symbol: MorphSymbol): string | undefined {
  const { Node } = morph();
  const declaration = symbol.getValueDeclaration();
  const initializer = Node.isVariableDeclaration(declaration) ? declaration.getInitializer() : undefined;
  if (!Node.isIdentifier(initializer) || !["Date", "Math", "crypto", "Intl"].includes(initializer.getText())) return undefined;
  const global = initializer.getSymbol();
  return global === undefined || !declaredByUser(global) ? initializer.getText() : undefined;
}

/** The expression around a name that says what is done with it: `Date.now()`. */
function wholeUse(node: Node): Node {
  const { Node } = morph();
  let whole = node;
  for (let parent = whole.getParent(); parent !== undefined; parent = whole.getParent()) {
    const isPart = (Node.isPropertyAccessExpression(parent) || Node.isElementAccessExpression(parent) || Node.isCallExpression(parent) || Node.isNewExpression(parent) || Node.isNonNullExpression(parent)) && parent.getExpression() === whole;
    const isTarget = (Node.isBinaryExpression(parent) && parent.getLeft() === whole && /^[^=!<>]*=$/.test(parent.getOperatorToken().getText())) || Node.isPostfixUnaryExpression(parent) || Node.isPrefixUnaryExpression(parent) || Node.isDeleteExpression(parent);
    if (!isPart && !isTarget) return whole;
    whole = parent;
    if (!isPart || Node.isCallExpression(parent) || Node.isNewExpression(parent)) return whole;
  }
  return whole;
}

/** Whether a global or sticky pattern is used by what moves its `lastIndex`. */
function keepsLastIndex(node: Node): boolean {
  const member = memberOf(node);
  return member === "exec" || member === "test" || member === "lastIndex";
}

function declaredByUser(symbol: MorphSymbol): boolean {
  return symbol.getDeclarations().some((declaration) => !declaration.getSourceFile().isDeclarationFile());
}

/** Declarations whose code runs where they are named. */
function isFollowed(declaration: Node): boolean {
  const { Node } = morph();
  return (
    Node.isFunctionDeclaration(declaration) ||
    Node.isClassDeclaration(declaration) ||
    Node.isMethodDeclaration(declaration) ||
    Node.isGetAccessorDeclaration(declaration) ||
    Node.isSetAccessorDeclaration(declaration) ||
    Node.isPropertyDeclaration(declaration) ||
    Node.isPropertyAssignment(declaration) ||
    Node.isExportAssignment(declaration)
  );
}
