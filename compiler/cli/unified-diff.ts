import { diffLines, type LineChange } from "../explain/diff-lines.ts";

interface Line {
  readonly text: string;
}

/** Lines of context around a change. */
const context = 3;

/**
 * What turns one text into another, as `diff -u` prints it; `undefined` is a file that is not there. Empty where the texts are
 * equal.
 */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return "";
  const old = linesOf(before);
  const now = linesOf(after);
  const same = (a: Line, b: Line): boolean => a.text === b.text;
  const shared = sharedEnds(old, now, same);
  const changes: readonly LineChange<Line>[] = [
    ...old.slice(0, shared.head).map((line): LineChange<Line> => ({ kind: "=", line })),
    ...diffLines(old.slice(shared.head, old.length - shared.tail), now.slice(shared.head, now.length - shared.tail), same),
    ...old.slice(old.length - shared.tail).map((line): LineChange<Line> => ({ kind: "=", line })),
  ];
  const head = `--- ${before === undefined ? "/dev/null" : path}\n+++ ${after === undefined ? "/dev/null" : path}\n`;
  return head + hunksOf(changes).map((hunk) => hunkText(changes, hunk)).join("");
}

/** The last line's end is not shown apart: emitted files always have one. */
function linesOf(text: string | undefined): readonly Line[] {
  if (text === undefined || text === "") return [];
  return text.replace(/\n$/, "").split("\n").map((line) => ({ text: line }));
}

/** Numbers of equal lines at both ends: the quadratic part of the work is left to what is between them. */
function sharedEnds(old: readonly Line[], now: readonly Line[], same: (a: Line, b: Line) => boolean): { readonly head: number; readonly tail: number } {
  const shorter = Math.min(old.length, now.length);
  const equal = (a: Line | undefined, b: Line | undefined): boolean => a !== undefined && b !== undefined && same(a, b);
  let head = 0;
  while (head < shorter && equal(old[head], now[head])) head++;
  let tail = 0;
  while (tail < shorter - head && equal(old[old.length - 1 - tail], now[now.length - 1 - tail])) tail++;
  return { head, tail };
}

/** Ranges of changes with their context; ranges that touch are one. */
function hunksOf(changes: readonly LineChange<Line>[]): readonly (readonly [from: number, to: number])[] {
  const hunks: [number, number][] = [];
  changes.forEach(({ kind }, at) => {
    if (kind === "=") return;
    const from = Math.max(0, at - context);
    const to = Math.min(changes.length, at + context + 1);
    const last = hunks.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = to;
    else hunks.push([from, to]);
  });
  return hunks;
}

function hunkText(changes: readonly LineChange<Line>[], [from, to]: readonly [number, number]): string {
  const before = changes.slice(0, from);
  const shown = changes.slice(from, to);
  const range = (without: "+" | "-"): string => {
    const length = shown.filter(({ kind }) => kind !== without).length;
    const start = before.filter(({ kind }) => kind !== without).length + (length === 0 ? 0 : 1);
    return `${start},${length}`;
  };
  const lines = shown.map(({ kind, line }) => `${kind === "=" ? " " : kind}${line.text}\n`);
  return `@@ -${range("+")} +${range("-")} @@\n${lines.join("")}`;
}
