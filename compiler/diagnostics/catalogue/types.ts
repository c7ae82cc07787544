import { defineDiagnostic } from "../define.ts";

export const wrongArgumentCount = defineDiagnostic<{ name: string; expected: string; found: number }>({
  code: "E2101",
  slug: "wrong-argument-count",
  message: ({ name, expected, found }) => `\`${name}\` takes ${expected}, found ${found === 0 ? "none" : found}`,
  label: ({ expected }) => `takes ${expected}`,
});

export const wrongArgumentType = defineDiagnostic<{ name: string; expected: string; found: string }>({
  code: "E2102",
  slug: "wrong-argument-type",
  message: ({ name, expected, found }) => `\`${name}\` wants ${expected}, found ${found}`,
  label: ({ found }) => `this is ${found}`,
});

/** A constant argument that the function cannot take: a bad pattern, an unknown unit. */
export const badArgumentValue = defineDiagnostic<{ message: string }>({
  code: "E2103",
  slug: "bad-argument-value",
  message: ({ message }) => message,
  label: () => "cannot be used here",
});

export const typeMismatch = defineDiagnostic<{ expected: string; found: string }>({
  code: "E2104",
  slug: "type-mismatch",
  message: ({ expected, found }) => `expected ${expected}, found ${found}`,
  label: ({ found }) => `this is ${found}`,
});

/** Values that must have one type and have none in common. */
export const noCommonType = defineDiagnostic<{ what: string; types: string }>({
  code: "E2105",
  slug: "no-common-type",
  message: ({ what, types }) => `${what} have no common type: ${types}`,
  label: () => "does not go with the others",
});

/** Relations of a union whose columns differ. */
export const unionColumns = defineDiagnostic<{ message: string }>({
  code: "E2130",
  slug: "union-columns",
  message: ({ message }) => message,
  label: () => "other columns",
});

export const impossibleCast = defineDiagnostic<{ from: string; to: string }>({
  code: "E2106",
  slug: "impossible-cast",
  message: ({ from, to }) => `${from} cannot be cast to ${to}`,
  label: ({ from }) => `this is ${from}`,
});

export const numberTooLarge = defineDiagnostic<{ text: string }>({
  code: "E2107",
  slug: "number-out-of-range",
  message: ({ text }) => `no type holds the number ${text.length > 44 ? `${text.slice(0, 40)}…` : text}`,
  label: () => "more than 38 digits, or beyond the largest double",
});

export const badDatetimeLiteral = defineDiagnostic<{ type: string; text: string }>({
  code: "E2108",
  slug: "bad-datetime-literal",
  message: ({ type, text }) => `\`${text}\` is not a ${type}`,
  label: ({ type }) => (type === "date" ? "write it as 2024-01-31" : "write it as 2024-01-31 12:00:00"),
});

export const aggregateOutside = defineDiagnostic<{ name: string }>({
  code: "E2109",
  slug: "aggregate-outside",
  message: ({ name }) => `\`${name}\` is an aggregate and needs an \`aggregate\` step`,
  label: () => "there is no group of rows here",
});

/** A column beside aggregate calls that is not a key. */
export const neitherKeyNorAggregated = defineDiagnostic<{ name: string }>({
  code: "E2110",
  slug: "neither-key-nor-aggregated",
  message: ({ name }) => `\`${name}\` is neither a key nor inside an aggregate call`,
  label: () => "may differ within one group",
});

export const nestedAggregate = defineDiagnostic<{ name: string }>({
  code: "E2111",
  slug: "nested-aggregate",
  message: ({ name }) => `\`${name}\` stands inside another aggregate call`,
  label: () => "an aggregate of an aggregate",
});

/** `as T` missing in `cast`, or present where nothing takes it. */
export const asTypeMisplaced = defineDiagnostic<{ message: string }>({
  code: "E2112",
  slug: "as-type",
  message: ({ message }) => message,
  label: () => "a type is written with `as`",
});

