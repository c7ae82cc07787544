import { defineDiagnostic } from "../define.ts";

/** Something else than an imported name where a connector is given the user's code. */
export const connectorNotImported = defineDiagnostic<{ connector: string; what: string; found: string }>({
  code: "E5050",
  slug: "connector-not-imported",
  message: ({ connector, what, found }) => `\`${connector}\` takes ${what} that is imported, found ${found}`,
  label: () => "not an imported name",
});

export const notAWriter = defineDiagnostic<{ name: string; lack: string }>({
  code: "E5051",
  slug: "not-a-writer",
  message: ({ name, lack }) => `\`${name}\` is no writer: ${lack}`,
  label: () => "`foreach` wants a writer",
});

/** A method or function of the user's does not take or give what the connector gives and takes. */
export const userMethodForm = defineDiagnostic<{ name: string; problem: string }>({
  code: "E5052",
  slug: "user-method-form",
  message: ({ name, problem }) => `\`${name}\` ${problem}`,
  label: () => "is called here",
});

export const notAReceiver = defineDiagnostic<{ name: string; lack: string }>({
  code: "E5053",
  slug: "not-a-receiver",
  message: ({ name, lack }) => `\`${name}\` is no receiver: ${lack}`,
  label: () => "`custom` wants a receiver",
});

/** Rows of a result without a key come and go, and the user's code is not told which. */
export const unmarkedChanges = defineDiagnostic<{ name: string }>({
  code: "E5054",
  slug: "unmarked-changes",
  message: ({ name }) => `rows of this result are taken back, and \`${name}\` does not ask for the kind of a row`,
  label: () => "the result shows no key",
});

export const userSideOutput = defineDiagnostic<{ connector: string }>({
  code: "E5055",
  slug: "user-side-output",
  message: ({ connector }) => `a side output cannot go to \`${connector}\``,
  label: () => "takes the rows of a query",
});
