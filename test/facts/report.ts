import type { Outcome } from "./check-facts.ts";

type Kind = Outcome["kind"];

/** The outcomes by function, what was skipped and why, and in full what fails the run. */
export function reportText(title: string, outcomes: readonly Outcome[]): string {
  const lines = [title, "", ...table(outcomes), ""];
  const twice = outcomes.filter(({ isAskedTwice }) => isAskedTwice).length;
  if (twice > 0) lines.push(`${twice} were asked twice: as written, and with their literals as columns`, "");
  lines.push(...counted("skipped", outcomes), ...counted("deviates", outcomes));
  for (const { kind, name, fact, spark, detail } of outcomes) {
    if (kind === "differs") lines.push(`DIFFERS ${name}: ${fact}`, `  Spark:  ${spark}`, `  Sluice: ${detail}`);
    if (kind === "stale") lines.push(`NO LONGER DIFFERS ${name}: ${fact}`, `  ${detail}`);
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

/** Whether a run with these outcomes succeeds. */
export function isGreen(outcomes: readonly Outcome[]): boolean {
  return outcomes.every(({ kind }) => kind !== "differs" && kind !== "stale");
}

const columns: readonly (readonly [kind: Kind, title: string])[] = [["agrees", "agree"], ["deviates", "deviate"], ["differs", "differ"], ["stale", "stale"], ["skipped", "skipped"]];

function table(outcomes: readonly Outcome[]): readonly string[] {
  const names = [...new Set(outcomes.map(({ name }) => name))];
  const rows = [...names.map((name) => ({ name, own: outcomes.filter((outcome) => outcome.name === name) })), { name: "all", own: outcomes }];
  const width = Math.max(...rows.map(({ name }) => name.length), 8);
  const cells = (kinds: readonly Kind[]): string => columns.map(([kind]) => String(kinds.filter((other) => other === kind).length || "").padStart(8)).join("");
  return ["".padEnd(width) + columns.map(([, title]) => title.padStart(8)).join(""), ...rows.map(({ name, own }) => name.padEnd(width) + cells(own.map(({ kind }) => kind)))];
}

function counted(kind: Kind, outcomes: readonly Outcome[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) if (outcome.kind === kind) counts.set(outcome.detail, (counts.get(outcome.detail) ?? 0) + 1);
  if (counts.size === 0) return [];
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return [`${kind}, by reason:`, ...sorted.map(([reason, count]) => `${String(count).padStart(6)}  ${reason}`), ""];
}