export const namedArgument = defineDiagnostic<{ name: string; argument: string }>({
  code: "E2113",
  slug: "named-argument",
  message: ({ name, argument }) => `\`${name}\` has no argument \`${argument}\``,
  label: () => "functions take their arguments by position",
});

/** `*` where no list of columns stands. */
export const misplacedStar = defineDiagnostic({
  code: "E2114",
  slug: "misplaced-star",
  message: () => "`*` stands where one value is wanted",
  label: () => "only in `select` and in `count(*)`",
});

/** `where` or `distinct` in a call of something that is no aggregate. */
export const aggregateClauseMisplaced = defineDiagnostic<{ clause: string; name: string }>({
  code: "E2115",
  slug: "aggregate-clause",
  message: ({ clause, name }) => `\`${name}\` is no aggregate and takes no \`${clause}\``,
  label: () => "only aggregate calls take it",
});

export const notARecord = defineDiagnostic<{ found: string; member: string }>({
  code: "E2116",
  slug: "not-a-record",
  message: ({ found, member }) => `${found} has no fields, so \`.${member}\` means nothing`,
  label: ({ found }) => `this is ${found}`,
});

export const badDecimal = defineDiagnostic<{ found: string }>({
  code: "E2117",
  slug: "bad-decimal",
  message: ({ found }) => `\`${found}\` is not a decimal type`,
  label: () => "1 to 38 digits, of which none to all behind the point",
});

/** `string(3)`, `map<int>`, `int<string>`, `T??`. */
export const badTypeArguments = defineDiagnostic<{ message: string }>({
  code: "E2118",
  slug: "bad-type-arguments",
  message: ({ message }) => message,
  label: () => "not how this type is written",
});

export const duplicateField = defineDiagnostic<{ name: string }>({
  code: "E2119",
  slug: "duplicate-field",
  message: ({ name }) => `two fields are called \`${name}\``,
  label: () => "this name is already taken",
});

/** Arguments of a window that make no window. */
export const badWindow = defineDiagnostic<{ message: string }>({
  code: "E2120",
  slug: "bad-window",
  message: ({ message }) => message,
  label: () => "not a window",
});

/** Months or years where a fixed length is wanted. */
export const monthsNotFixed = defineDiagnostic<{ where: string }>({
  code: "E2121",
  slug: "months-not-fixed",
  message: ({ where }) => `${where} has a fixed length, and a month has none`,
  label: () => "months and years differ in length",
});

export const watermarkColumn = defineDiagnostic<{ found: string }>({
  code: "E2122",
  slug: "watermark-column",
  message: ({ found }) => `a watermark needs a timestamp column, found ${found}`,
  label: ({ found }) => `this is ${found}`,
});

/** A join without a condition, or `cross` with one. */
export const joinCondition = defineDiagnostic<{ message: string }>({
  code: "E2123",
  slug: "join-condition",
  message: ({ message }) => message,
  label: () => "this join",
});

/** A number of rows that is not one. */
export const badCount = defineDiagnostic<{ found: string }>({
  code: "E2124",
  slug: "bad-count",
  message: ({ found }) => `expected a number of rows, found ${found}`,
  label: () => "a whole number from 0 to 2147483647",
});

/** A window that is no key: more than one in a step, or with a name. */
export const windowKey = defineDiagnostic<{ message: string }>({
  code: "E2125",
  slug: "window-key",
  message: ({ message }) => message,
  label: () => "this window",
});

/** `env` with something else than two texts, or outside a param's default. */
export const badDefault = defineDiagnostic<{ message: string }>({
  code: "E2126",
  slug: "bad-default",
  message: ({ message }) => message,
  label: () => "not known when the job starts",
});

export const badOptionValue = defineDiagnostic<{ name: string; expected: string; found: string }>({
  code: "E2127",
  slug: "bad-job-option",
  message: ({ name, expected, found }) => `option \`${name}\` wants ${expected}, found ${found}`,
  label: ({ expected }) => `${expected} is wanted here`,
});
