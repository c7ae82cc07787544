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

export const asyncFunction = defineDiagnostic<{ name: string }>({
  code: "E2207",
  slug: "async-function",
  message: ({ name }) => `\`${name}\` returns a promise`,
  label: () => "an expression cannot wait",
});

/** Overloads, type parameters, rest parameters: nothing to check columns against. */
export const openSignature = defineDiagnostic<{ name: string; what: string }>({
  code: "E2208",
  slug: "open-signature",
  message: ({ name, what }) => `\`${name}\` has ${what}, so its arguments cannot be checked`,
  label: ({ name }) => `\`${name}\` is imported here`,
});
