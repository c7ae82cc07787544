import type { ColumnId, ColumnRef, Expr } from "./expr.ts";
import { call, caseWhen, cast, fieldAccess, userCall } from "./build.ts";

/** The direct operands, in the order of evaluation. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "Literal":
    case "ColumnRef":
    case "ParamRef":
      return [];
    case "Call":
    case "UserCall":
      return expr.args;
    case "Cast":
    case "FieldAccess":
      return [expr.input];
    case "Case":
      return [...expr.clauses.flatMap((clause) => [clause.when, clause.then]), ...(expr.otherwise === undefined ? [] : [expr.otherwise])];
    case "MakeRecord":
      return expr.values;
    case "MakeArray":
      return expr.items;
  }
}

/**
 * Rebuilds an expression over new operands (same number, same order, same types); returns it unchanged where every operand
 * is the very same object. Nullability is derived again for the kinds that derive it; a call keeps the catalogue's verdict.
 */
export function withChildren(expr: Expr, children: readonly Expr[]): Expr {
  const before = childrenOf(expr);
  if (before.every((child, index) => child === children[index])) return expr;
  const first = children[0] ?? expr;
  switch (expr.kind) {
    case "Literal":
    case "ColumnRef":
    case "ParamRef":
      return expr;
    case "Call":
      return { ...call(expr.name, children, expr.type, expr.nullable, "immutable", expr.origin), volatility: expr.volatility };
    case "UserCall":
      return userCall(expr.function, children, expr.origin);
    case "Cast":
      return cast(first, expr.type, expr.safe, expr.origin);
    case "FieldAccess":
      return { ...fieldAccess(first, expr.field, expr.type, true, expr.origin), nullable: expr.nullable };
    case "Case": {
      const clauses = expr.clauses.map((clause, index) => ({ when: children[2 * index] ?? clause.when, then: children[2 * index + 1] ?? clause.then }));
      const otherwise = expr.otherwise === undefined ? undefined : (children[children.length - 1] ?? expr.otherwise);
      return caseWhen(clauses, otherwise, expr.type, expr.origin);
    }
    case "MakeRecord":
      return { ...expr, values: children };
    case "MakeArray":
      return { ...expr, items: children };
  }
}

/** Children first; `fn` returns its argument to leave a node as it is. */
export function transformExpr(expr: Expr, fn: (node: Expr) => Expr): Expr {
  return fn(withChildren(expr, childrenOf(expr).map((child) => transformExpr(child, fn))));
}

/** Every node, parents before children. */
export function visitExpr(expr: Expr, fn: (node: Expr) => void): void {
  fn(expr);
  for (const child of childrenOf(expr)) visitExpr(child, fn);
}

/** The columns that an expression reads. */
export function columnsOf(expr: Expr): ReadonlySet<ColumnId> {
  const found = new Set<ColumnId>();
  visitExpr(expr, (node) => {
    if (node.kind === "ColumnRef") found.add(node.id);
  });
  return found;
}

/** Replaces columns by expressions; columns not in the map stay. */
export function substitute(expr: Expr, replacements: ReadonlyMap<ColumnId, Expr>): Expr {
  return transformExpr(expr, (node) => (node.kind === "ColumnRef" ? (replacements.get(node.id) ?? node) : node));
}

/** Whether two expressions are the same tree (origins and names for people apart). */
export function sameExpr(a: Expr, b: Expr): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  const left = childrenOf(a);
  const right = childrenOf(b);
  if (left.length !== right.length || !left.every((child, index) => { const other = right[index]; return other !== undefined && sameExpr(child, other); })) return false;
  switch (a.kind) {
    case "Literal":
      return b.kind === "Literal" && JSON.stringify(a.type) === JSON.stringify(b.type) && literalKey(a.value) === literalKey(b.value);
    case "ColumnRef":
      return b.kind === "ColumnRef" && a.id === b.id;
    case "ParamRef":
      return b.kind === "ParamRef" && a.name === b.name;
    case "Call":
      return b.kind === "Call" && a.name === b.name;
    case "UserCall":
      return b.kind === "UserCall" && a.function.name === b.function.name;
    case "Cast":
      return b.kind === "Cast" && a.safe === b.safe && JSON.stringify(a.type) === JSON.stringify(b.type);
    case "FieldAccess":
      return b.kind === "FieldAccess" && a.field === b.field;
    case "Case":
      return b.kind === "Case" && (a.otherwise === undefined) === (b.otherwise === undefined);
    case "MakeRecord":
    case "MakeArray":
      return JSON.stringify(a.type) === JSON.stringify(b.type);
  }
}

function literalKey(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "bigint" ? `${part}n` : typeof part === "number" && (Object.is(part, -0) || !Number.isFinite(part)) ? `#${Object.is(part, -0) ? "-0" : part}` : part,
  );
}

/** A reference to a column that an expression gives, for a projection that only passes it on. */
export function asColumn(expr: Expr): ColumnRef | undefined {
  return expr.kind === "ColumnRef" ? expr : undefined;
}
