import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { nodesOf } from "./checked-query.ts";

/** A changing result without its key goes out as whole rows taken back and sent again, which this version does not execute. */
export function checkVisibleKey({ plan, properties, job }: CheckedQuery): void {
  const nodes = nodesOf(plan);
  const loses = nodes.find((node) => properties.of(node).changelogMode === "retract" && node.children.some((child) => properties.of(child).changelogMode === "upsert"));
  const below = loses?.children.find((child) => properties.of(child).changelogMode === "upsert");
  if (loses?.origin === undefined || below === undefined) return;
  const there = new Set(loses.kind === "Project" ? loses.columns.flatMap(({ expr }) => (expr.kind === "ColumnRef" ? [expr.id] : [])) : []);
  const missing = below.output.filter((column) => below.key?.includes(column.id) === true && !there.has(column.id)).map((column) => `\`${column.name}\``);
  const what = loses.kind === "Project" ? `an update without its key (${missing.join(", ")})` : "a join above an aggregate in update mode";
  job.report(notInThisVersion({ what }).at(loses.origin).helped(loses.kind === "Project" ? "keep the key among the columns, or write `mode complete`" : "join before the `aggregate`, or write `mode complete`"));
}
