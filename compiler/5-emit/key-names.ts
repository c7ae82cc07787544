import type { Expr } from "../ir/expr/expr.ts";

/** A name for each key: that of its column, with a number where it comes twice. */
export function keyNames(keys: readonly Expr[]): readonly string[] {
  const taken = new Set<string>();
  return keys.map((key, at) => {
    const name = key.kind === "ColumnRef" ? key.name : `key${at + 1}`;
    let unique = name;
    for (let n = 2; taken.has(unique); n++) unique = `${name}${n}`;
    taken.add(unique);
    return unique;
  });
}
