import type { Expr } from "../ir/expr/expr.ts";

/** A name for each key: that of its column, with a number where it comes twice. */
export function keyNames(keys: readonly Expr[]): readonly string[] {
  const taken = new Set<string>();
  return keys.map((key, at) => {
    const name = key.kind === "ColumnRef" ? keyProperty(key.name) : `key${at + 1}`;
    let unique = name;
    for (let n = 2; taken.has(unique); n++) unique = `${name}${n}`;
    taken.add(unique);
    return unique;
  });
}

/** The property that a key of this name is in an object of keys, whose order tells their places: JavaScript puts whole numbers first. */
export function keyProperty(name: string): string {
  return /^(?:0|[1-9]\d*)$/.test(name) ? `key ${name}` : name;
}
