import { defineDiagnostic } from "../define.ts";

/** A function that has none of the shapes of a function with state. */
export const stateShape = defineDiagnostic<{ name: string; reason: string }>({
  code: "E2240",
  slug: "state-shape",
  message: ({ name, reason }) => `\`${name}\` is not a function with state: ${reason}`,
  label: () => "used as one here",
});

/** The key parameter against the columns after `by`. */
export const stateKey = defineDiagnostic<{ name: string; expected: string; found: string }>({
  code: "E2241",
  slug: "state-key",
  message: ({ name, expected, found }) => `\`${name}\` takes ${expected} as its key, found ${found}`,
  label: ({ found }) => `this is ${found}`,
});

/** Rows that are plain values, where the columns are others. */
export const stateRow = defineDiagnostic<{ name: string; expected: string; found: string }>({
  code: "E2242",
  slug: "state-row",
  message: ({ name, expected, found }) => `\`${name}\` takes ${expected} of each row, found ${found}`,
  label: () => "the rows that reach it are others",
});

/** The state that a function returns against the one that it takes. */
export const stateChanges = defineDiagnostic<{ name: string; taken: string; given: string }>({
  code: "E2243",
  slug: "state-type-differs",
  message: ({ name, taken, given }) => `\`${name}\` takes the state as \`${taken}\` and returns it as \`${given}\``,
  label: () => "what it returns is what it is given the next time",
});

/** The table of first states. */
export const initialState = defineDiagnostic<{ message: string; label: string }>({
  code: "E2244",
  slug: "initial-state",
  message: ({ message }) => message,
  label: ({ label }) => label,
});

/** A state whose type cannot be written. */
export const stateType = defineDiagnostic<{ name: string; what: string; type: string }>({
  code: "E2245",
  slug: "state-type",
  message: ({ name, what, type }) => `${what} of \`${name}\` has the type \`${type}\`, which cannot be kept`,
  label: ({ name }) => `\`${name}\` is used here`,
});

/** A time to live that is no duration. */
export const stateTtl = defineDiagnostic<{ name: string; state: string; found: string }>({
  code: "E2246",
  slug: "time-to-live",
  message: ({ name, state, found }) => `the time to live of \`${state}\` in \`${name}\` is \`${found}\`, which is no duration`,
  label: ({ name }) => `\`${name}\` is used here`,
});

/** What a function with state gives where no row can be made of it. */
export const stateResult = defineDiagnostic<{ name: string; reason: string }>({
  code: "E2247",
  slug: "state-result",
  message: ({ name, reason }) => `\`${name}\` ${reason}`,
  label: () => "its rows would have no columns, or two of one name",
});

/** A timeout where the function has timers, or of no length. */
export const stateTimeout = defineDiagnostic<{ reason: string }>({
  code: "E2248",
  slug: "state-timeout",
  message: ({ reason }) => reason,
  label: () => "this timeout",
});

/** The update shape where its table would have to be sent once and for all. */
export const updatedStateInAppend = defineDiagnostic<{ name: string }>({
  code: "E3026",
  slug: "updated-state-in-append",
  message: ({ name }) => `the states that \`${name}\` makes change with every batch, and in append mode a row that was sent stays`,
  label: () => "its result is a table of states by key",
});

/** mapGroupsWithState in another mode than update. */
export const mappedStateMode = defineDiagnostic<{ name: string; mode: string }>({
  code: "E3027",
  slug: "mapped-state-mode",
  message: ({ name, mode }) => `\`${name}\` gives one row for each key whenever it is called, which is an update: it cannot be sent in ${mode} mode`,
  label: () => "gives one row a call",
});

/** mapGroupsWithState beside another stateful function or an aggregate. */
export const mappedStateBeside = defineDiagnostic<{ name: string; other: string }>({
  code: "E3028",
  slug: "mapped-state-beside",
  message: ({ name, other }) => `\`${name}\` gives one row a call, which updates the one before; ${other} would take both as rows of their own`,
  label: () => "gives one row a call",
});

/** flatMapGroupsWithState in update mode, or in complete, where its rows reach something that they cannot. */
export const givenRowsMode = defineDiagnostic<{ name: string; reason: string }>({
  code: "E3029",
  slug: "given-rows-mode",
  message: ({ name, reason }) => `the rows that \`${name}\` gives ${reason}`,
  label: () => "gives rows as it is called",
});

/** An event-time timeout or timer without event time. */
export const stateWithoutTime = defineDiagnostic<{ what: string }>({
  code: "E3030",
  slug: "state-without-watermark",
  message: ({ what }) => `${what} passes with the watermark, and the rows that reach it have none`,
  label: () => "goes by event time",
});

/** A function with state over rows that may be taken back. */
export const stateOverChanges = defineDiagnostic<{ name: string }>({
  code: "E3031",
  slug: "state-over-changes",
  message: ({ name }) => `\`${name}\` cannot keep state over rows that change: what it made of a row cannot be taken back`,
  label: () => "rows that reach it may be taken back",
});

/** First states that come from a stream. */
export const initialOfStream = defineDiagnostic<{ name: string }>({
  code: "E3032",
  slug: "initial-of-a-stream",
  message: ({ name }) => `first states are read before the first batch, and \`${name}\` is a stream, which has no end`,
  label: () => "a table is wanted here",
});
