import { defineDiagnostic } from "../define.ts";

/** A step under the continuous trigger that is no matter of one row. */
export const continuousStep = defineDiagnostic<{ step: string; reason: string }>({
  code: "E3045",
  slug: "continuous-step",
  message: ({ step }) => `${step} cannot run under the trigger \`continuous\``,
  label: ({ reason }) => reason,
});

/** A source under the continuous trigger that gives its records in batches. */
export const continuousSource = defineDiagnostic<{ message: string }>({
  code: "E3046",
  slug: "continuous-source",
  message: ({ message }) => message,
  label: () => "takes records as they come",
});

/** A sink under the continuous trigger that takes batches only. */
export const continuousSink = defineDiagnostic<{ sink: string; reason: string }>({
  code: "E3047",
  slug: "continuous-sink",
  message: ({ sink, reason }) => `\`${sink}\` takes no rows from the trigger \`continuous\`: ${reason}`,
  label: () => "needs batches",
});

/** The clock of the batch under the continuous trigger. */
export const continuousClock = defineDiagnostic<{ name: string }>({
  code: "E3048",
  slug: "continuous-clock",
  message: ({ name }) => `\`${name}\` is the time of a batch, and the trigger \`continuous\` has none`,
  label: () => "would be the time of the last entry of the checkpoint",
});

/** An interval of no length. */
export const continuousInterval = defineDiagnostic({
  code: "E3049",
  slug: "continuous-interval",
  message: () => "the checkpoint of the trigger `continuous` is written at an interval, and this one has no length",
  label: () => "longer than nothing",
});
