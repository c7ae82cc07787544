import { defineDiagnostic } from "../define.ts";

/** An imported object has some members of an aggregate, and lacks one. */
export const aggregateMemberMissing = defineDiagnostic<{ name: string; member: string }>({
  code: "E2230",
  slug: "aggregate-member-missing",
  message: ({ name, member }) => `the aggregate \`${name}\` has no \`${member}\``,
  label: () => "imported as an aggregate here",
});

/** A member is no function with one plain signature of the right number of parameters. */
export const aggregateMemberForm = defineDiagnostic<{ name: string; member: string; what: string }>({
  code: "E2231",
  slug: "aggregate-member-form",
  message: ({ name, member, what }) => `\`${member}\` of the aggregate \`${name}\` ${what}`,
  label: () => "imported as an aggregate here",
});

export const aggregateWaits = defineDiagnostic<{ name: string; member: string }>({
  code: "E2232",
  slug: "aggregate-waits",
  message: ({ name, member }) => `\`${member}\` of the aggregate \`${name}\` returns a promise`,
  label: () => "an aggregate cannot wait",
});

/** The state is made of something that no checkpoint holds: a `Set`, a function, an object of a class with methods. */
export const aggregateStateForeign = defineDiagnostic<{ name: string; part: string; type: string }>({
  code: "E2233",
  slug: "aggregate-state-foreign",
  message: ({ name, part, type }) => `${part} of the aggregate \`${name}\` has the type \`${type}\`, which cannot be stored`,
  label: () => "imported as an aggregate here",
});

export const aggregateStateMismatch = defineDiagnostic<{ name: string; member: string; does: "takes" | "returns"; found: string; state: string }>({
  code: "E2234",
  slug: "aggregate-state-mismatch",
  message: ({ name, member, does, found, state }) => `\`${member}\` of the aggregate \`${name}\` ${does} \`${found}\`, but its state is \`${state}\``,
  label: () => "imported as an aggregate here",
});

/** `retract` undoes one `add`, so it takes the same values. */
export const retractOfOtherValues = defineDiagnostic<{ name: string; added: string; retracted: string }>({
  code: "E2235",
  slug: "retract-of-other-values",
  message: ({ name, added, retracted }) => `\`retract\` of the aggregate \`${name}\` takes ${retracted}, but \`add\` takes ${added}`,
  label: () => "imported as an aggregate here",
});
