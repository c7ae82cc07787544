import { callCode } from "../code/build.ts";
import type { Code } from "../code/code.ts";
import { runtime } from "../code/runtime-name.ts";
import type { ColumnId, Expr } from "../ir/expr/expr.ts";
import type { Column } from "../ir/logical/column.ts";
import type { Pipeline } from "../ir/physical/physical.ts";
import { takesLanes } from "./packed-rows.ts";
import { latestOf, streamJoinOf, topOf, type QueryScope } from "./query-scope.ts";

/**
 * The text columns of rows that an operator keeps from batch to batch, under all names that they have on their way. A text that is read from a record is a slice of
 * its chunk and keeps that alive: these are read into memory of their own.
 */
export function keptTexts(pipeline: Pipeline, query: QueryScope["query"]): ReadonlySet<ColumnId> {
  // What is packed from the lanes is no text at any time.
  if (takesLanes(pipeline, query)) return new Set();
  const { consumer, steps } = pipeline;
  const kept = new Set(keptColumns(consumer, query).flatMap(({ id, type }) => (type.kind === "string" ? [id] : [])));
  for (const step of [...steps].reverse()) {
    if (step.kind === "project") for (const { id, expr } of step.columns) if (kept.has(id) && expr.kind === "ColumnRef") kept.add(expr.id);
  }
  return kept;
}

function keptColumns(consumer: Pipeline["consumer"], query: QueryScope["query"]): readonly Column[] {
  switch (consumer.kind) {
    case "join side":
      return streamJoinOf(query, consumer.join)[consumer.side].columns;
    case "top":
      return topOf(query, consumer.top).columns;
    case "latest":
      return latestOf(query, consumer.latest).columns;
    default:
      return [];
  }
}

/** A computed text in memory of its own: it may be a part of what it was computed from. */
export function ownComputedText(expr: Expr, value: Code): Code {
  return expr.kind === "ColumnRef" || expr.kind === "Literal" || expr.kind === "ParamRef" ? value : callCode(runtime("detachText"), value);
}
