import { defineDiagnostic } from "../define.ts";

/** State that only the number of keys bounds. */
export const stateByKeys = defineDiagnostic<{ step: string; formula: string }>({
  code: "W3001",
  slug: "state-by-keys",
  severity: "warning",
  message: ({ step }) => `nothing gives back what this \`${step}\` keeps: it grows with the number of its keys`,
  label: ({ formula }) => `state: ${formula}`,
});

/** State that grows with every row, though the keys stay the same. */
export const stateOfValues = defineDiagnostic<{ call: string; formula: string }>({
  code: "W3002",
  slug: "state-of-values",
  severity: "warning",
  message: ({ call }) => `\`${call}\` keeps what it takes in, and nothing gives it back: its state grows without end, even for one key`,
  label: ({ formula }) => `state: ${formula}`,
});

/** A join of two streams that keeps rows for ever, as its text or the mode says. */
export const stateOfJoin = defineDiagnostic<{ why: string; formula: string }>({
  code: "W3003",
  slug: "state-of-join",
  severity: "warning",
  message: ({ why }) => `this join keeps rows for ever, ${why}: its state grows with every row`,
  label: ({ formula }) => `state: ${formula}`,
});
