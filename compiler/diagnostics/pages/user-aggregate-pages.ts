import { clicks, type Page, type PageExample } from "./page.ts";

const good = 'import { longest } from "./longest.ts"\nsink out = clicks |> aggregate longest(page) as n group by user into console() mode update';

/** An example whose module has one aggregate that is wrong and one that is right. */
function example(wrong: string, right: string = members()): PageExample {
  return {
    given: clicks,
    bad: good.replaceAll("longest(", "wrong(").replace("{ longest }", "{ wrong }"),
    good,
    files: { "./longest.ts": `export const wrong = {\n${wrong}\n};\n\nexport const longest = {\n${right}\n};\n` },
  };
}

function members(changed: Readonly<Record<string, string>> = {}): string {
  const all: Readonly<Record<string, string>> = {
    init: "init: () => 0",
    add: "add: (state: number, text: string) => Math.max(state, text.length)",
    merge: "merge: (a: number, b: number) => Math.max(a, b)",
    result: "result: (state: number) => state",
    ...changed,
  };
  return Object.values(all).filter((text) => text !== "").map((text) => `  ${text},`).join("\n");
}

/** E2230 to E2235: aggregates imported from TypeScript. */
export const userAggregatePages: readonly Page[] = [
  {
    code: "E2230",
    title: "aggregate-member-missing",
    meaning: "An imported object is an aggregate if it has `init`, `add`, `merge` and `result`; it may have `retract`, which takes a row back. This one has some of them and lacks one: `merge` is needed even if no window is used now, because sessions and windows that overlap are put together from parts.",
    mending: "Add the member.",
    example: example(members({ merge: "" })),
  },
  {
    code: "E2231",
    title: "aggregate-member-form",
    meaning: "A member of an aggregate is a plain function: `init()`, `add(state, value, …)`, `retract(state, value, …)`, `merge(a, b)`, `result(state)`. Overloads, type parameters and rest parameters leave nothing to check columns against.",
    mending: "Write it as a function of these parameters.",
    example: example(members({ merge: "merge: (a: number) => a" })),
  },
  {
    code: "E2232",
    title: "aggregate-waits",
    meaning: "Rows are added one after the other, and a promise would have to be waited for with each of them.",
    mending: "Compute what has to be waited for in a step before, with `map async f`, and aggregate what that gives.",
    example: example(members({ add: "add: async (state: number, text: string) => state + text.length" })),
  },
  {
    code: "E2233",
    title: "aggregate-state-foreign",
    meaning: "The state of an aggregate is stored with every checkpoint, by the type of `add`'s first parameter. It can be made of string, number, boolean, bigint, Date and Uint8Array, of arrays, of `Map`s from strings, and of records of them, each with `null` or `undefined`; not of a `Set`, nor of objects with methods.",
    mending: "Keep the same in an array, a `Map` or a record.",
    example: example(members({ init: "init: () => new Set<string>()", add: "add: (state: Set<string>, text: string) => state.add(text)", merge: "merge: (a: Set<string>, b: Set<string>) => new Set([...a, ...b])", result: "result: (state: Set<string>) => state.size" })),
  },
  {
    code: "E2234",
    title: "aggregate-state-mismatch",
    meaning: "The members hand one state from one to the other: what `init`, `add`, `retract` and `merge` return must be a state, and `retract`, `merge` and `result` must take one. The state's type is that of `add`'s first parameter.",
    mending: "Give the members the same type of state.",
    example: example(members({ merge: "merge: (a: number, b: number) => String(a + b)" })),
  },
  {
    code: "E2235",
    title: "retract-of-other-values",
    meaning: "`retract` undoes what `add` did for a row, so it is called with the same values.",
    mending: "Give both the same parameters behind the state.",
    example: example(members({ retract: "retract: (state: number, by: number) => state - by" })),
  },
];
