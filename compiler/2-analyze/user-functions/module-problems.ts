import type { Diagnostic, DiagnosticMessageChain, Program, SourceFile, Type } from "ts-morph";
import { morph } from "./morph.ts";
import type { Place } from "./place.ts";

/** What TypeScript says of a module of the user's, and where. */
export interface ModuleProblem {
  readonly message: string;
  readonly place: Place;
}

/** The syntax errors that TypeScript finds in a module. */
export function syntaxProblems(module: SourceFile, program: Program, path: string): readonly ModuleProblem[] {
  return program.getSyntacticDiagnostics(module).map((diagnostic) => problemOf(diagnostic, module, path));
}

/** What TypeScript finds wrong in a module: `errors`, imports of what is not there, and `doubts`, types that do not fit, of which one may come from settings or declarations that only the user's own compiler has. */
export function typeProblems(module: SourceFile, program: Program, path: string): { readonly errors: readonly ModuleProblem[]; readonly doubts: readonly ModuleProblem[] } {
  const found = program.getSemanticDiagnostics(module);
  return {
    errors: found.filter((diagnostic) => missingExports.has(diagnostic.getCode())).map((diagnostic) => problemOf(diagnostic, module, path)),
    doubts: found.filter((diagnostic) => doubts.has(diagnostic.getCode()) && isOwn(diagnostic, module)).map((diagnostic) => problemOf(diagnostic, module, path)),
  };
}

/** A module has no such export, or none that it gives away, or no default one. */
const missingExports: ReadonlySet<number> = new Set([1192, 2305, 2459, 2460, 2613, 2614, 2724]);

/** A value that does not fit its type, an argument that does not, a member that there is not, too many or too few arguments, a field that is missing. */
const doubts: ReadonlySet<number> = new Set([2322, 2339, 2345, 2551, 2554, 2741]);

/** Whether a problem is the module's, and not of the globals of Node, of which only some are declared here, nor of `noUncheckedIndexedAccess`, which the user may not have set. */
function isOwn(diagnostic: Diagnostic, module: SourceFile): boolean {
  const text = textOf(diagnostic);
  if (/'undefined' is not assignable|\b(?:Buffer|URL|URLSearchParams|TextEncoder|TextDecoder|AbortSignal|ImportMeta)\b/.test(text)) return false;
  const { Node } = morph();
  const start = diagnostic.getStart();
  const node = start === undefined ? undefined : module.getDescendantAtPos(start);
  const parent = node?.getParent();
  if (diagnostic.getCode() === 2339 || diagnostic.getCode() === 2551) return !(Node.isPropertyAccessExpression(parent) && isDeclaredElsewhere(parent.getExpression().getType()));
  const call = node?.getFirstAncestor((around) => Node.isCallExpression(around) || Node.isNewExpression(around));
  if (diagnostic.getCode() !== 2554 || call === undefined || !(Node.isCallExpression(call) || Node.isNewExpression(call))) return true;
  return !isDeclaredElsewhere(call.getExpression().getType());
}

function isDeclaredElsewhere(type: Type): boolean {
  const symbol = type.getApparentType().getSymbol();
  return symbol !== undefined && symbol.getDeclarations().some((declaration) => declaration.getSourceFile().isDeclarationFile());
}

function problemOf(diagnostic: Diagnostic, module: SourceFile, path: string): ModuleProblem {
  const text = module.getFullText();
  const start = Math.min(diagnostic.getStart() ?? 0, text.length);
  const [line = ""] = text.slice(start, start + (diagnostic.getLength() ?? 1)).split(/\r?\n/, 1);
  return { message: textOf(diagnostic), place: { span: { start, end: Math.min(start + Math.max(line.length, 1), text.length) }, file: { path, text } } };
}

/** TypeScript's message, on one line and without its full stop. */
function textOf(diagnostic: Diagnostic): string {
  const message = diagnostic.getMessageText();
  return (typeof message === "string" ? [message] : linesOf(message)).map((line) => line.replace(/\.$/, "")).join(": ");
}

/** A message and the first reason for it, and the reason for that. */
function linesOf(chain: DiagnosticMessageChain): readonly string[] {
  const next = chain.getNext()?.[0];
  return [chain.getMessageText(), ...(next === undefined ? [] : linesOf(next))];
}
