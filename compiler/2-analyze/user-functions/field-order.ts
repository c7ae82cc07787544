import type { Symbol as MorphSymbol, Type } from "ts-morph";
import { morph } from "./morph.ts";

/**
 * A record's fields in the order in which they are declared: by file, then by place. TypeScript's own order of `Pick<Row, "a" | "b">` depends on
 * what was checked before it, and with it would the columns and the states that are stored. Of `{ ...row, extra }` the fields of `row` come first.
 * Fields without a declaration (`Record<"a" | "b", T>`) come last, by name.
 */
export function fieldsInOrder(type: Type): readonly MorphSymbol[] {
  const named = namesOfLiteral(type);
  return type
    .getProperties()
    .map((property) => ({ property, at: placeOf(property), rank: named.indexOf(property.getName()) }))
    .sort((a, b) => (a.rank === -1 ? named.length : a.rank) - (b.rank === -1 ? named.length : b.rank) || compare(a.at.file, b.at.file) || a.at.start - b.at.start || compare(a.property.getName(), b.property.getName()))
    .map(({ property }) => property);
}

/** Behind every path of a file. */
const nowhere = "\u{10ffff}";

function placeOf(property: MorphSymbol): { readonly file: string; readonly start: number } {
  const [declaration] = property.getDeclarations();
  return declaration === undefined ? { file: nowhere, start: 0 } : { file: declaration.getSourceFile().getFilePath(), start: declaration.getStart() };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The names of an object literal as it is written; none of another type. */
function namesOfLiteral(type: Type): readonly string[] {
  const { Node } = morph();
  const literal = type.getSymbol()?.getDeclarations()[0];
  if (!Node.isObjectLiteralExpression(literal)) return [];
  const names = literal.getProperties().flatMap((property) => (Node.isSpreadAssignment(property) ? fieldsInOrder(property.getExpression().getType().getNonNullableType()).map((inner) => inner.getName()) : [property.getName()]));
  return [...new Set(names)];
}
