import { defineDiagnostic } from "../define.ts";

/** `explode E as …` with a number of names that does not fit: an array gives one column, a map two. */
export const explodeNames = defineDiagnostic<{ message: string }>({
  code: "E2140",
  slug: "explode-names",
  message: ({ message }) => message,
  label: () => "does not fit what is exploded",
});

/** A table function written as a value. */
export const tableFunction = defineDiagnostic<{ name: string }>({
  code: "E2141",
  slug: "table-function",
  message: ({ name }) => `\`${name}\` gives rows and is no value`,
  label: () => "a step of its own",
});

/** `grouping(a)` or `grouping_id(…)` where there are no grouping sets, or over something that is none of their keys. */
export const notGrouped = defineDiagnostic<{ message: string }>({
  code: "E2142",
  slug: "not-grouped",
  message: ({ message }) => message,
  label: () => "cannot be told here",
});

/** `cube`, `rollup` or `grouping sets` over what they cannot take apart. */
export const badGroupingSet = defineDiagnostic<{ message: string }>({
  code: "E2143",
  slug: "bad-grouping-set",
  message: ({ message }) => message,
  label: () => "in a grouping set",
});

/** `parse` over something else than one column, or in a format that it does not know. */
export const badParse = defineDiagnostic<{ message: string }>({
  code: "E2144",
  slug: "bad-parse",
  message: ({ message }) => message,
  label: () => "cannot be parsed",
});
