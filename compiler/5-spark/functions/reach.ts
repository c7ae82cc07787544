import { callsUser } from "../../ir/expr/calls-user.ts";
import type { Expr, UserCall } from "../../ir/expr/expr.ts";
import { childrenOf } from "../../ir/expr/walk.ts";
import { pyBinary, pyCall, pyConstant, pyMethod, pyName, pyUnary, type Py } from "../python/py.ts";

/** What must hold of an expression for another one to be evaluated. */
interface Condition {
  readonly expr: Expr;
  readonly is: "true" | "not true" | "not false" | "null" | "not null";
}

/** What must hold of the row for a call, by the calls that are not always reached. */
export type ConditionsOfCalls = ReadonlyMap<UserCall, readonly Condition[]>;

/** For the calls of imported functions within an expression that are not always reached: what must hold of the row. */
export function conditionsOfCalls(expr: Expr): ConditionsOfCalls {
  const found = new Map<UserCall, readonly Condition[]>();
  const visit = (node: Expr, under: readonly Condition[]): void => {
    if (!callsUser(node)) return;
    if (node.kind === "UserCall" && under.length > 0) found.set(node, under);
    for (const { child, when } of reachedFrom(node)) visit(child, [...under, ...when]);
  };
  visit(expr, []);
  return found;
}

/** The operands, each with what must hold of the others. */
function reachedFrom(node: Expr): readonly { readonly child: Expr; readonly when: readonly Condition[] }[] {
  if (node.kind === "Case") {
    const before: Condition[] = [];
    const parts = node.clauses.flatMap(({ when, then }) => {
      const reached = [...before];
      before.push({ expr: when, is: "not true" });
      return [{ child: when, when: reached }, { child: then, when: [...reached, { expr: when, is: "true" } as const] }];
    });
    return node.otherwise === undefined ? parts : [...parts, { child: node.otherwise, when: before }];
  }
  const children = childrenOf(node);
  const [first] = children;
  const name = node.kind === "Call" ? node.name : "";
  if (first !== undefined && (name === "if" || name === "nvl2")) {
    const [yes, no] = name === "if" ? (["true", "not true"] as const) : (["not null", "null"] as const);
    return children.map((child, at) => ({ child, when: at === 0 ? [] : [{ expr: first, is: at === 1 ? yes : no }] }));
  }
  const goesOn = name === "and" ? "not false" : name === "or" ? "not true" : name === "coalesce" ? "null" : undefined;
  return children.map((child, at) => ({ child, when: goesOn === undefined ? [] : children.slice(0, at).map((expr) => ({ expr, is: goesOn })) }));
}

/** A column that is never null: whether all conditions hold. A later one is evaluated only where those before do. */
export function guardOf(conditions: readonly Condition[], column: (expr: Expr) => Py): Py {
  return conditions.map(({ expr, is }) => holds(column(expr), is, expr.nullable)).reduce((all, next) => pyBinary("&", all, next));
}

function holds(column: Py, is: Condition["is"], nullable: boolean): Py {
  const orElse = (value: boolean): Py => (nullable ? pyCall(pyName("F.coalesce"), [column, pyCall(pyName("F.lit"), [pyConstant(value)])]) : column);
  switch (is) {
    case "true":
      return orElse(false);
    case "not true":
      return pyUnary("~", orElse(false));
    case "not false":
      return orElse(true);
    case "null":
      return pyMethod(column, "isNull");
    case "not null":
      return pyMethod(column, "isNotNull");
  }
}
