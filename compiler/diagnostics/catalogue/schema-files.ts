import { defineDiagnostic } from "../define.ts";

/** A schema from a sample where the job does not say that it wants one inferred. */
export const inferenceNotAllowed = defineDiagnostic<{ name: string }>({
  code: "E5040",
  slug: "inference-not-allowed",
  message: ({ name }) => `the schema \`${name}\` would be inferred from a sample`,
  label: () => "what the sample does not show is not in it",
});

export const missingSample = defineDiagnostic<{ path: string }>({
  code: "E5041",
  slug: "missing-sample",
  message: ({ path }) => `there is no file \`${path}\``,
  label: () => "relative to the job's file",
});

/** A sample from which no schema can be had. */
export const badSample = defineDiagnostic<{ path: string; place: string; reason: string }>({
  code: "E5042",
  slug: "bad-sample",
  message: ({ path, place, reason }) => `no schema can be read from \`${path}\`: ${reason}${place}`,
  label: () => "this sample",
});
