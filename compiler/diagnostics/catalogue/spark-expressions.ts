import { defineDiagnostic } from "../define.ts";

/** An imported aggregate, whose state is TypeScript's. */
export const userAggregateOnSpark = defineDiagnostic<{ name: string }>({
  code: "E4120",
  slug: "typescript-on-spark",
  message: ({ name }) => `the imported aggregate \`${name}\` does not run on Spark`,
  label: () => "TypeScript",
});

/** A built-in function or aggregate, or a way to call one, that Spark has not. */
export const notOnSpark = defineDiagnostic<{ name: string; reason: string }>({
  code: "E4121",
  slug: "function-not-on-spark",
  message: ({ name, reason }) => `\`${name}\` cannot be said to Spark so that it means the same: ${reason}`,
  label: () => "not on Spark",
});

/** `distinct` within an aggregate, where pyspark has no form for it. */
export const distinctOnSpark = defineDiagnostic<{ name: string }>({
  code: "E4122",
  slug: "distinct-on-spark",
  message: ({ name }) => `\`${name}\` of different values cannot be said to Spark over an expression, or with a condition`,
  label: () => "over something that is no column",
});

/** A function that Spark does otherwise in some cases. */
export const differsOnSpark = defineDiagnostic<{ name: string; reason: string }>({
  code: "W4120",
  slug: "otherwise-on-spark",
  severity: "warning",
  message: ({ name, reason }) => `\`${name}\` is not always the same on Spark: ${reason}`,
  label: () => "otherwise on Spark",
});

/** An aggregate whose result depends on the order in which rows come. */
export const orderOnSpark = defineDiagnostic<{ name: string; reason: string }>({
  code: "W4121",
  slug: "order-on-spark",
  severity: "warning",
  message: ({ name, reason }) => `\`${name}\` goes by the order of arrival, which Spark does not keep: ${reason}`,
  label: () => "not determined on Spark",
});
