import { defineDiagnostic } from "../define.ts";

/** A password that would stand in the emitted module. */
export const secretInJob = defineDiagnostic<{ name: string }>({
  code: "E5060",
  slug: "secret-in-job",
  message: ({ name }) => `\`${name}\` is a secret, and would stand in the emitted module`,
  label: () => "known to whoever reads the job",
});

/** An expression of a type that a part of a message cannot have. */
export const messagePartType = defineDiagnostic<{ part: string; expected: string; found: string }>({
  code: "E5061",
  slug: "message-part-type",
  message: ({ part, expected, found }) => `\`${part}\` of a message is ${expected}, found ${found}`,
  label: ({ found }) => `this is ${found}`,
});

/** Columns that do not make a message. */
export const messageColumns = defineDiagnostic<{ message: string }>({
  code: "E5062",
  slug: "message-columns",
  message: ({ message }) => message,
  label: () => "the rows do not say what a message holds",
});

export const messageWithoutTopic = defineDiagnostic({
  code: "E5063",
  slug: "message-without-topic",
  message: () => "nothing says which topic a message goes to",
  label: () => "`topic` is missing, and the rows have no column `topic`",
});

/** In update mode, a part of a message that a deletion could not be given. */
export const messagePartOfKey = defineDiagnostic<{ part: string; column: string }>({
  code: "E5064",
  slug: "message-part-of-key",
  message: ({ part, column }) => `\`${part}\` reads \`${column}\`, which is no key of this result: when its row goes, its message could not be found again`,
  label: ({ column }) => `\`${column}\` may change while the row stays`,
});

/** In update mode, a key of messages that several rows of the result have. */
export const sharedMessageKey = defineDiagnostic<{ columns: string }>({
  code: "W3010",
  slug: "shared-message-key",
  severity: "warning",
  message: ({ columns }) => `rows of this result that differ in ${columns} alone have messages of one key, and replace one another`,
  label: () => "tells less than the result's own key",
});

/** In update mode, a key that the job says and that may be null. */
export const nullMessageKey = defineDiagnostic({
  code: "W3011",
  slug: "null-message-key",
  severity: "warning",
  message: () => "in update mode a null key is written as the text `null`, and a row whose key is that text has the same one",
  label: () => "may be null",
});

/** A part of a message where the rows are made by the runtime. */
export const messagePartOfSideOutput = defineDiagnostic<{ part: string }>({
  code: "E5065",
  slug: "message-part-of-side-output",
  message: ({ part }) => `a side output takes no \`${part}\`: its rows are whole messages`,
  label: () => "there is no row to take it from",
});

/** A part of a message that is not told from the row alone. */
export const messagePartNotFixed = defineDiagnostic<{ part: string; what: string }>({
  code: "E5066",
  slug: "message-part-not-fixed",
  message: ({ part, what }) => `\`${part}\` of a message is told from the row alone, and this reads ${what}`,
  label: () => "not a column of the row",
});

/** Partitions, offsets or timestamps of topics in another form than theirs. */
export const topicPositions = defineDiagnostic<{ name: string; problem: string }>({
  code: "E5067",
  slug: "topic-positions",
  message: ({ name, problem }) => `\`${name}\` ${problem}`,
  label: () => "not understood",
});
