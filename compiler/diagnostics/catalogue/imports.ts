import { defineDiagnostic } from "../define.ts";

export const missingModule = defineDiagnostic<{ from: string }>({
  code: "E2201",
  slug: "missing-module",
  message: ({ from }) => `there is no module \`${from}\``,
  label: () => "read relative to this file",
});

export const missingExport = defineDiagnostic<{ from: string; name: string }>({
  code: "E2202",
  slug: "missing-export",
  message: ({ from, name }) => `\`${from}\` exports no \`${name}\``,
  label: () => "not among its exports",
});

export const notAFunction = defineDiagnostic<{ name: string }>({
  code: "E2203",
  slug: "not-a-function",
  message: ({ name }) => `\`${name}\` is exported but is not a function`,
  label: () => "imported as a function here",
});

/** A parameter or result whose TypeScript type has no counterpart in the language. */
export const foreignType = defineDiagnostic<{ name: string; what: string; type: string }>({
  code: "E2204",
  slug: "foreign-type",
  message: ({ name, what, type }) => `${what} of \`${name}\` has the type \`${type}\`, which no column can hold`,
  label: ({ name }) => `\`${name}\` is imported here`,
});

export const importedArgumentCount = defineDiagnostic<{ name: string; expected: string; found: number }>({
  code: "E2205",
  slug: "imported-argument-count",
  message: ({ name, expected, found }) => `\`${name}\` takes ${expected}, found ${found === 0 ? "none" : found}`,
  label: ({ found }) => `called with ${found === 0 ? "none" : found}`,
});

export const importedArgumentType = defineDiagnostic<{ name: string; parameter: string; expected: string; found: string }>({
  code: "E2206",
  slug: "imported-argument-type",
  message: ({ name, parameter, expected, found }) => `\`${name}\` wants ${expected} for \`${parameter}\`, found ${found}`,
  label: ({ found }) => `this is ${found}`,
});

/** A promise, or an async generator, where nothing waits: in an expression, or in a `step`. */
export const asyncFunction = defineDiagnostic<{ name: string; gives?: string; step?: string }>({
  code: "E2207",
  slug: "async-function",
  message: ({ name, gives = "a promise" }) => `\`${name}\` returns ${gives}`,
  label: ({ step }) => (step === undefined ? "an expression cannot wait" : `\`${step}\` cannot wait`),
});

/** Overloads, type parameters, rest parameters: nothing to check columns against. */
export const openSignature = defineDiagnostic<{ name: string; what: string }>({
  code: "E2208",
  slug: "open-signature",
  message: ({ name, what }) => `\`${name}\` has ${what}, so its arguments cannot be checked`,
  label: ({ name }) => `\`${name}\` is imported here`,
});

/** any or unknown: nothing to check columns against. Types of packages are not read. */
export const untypedValue = defineDiagnostic<{ name: string; what: string; type: string }>({
  code: "E2209",
  slug: "untyped-value",
  message: ({ name, what, type }) => `${what} of \`${name}\` has the type \`${type}\`, which says nothing of its values`,
  label: ({ name }) => `\`${name}\` is imported here`,
});

export const recursiveType = defineDiagnostic<{ name: string; what: string; type: string }>({
  code: "E2210",
  slug: "recursive-type",
  message: ({ name, what, type }) => `${what} of \`${name}\` has the type \`${type}\`, which contains itself`,
  label: ({ name }) => `\`${name}\` is imported here`,
});

/** A function's record names a field that the rows do not have. */
export const missingRowField = defineDiagnostic<{ name: string; field: string }>({
  code: "E2211",
  slug: "missing-row-field",
  message: ({ name, field }) => `\`${name}\` wants \`${field}\`, which the rows do not have`,
  label: ({ field }) => `no \`${field}\` in the rows here`,
});

export const rowFieldType = defineDiagnostic<{ name: string; field: string; expected: string; found: string }>({
  code: "E2212",
  slug: "row-field-type",
  message: ({ name, field, expected, found }) => `\`${name}\` wants ${expected} for \`${field}\`, and the column is ${found}`,
  label: ({ field, found }) => `\`${field}\` is ${found} here`,
});

/** A column that may be null, and a field that takes no null. */
export const nullRowField = defineDiagnostic<{ name: string; field: string }>({
  code: "E2213",
  slug: "null-row-field",
  message: ({ name, field }) => `\`${field}\` may be null, and \`${name}\` does not take null for it`,
  label: ({ field }) => `\`${field}\` may be null here`,
});

/** A function that is called with the whole row takes one record. */
export const notARowFunction = defineDiagnostic<{ name: string; found: string; given?: string }>({
  code: "E2214",
  slug: "not-a-row-function",
  message: ({ name, found, given = "the row" }) => `\`${name}\` is called with ${given}, and takes ${found}`,
  label: ({ given = "the row" }) => `called with ${given} here`,
});

/** A function gives something else than its step wants: `filter` a boolean. */
export const wrongResult = defineDiagnostic<{ name: string; step: string; expected: string; found: string }>({
  code: "E2215",
  slug: "wrong-result",
  message: ({ name, step, expected, found }) => `\`${step}\` wants a function that returns ${expected}, \`${name}\` returns ${found}`,
  label: ({ found }) => `returns ${found}`,
});

/** Syntax errors, imports of files and of exports that are not there: nothing can be read, and nothing loaded. */
export const brokenModule = defineDiagnostic<{ from: string; message: string }>({
  code: "E2216",
  slug: "broken-module",
  message: ({ from, message }) => `\`${from}\` cannot be loaded: ${message}`,
  label: () => "imported here",
});

/** The clock, randomness, I/O or module state in a function whose batch may be run again. */
export const unrepeatableFunction = defineDiagnostic<{ name: string; does: string }>({
  code: "E3025",
  slug: "unrepeatable-function",
  message: ({ name, does }) => `\`${name}\` ${does}, so a batch that is run again could give other rows`,
  label: () => "called here",
});

export const trustedPackage = defineDiagnostic<{ name: string; packageName: string }>({
  code: "W3005",
  slug: "trusted-package",
  severity: "warning",
  message: ({ name, packageName }) => `\`${name}\` uses the package \`${packageName}\`, which is trusted to give the same when a batch is run again`,
  label: () => "called here",
});

export const waitsOutside = defineDiagnostic<{ name: string; does: string }>({
  code: "W3006",
  slug: "waits-outside",
  severity: "warning",
  message: ({ name, does }) => `\`${name}\` ${does}: a batch that is run again may get other answers`,
  label: () => "called here",
});

/** Types that do not fit, of modules whose functions are used. */
export const doubtfulTypes = defineDiagnostic<{ from: string; message: string }>({
  code: "W3007",
  slug: "doubtful-types",
  severity: "warning",
  message: ({ from, message }) => `TypeScript does not accept \`${from}\`: ${message}`,
  label: () => "imported here",
});
