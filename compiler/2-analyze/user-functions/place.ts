import type { Node, Symbol as MorphSymbol } from "ts-morph";
import type { Span } from "../../source/span.ts";
import { fileOf } from "./user-modules.ts";

/** Where something is declared in a TypeScript file, as a label of a diagnostic wants it. */
export interface Place {
  readonly span: Span;
  readonly file: { readonly path: string; readonly text: string };
}

/** A declared parameter or field: its place and its type as TypeScript prints it. */
export interface DeclaredPlace extends Place {
  readonly typeText: string;
}

/** A node's whole text, or its first line where it has several. */
export function placeOf(node: Node): Place {
  const start = node.getStart();
  const first = node.getText().split(/\r?\n/, 1)[0] ?? "";
  return { span: { start, end: start + first.length }, file: fileOf(node) };
}

/** Where a parameter or field is declared; `seenFrom` where it has no declaration of its own, and for how its type is printed. */
export function declaredPlace(symbol: MorphSymbol, seenFrom: Node): DeclaredPlace {
  const declaration = symbol.getValueDeclaration() ?? symbol.getDeclarations()[0] ?? seenFrom;
  return { ...placeOf(declaration), typeText: symbol.getTypeAtLocation(seenFrom).getText(seenFrom) };
}
