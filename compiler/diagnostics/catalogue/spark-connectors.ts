import { defineDiagnostic } from "../define.ts";

/** A source or sink that a program of Spark cannot have. */
export const connectorOnSpark = defineDiagnostic<{ name: string; role: "source" | "sink"; reason: string }>({
  code: "E4140",
  slug: "connector-on-spark",
  message: ({ name, role, reason }) => `the ${role} \`${name}\` is not on Spark: ${reason}`,
  label: () => "not on Spark",
});

/** A column whose values Spark reads or writes in another form. */
export const columnOnSpark = defineDiagnostic<{ column: string; type: string; format: string; reason: string }>({
  code: "E4141",
  slug: "column-on-spark",
  message: ({ column, type, format, reason }) => `the column \`${column}: ${type}\` in ${format} is not carried over to Spark: ${reason}`,
  label: () => "other on Spark",
});

/** An option, or a value of one, that Spark has nothing for. */
export const optionOnSpark = defineDiagnostic<{ option: string; reason: string }>({
  code: "E4142",
  slug: "option-on-spark",
  message: ({ option, reason }) => `\`${option}\` is not carried over to Spark: ${reason}`,
  label: () => "not on Spark",
});

/** Malformed records that go into a side output. */
export const malformedIntoOnSpark = defineDiagnostic<{ input: string; sideOutput: string }>({
  code: "E4143",
  slug: "malformed-into-on-spark",
  message: ({ input, sideOutput }) => `malformed records of \`${input}\` cannot go into \`${sideOutput}\` on Spark, which gives neither their places nor their errors`,
  label: () => "names a side output",
});

/** The default of a param that computes with a variable. */
export const paramDefaultOnSpark = defineDiagnostic<{ param: string }>({
  code: "E4145",
  slug: "param-default-on-spark",
  message: ({ param }) => `on Spark the default of \`${param}\` is \`env("NAME", "…")\` as it is, or computed without it`,
  label: () => "computes with a variable",
});

/** Sinks that are one query, which Spark has not. */
export const togetherOnSpark = defineDiagnostic({
  code: "E4147",
  slug: "sinks-together-on-spark",
  message: () => "on Spark each sink is a query of its own, so `sinks = \"together\"` is not carried over",
  label: () => "one query with several sinks",
});

/** A table of files in a job that streams: Spark lists them once. */
export const tableReadOnce = defineDiagnostic<{ table: string }>({
  code: "W4140",
  slug: "table-read-once-on-spark",
  severity: "warning",
  message: ({ table }) => `Spark lists the files of the table \`${table}\` once, when the program starts: files that come or change later are not seen`,
  label: () => "read again by Node when its files change",
});

/** Records that one engine takes and the other calls malformed. */
export const malformedOtherwise = defineDiagnostic<{ input: string; format: string; cases: string }>({
  code: "W4141",
  slug: "malformed-otherwise-on-spark",
  severity: "warning",
  message: ({ input, format, cases }) => `odd records of \`${input}\` are read otherwise by Spark's reader of ${format}: ${cases}`,
  label: () => "well-formed records are read alike",
});

/** A socket, of which Spark keeps nothing. */
export const socketOnSpark = defineDiagnostic<{ source: string }>({
  code: "W4142",
  slug: "socket-on-spark",
  severity: "warning",
  message: ({ source }) => `Spark keeps nothing of what the socket of \`${source}\` sent: a query over it cannot go on after a crash`,
  label: () => "written into the checkpoint by Node",
});

/** A stream of CSV with a header, whose columns Spark finds by their place while all files agree. */
export const headerOnSpark = defineDiagnostic<{ input: string }>({
  code: "W4143",
  slug: "header-on-spark",
  severity: "warning",
  message: ({ input }) => `where the files that are there at start have the columns of \`${input}\` in their order, Spark goes by the place: one that comes later with another header fails the query`,
  label: () => "found by their names in Node",
});

/** Messages without the headers by which a reader drops repeats. */
export const repeatsOnSpark = defineDiagnostic<{ sink: string }>({
  code: "W4144",
  slug: "repeats-on-spark",
  severity: "warning",
  message: ({ sink }) => `messages that Spark sends for \`${sink}\` have no headers \`sluice.query\`, \`sluice.batch\` and \`sluice.sequence\`: after a crash nothing tells a repeat`,
  label: () => "at least once",
});
