import { defineDiagnostic } from "../define.ts";

/** Two statements of one name space with the same name. */
export const duplicateName = defineDiagnostic<{ what: string; name: string }>({
  code: "E2001",
  slug: "duplicate-name",
  message: ({ what, name }) => `${what} \`${name}\` is declared twice`,
  label: () => "declared again here",
});

/** A pipeline starts with a name that no source, table or stream has. */
export const unknownRelation = defineDiagnostic<{ name: string }>({
  code: "E2002",
  slug: "unknown-stream",
  message: ({ name }) => `there is no source, table or stream \`${name}\``,
  label: () => "not declared in this file",
});

/** A name in an expression that is no column there. */
export const unknownColumn = defineDiagnostic<{ name: string }>({
  code: "E2003",
  slug: "unknown-column",
  message: ({ name }) => `unknown column \`${name}\``,
  label: () => "no column of this name reaches this step",
});

/** A call of something that is neither built in nor imported. */
export const unknownFunction = defineDiagnostic<{ name: string }>({
  code: "E2004",
  slug: "unknown-function",
  message: ({ name }) => `unknown function \`${name}\``,
  label: () => "not a function",
});

/** A name that several columns have. */
export const ambiguousColumn = defineDiagnostic<{ name: string; places: string }>({
  code: "E2005",
  slug: "ambiguous-column",
  message: ({ name }) => `\`${name}\` may mean more than one column`,
  label: ({ places }) => `${places} have it`,
});

/** A member of a record that it does not have. */
export const unknownField = defineDiagnostic<{ name: string; record: string }>({
  code: "E2006",
  slug: "unknown-field",
  message: ({ name, record }) => `${record} has no field \`${name}\``,
  label: () => "not a field of the record",
});

export const unknownType = defineDiagnostic<{ name: string }>({
  code: "E2007",
  slug: "unknown-type",
  message: ({ name }) => `unknown type \`${name}\``,
  label: () => "neither a type nor a schema of this file",
});

/** A call in the place of a window that is no window kind, or a window name that is not declared. */
export const unknownWindow = defineDiagnostic<{ name: string }>({
  code: "E2008",
  slug: "unknown-window",
  message: ({ name }) => `unknown window kind \`${name}\``,
  label: () => "not a window",
});

/** Streams or schemas that are defined by themselves. */
export const cyclicDefinition = defineDiagnostic<{ what: string; name: string; path: string }>({
  code: "E2009",
  slug: "cyclic-definition",
  message: ({ what, name }) => `${what} \`${name}\` is defined by itself`,
  label: ({ path }) => path,
});

/** A name in an expression that is both a column there and a param. */
export const columnAndParam = defineDiagnostic<{ name: string; other: string }>({
  code: "E2010",
  slug: "column-and-param",
  message: ({ name, other }) => `\`${name}\` is both a column and a ${other}`,
  label: () => "which of the two is meant cannot be told",
});

/** A param where the plan would depend on its value. */
export const paramNotAllowed = defineDiagnostic<{ name: string; where: string }>({
  code: "E2011",
  slug: "param-not-allowed",
  message: ({ name, where }) => `the param \`${name}\` cannot stand for ${where}`,
  label: () => "must be known when the job is compiled",
});

/** Two columns of one name in one step's output. */
export const duplicateColumn = defineDiagnostic<{ name: string }>({
  code: "E2012",
  slug: "duplicate-column",
  message: ({ name }) => `there would be two columns \`${name}\``,
  label: () => "this name is already taken",
});

/** An expression that needs `as NAME`. */
export const unnamedColumn = defineDiagnostic<{ what: string }>({
  code: "E2013",
  slug: "unnamed-column",
  message: ({ what }) => `${what} needs a name`,
  label: () => "not a plain column, so it has no name of its own",
});

/** `a.x` or `a.*` where `a` is neither an alias nor a column. */
export const unknownAlias = defineDiagnostic<{ name: string }>({
  code: "E2014",
  slug: "unknown-alias",
  message: ({ name }) => `\`${name}\` is neither an alias nor a column here`,
  label: () => "not known at this step",
});

/** An alias that ended at a step that rebuilds the row. */
export const endedAlias = defineDiagnostic<{ name: string; step: string }>({
  code: "E2015",
  slug: "ended-alias",
  message: ({ name, step }) => `the alias \`${name}\` ended at \`${step}\``,
  label: () => "not known any more at this step",
});

/** `malformed: x`, `late into x` or `future … into x` that names no side output. */
export const unknownSideOutput = defineDiagnostic<{ name: string }>({
  code: "E2016",
  slug: "unknown-side-output",
  message: ({ name }) => `there is no side output \`${name}\``,
  label: () => "rows would go nowhere",
});

/** A sink without a pipeline that no `malformed` or `late into` names. */
export const unusedSideOutput = defineDiagnostic<{ name: string }>({
  code: "E2017",
  slug: "unused-side-output",
  message: ({ name }) => `nothing goes into the side output \`${name}\``,
  label: () => "no `malformed:` and no `late into` names it",
});

export const unknownOption = defineDiagnostic<{ name: string }>({
  code: "E2018",
  slug: "unknown-job-option",
  message: ({ name }) => `unknown option \`${name}\``,
  label: () => "not a setting of a job",
});

/** Two stateful steps of a stream that would share one identity in checkpoints. */
export const duplicateOperator = defineDiagnostic<{ id: string }>({
  code: "E2019",
  slug: "duplicate-operator",
  message: ({ id }) => `two stateful steps would be \`${id}\` in the checkpoint`,
  label: () => "the second of them",
});

/** `named` on a step that keeps no state. */
export const namedStateless = defineDiagnostic<{ step: string }>({
  code: "E2020",
  slug: "named-stateless-step",
  message: ({ step }) => `\`${step}\` keeps no state, so it takes no \`named\``,
  label: () => "a name would stand for nothing in the checkpoint",
});

/** An import under the name of a built-in function, which the job calls. */
export const builtInName = defineDiagnostic<{ name: string }>({
  code: "E2021",
  slug: "built-in-name",
  message: ({ name }) => `\`${name}\` is a built-in function`,
  label: () => "a call could mean either",
});

/** A name where only a param may stand. */
export const unknownParam = defineDiagnostic<{ name: string }>({
  code: "E2022",
  slug: "unknown-param",
  message: ({ name }) => `there is no param \`${name}\``,
  label: () => "only a param may be named here",
});

/** A schema named where one is needed (`from_json(text, Schema)`). */
export const unknownSchema = defineDiagnostic<{ name: string }>({
  code: "E2023",
  slug: "unknown-schema",
  message: ({ name }) => `there is no schema \`${name}\``,
  label: () => "not declared in this file",
});
