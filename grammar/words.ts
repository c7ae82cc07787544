/** Words that are never a bare name; after a dot and as a field of a record they are fine. */
export const reservedWords = [
  "and", "as", "between", "case", "distinct", "false", "in", "is", "like", "not", "null", "on", "or", "rlike", "true",
  "using", "when", "where",
] as const;

/** Words that open a statement. Contextual: names wherever no statement starts. */
export const statementWords = ["import", "option", "param", "schema", "source", "table", "window", "stream", "sink"] as const;

/** Words that open a step after `|>`, besides the reserved `where`, `as` and `distinct`. */
export const stepWords = [
  "select", "extend", "set", "drop", "rename", "watermark", "aggregate", "join", "union", "dedup", "top", "order", "limit",
  "explode", "explode_outer", "unpivot", "parse", "map", "filter", "flatMap", "transform", "state",
] as const;

/** Words inside statements and steps. */
export const clauseWords = [
  "from", "into", "mode", "trigger", "checkpoint", "delay", "late", "idle", "after", "group", "by", "per", "batch", "within",
  "asc", "desc", "nulls", "first", "last", "inner", "left", "right", "full", "semi", "anti", "cross", "latest", "unbounded",
  "grouping", "sets", "for", "timeout", "processing", "time", "every", "gap", "offset", "once", "asap", "available", "now",
  "continuous", "then", "else", "end", "timestamp", "date", "named", "with", "ties", "future", "initial", "async",
] as const;

/** Keywords only where the grammar asks for them; names of columns, streams, functions and aliases everywhere else. */
export const contextualWords = [...statementWords, ...stepWords, ...clauseWords] as const;

/** The words that open a clause of a sink after its pipeline. */
export const sinkClauseWords = ["into", "mode", "trigger", "checkpoint"] as const;

/** The units of a duration, each with its plural where it has one. */
export const durationUnits = ["microsecond", "ms", "millisecond", "second", "minute", "hour", "day", "week", "month", "year"] as const;

export type ReservedWord = (typeof reservedWords)[number];
export type StatementWord = (typeof statementWords)[number];
export type ContextualWord = (typeof contextualWords)[number];
export type SinkClauseWord = (typeof sinkClauseWords)[number];
