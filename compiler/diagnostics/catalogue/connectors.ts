import { defineDiagnostic } from "../define.ts";

export const unknownConnector = defineDiagnostic<{ name: string; role: string }>({
  code: "E5001",
  slug: "unknown-connector",
  message: ({ name, role }) => `there is no ${role} \`${name}\``,
  label: ({ role }) => `not a ${role}`,
});

export const unknownConnectorOption = defineDiagnostic<{ connector: string; name: string }>({
  code: "E5002",
  slug: "unknown-connector-option",
  message: ({ connector, name }) => `\`${connector}\` has no option \`${name}\``,
  label: () => "not an option of it",
});

export const connectorOptionType = defineDiagnostic<{ name: string; expected: string; found: string }>({
  code: "E5003",
  slug: "connector-option-type",
  message: ({ name, expected, found }) => `option \`${name}\` wants ${expected}, found ${found}`,
  label: ({ found }) => `this is ${found}`,
});

export const missingConnectorOption = defineDiagnostic<{ connector: string; name: string }>({
  code: "E5004",
  slug: "missing-connector-option",
  message: ({ connector, name }) => `\`${connector}\` needs the option \`${name}\``,
  label: ({ name }) => `\`${name}\` is missing`,
});

/** A constant out of an option's range. */
export const connectorOptionValue = defineDiagnostic<{ message: string }>({
  code: "E5005",
  slug: "connector-option-value",
  message: ({ message }) => message,
  label: () => "not a value of this option",
});

/** Positional after named, or more than the connector takes. */
export const positionalOption = defineDiagnostic<{ message: string }>({
  code: "E5006",
  slug: "positional-option",
  message: ({ message }) => message,
  label: () => "without a name",
});

export const duplicateConnectorOption = defineDiagnostic<{ name: string }>({
  code: "E5007",
  slug: "duplicate-connector-option",
  message: ({ name }) => `the option \`${name}\` is given twice`,
  label: () => "given again here",
});

/** A connector that has no end as a `table`, or has one and cannot be a `source`. */
export const wrongBoundedness = defineDiagnostic<{ connector: string; declared: string }>({
  code: "E5008",
  slug: "wrong-boundedness",
  message: ({ connector, declared }) => `\`${connector}\` cannot be a ${declared}`,
  label: ({ declared }) => (declared === "table" ? "it has no end" : "it cannot go on"),
});

/** A format that needs a TYPE, or a connector that takes none. */
export const inputType = defineDiagnostic<{ message: string }>({
  code: "E5009",
  slug: "input-type",
  message: ({ message }) => message,
  label: () => "this input",
});

export const textColumns = defineDiagnostic<{ found: string }>({
  code: "E5010",
  slug: "text-columns",
  message: ({ found }) => `the format text has one string column, found ${found}`,
  label: () => "a line of text is one value",
});

export const malformedNull = defineDiagnostic<{ column: string }>({
  code: "E5011",
  slug: "malformed-null",
  message: ({ column }) => `\`malformed: "null"\` cannot give null for \`${column}\``,
  label: ({ column }) => `\`${column}\` may not be null`,
});

export const unknownMode = defineDiagnostic<{ name: string }>({
  code: "E5012",
  slug: "unknown-mode",
  message: ({ name }) => `unknown mode \`${name}\``,
  label: () => "the modes are `append`, `update` and `complete`",
});

export const repeatedClause = defineDiagnostic<{ clause: string }>({
  code: "E5013",
  slug: "repeated-sink-clause",
  message: ({ clause }) => `\`${clause}\` is given twice`,
  label: () => "given again here",
});

/** `mode`, `trigger` or `checkpoint` on a side output. */
export const sideOutputClause = defineDiagnostic<{ clause: string }>({
  code: "E5014",
  slug: "side-output-clause",
  message: ({ clause }) => `a side output takes no \`${clause}\``,
  label: () => "it belongs to the queries whose rows it takes",
});

/** An argument of a connector that reads a row, where a constant or a param is wanted. */
export const rowInOption = defineDiagnostic<{ name: string }>({
  code: "E5015",
  slug: "row-in-option",
  message: ({ name }) => `\`${name}\` is no param, and there is no row to take it from`,
  label: () => "a constant or a param is wanted here",
});

/** Columns that a sink's format cannot write. */
export const sinkColumns = defineDiagnostic<{ message: string }>({
  code: "E5016",
  slug: "sink-columns",
  message: ({ message }) => message,
  label: () => "goes into this sink",
});

/** One side output for rows that different queries would send; `rows` in words. */
export const sharedSideOutput = defineDiagnostic<{ output: string; rows: string; query: string; otherQuery: string }>({
  code: "E5017",
  slug: "shared-side-output",
  message: ({ output, rows, query, otherQuery }) => `${rows} would reach \`${output}\` through two queries, \`${otherQuery}\` and \`${query}\``,
  label: () => "sent by another query",
});

/** One side output for rows that do not have the same columns. */
export const mixedSideOutput = defineDiagnostic<{ message: string }>({
  code: "E5018",
  slug: "mixed-side-output",
  message: ({ message }) => message,
  label: () => "rows of other columns go there",
});

/** Clauses of sinks that are one query, and differ. */
export const togetherClauses = defineDiagnostic<{ clause: string; sink: string; other: string }>({
  code: "E5030",
  slug: "together-clauses",
  message: ({ clause, sink, other }) => `the sinks are one query, and \`${sink}\` has another ${clause} than \`${other}\``,
  label: ({ clause }) => `a query has one ${clause}`,
});

/** Options that exclude or need each other. */
export const optionsTogether = defineDiagnostic<{ message: string }>({
  code: "E5022",
  slug: "options-together",
  message: ({ message }) => message,
  label: () => "does not fit the other options",
});

/** An input whose files go away after a batch, read by several queries. */
export const cleanedBySeveral = defineDiagnostic<{ input: string; query: string; other: string }>({
  code: "E5023",
  slug: "cleaned-by-several",
  message: ({ input, query, other }) => `\`${input}\` is cleaned after a batch of \`${other}\` and read by \`${query}\` too, which may not have had it`,
  label: () => "its files go away while another query needs them",
});

/** The column that `changelog` adds has the name of another. */
export const changelogColumn = defineDiagnostic<{ name: string }>({
  code: "E5024",
  slug: "changelog-column",
  message: ({ name }) => `two columns \`${name}\` would reach this sink`,
  label: ({ name }) => `\`changelog\` adds a column \`${name}\` to the rows`,
});

/** A column whose type a format cannot hold. */
export const formatColumn = defineDiagnostic<{ name: string; type: string; format: string; lack: string; verb: string }>({
  code: "E5020",
  slug: "format-column",
  message: ({ name, type, format, lack }) => `\`${name}\` is ${type}, and the format ${format} ${lack}`,
  label: ({ verb }) => `cannot be ${verb === "read" ? "read" : "written"} as it is`,
});

/** What stands behind `partitionBy` is no column, or one that cannot name a folder. */
export const partitionColumn = defineDiagnostic<{ message: string }>({
  code: "E5021",
  slug: "partition-column",
  message: ({ message }) => message,
  label: () => "cannot name a folder",
});
