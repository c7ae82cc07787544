import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { nodesOf } from "./checked-query.ts";

/** A changing result without its key goes out as whole rows taken back and sent again, which this version does not execute. */
export function checkVisibleKey({ plan, properties, job }: CheckedQuery): void {
  const nodes = nodesOf(plan);
  const loses = nodes.find((node) => properties.of(node).changelogMode === "retract" && node.children.some((child) => properties.of(child).changelogMode === "upsert"));
  const below = loses?.children.find((child) => properties.of(child).changelogMode === "upsert");
  // An aggregate of an aggregate has a law of its own.
  if (loses?.origin === undefined || below === undefined || nodes.some((node) => node.kind === "Aggregate" && node.input === loses)) return;
  const there = new Set(loses.kind === "Project" ? loses.columns.flatMap(({ expr }) => (expr.kind === "ColumnRef" ? [expr.id] : [])) : []);
  const missing = below.output.filter((column) => below.key?.includes(column.id) === true && !there.has(column.id)).map((column) => column.name);
  const [what, help] = loses.kind === "Project" ? lostKey(below, missing) : lostRow(loses.kind);
  job.report(notInThisVersion({ what }).at(loses.origin).helped(help));
}

function lostKey(below: LogicalPlan, missing: readonly string[]): readonly [what: string, help: string] {
  // Where a key may itself be null, the result does not show which set a group is of.
  const sets = below.kind === "Aggregate" && below.input.kind === "Expand" && missing.every((name) => /^grouping_(id|pos)(_\d+)?$/.test(name));
  const named = missing.map((name) => `\`${name}\``).join(", ");
  if (!sets) return [`an update without its key (${named})`, "keep the key among the columns, or write `mode complete`"];
  const what = "an update of grouping sets whose keys may be null, and do not tell the sets apart,";
  return [what, missing.some((name) => name.startsWith("grouping_pos")) ? "write `mode complete`" : "name the set in the result: `grouping_id() as n`, or write `mode complete`"];
}

const words: Readonly<Partial<Record<LogicalPlan["kind"], string>>> = { Union: "union", Explode: "explode", Expand: "unpivot" };

function lostRow(kind: LogicalPlan["kind"]): readonly [what: string, help: string] {
  const word = words[kind] ?? "join";
  return [`\`${word}\` above an aggregate in update mode`, `${word} before the \`aggregate\`, or write \`mode complete\``];
}
