/** A line that is only in the text before (`-`), only in the one after (`+`), or in both. */
export type LineChange<T extends object> = { readonly kind: "-" | "+" | "="; readonly line: T };

/**
 * The shortest way from one list of lines to another (longest common subsequence; quadratic, for texts of a screen or two).
 * Where lines are replaced, those before come first. A common line is given as it is in `after`.
 */
export function diffLines<T extends object>(before: readonly T[], after: readonly T[], same: (a: T, b: T) => boolean): readonly LineChange<T>[] {
  const width = after.length + 1;
  /** Length of the longest common part of `before` from i on and `after` from j on, at i × width + j. */
  const common = new Array<number>((before.length + 1) * width).fill(0);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (const [i, was] of [...before.entries()].reverse()) {
    for (const [j, is] of [...after.entries()].reverse()) {
      common[i * width + j] = same(was, is) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }

  const changes: LineChange<T>[] = [];
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    const was = before[i];
    const is = after[j];
    if (was !== undefined && is !== undefined && same(was, is)) {
      changes.push({ kind: "=", line: is });
      i++;
      j++;
    } else if (was !== undefined && (is === undefined || at(i + 1, j) >= at(i, j + 1))) {
      changes.push({ kind: "-", line: was });
      i++;
    } else if (is !== undefined) {
      changes.push({ kind: "+", line: is });
      j++;
    }
  }
  return changes;
}
