import { clicks, type Page } from "./page.ts";

const types = 'import type { GroupState, ListState, Timers, ValueState } from "sluice/runtime";\n\ninterface Row {\n  readonly page: string;\n  readonly at: Date;\n}\n\n';
const counted = `${types}export function counted(rows: readonly Row[], before: number | undefined): number {\n  return (before ?? 0) + rows.length;\n}\n`;
const many = `${types}export function many(user: bigint | null, rows: readonly Row[], state: GroupState<number>): { user: bigint | null; page: string }[] {\n  return state.exists ? [] : rows.map(({ page }) => ({ user, page }));\n}\n`;
const one = `${types}export function one(user: bigint | null, rows: readonly Row[], state: GroupState<number>): { user: bigint | null; n: number } {\n  state.update((state.get() ?? 0) + rows.length);\n  return { user, n: state.get() ?? 0 };\n}\n`;

/** A source, and a job with the functions of one file. */
function example(names: string, functions: string, bad: string, good: string): Page["example"] & object {
  return { given: `${clicks}\nimport { ${names} } from "./state.ts"`, bad: `sink out = clicks |> ${bad}`, good: `sink out = clicks |> ${good}`, files: { "./state.ts": functions } };
}

/** E2240 to E2248, E3026 to E3032: functions with state. */
export const userStatePages: readonly Page[] = [
  {
    code: "E2240",
    title: "state-shape",
    meaning: "The parameters of a function say what `state` does with it. `(rows, previous)` gives the next state of a key, or undefined, which removes it. `(key, rows, state: GroupState<S>)` gives a row, or any number of rows. With an object of `ValueState`, `ListState`, `MapState` and `Timers` as its third parameter it has named states. This one has none of these shapes.",
    mending: "Give it the parameters of one of the shapes.",
    example: example("counted, alone", `${counted}\nexport function alone(rows: readonly Row[]): number {\n  return rows.length;\n}\n`, "state alone by user into console() mode update", "state counted by user into console() mode update"),
  },
  {
    code: "E2241",
    title: "state-key",
    meaning: "The first parameter of the function is the key. Of one column after `by` it is the column's value; of several an object with the columns as its fields, or a tuple in their order. A key that may be null needs a type with `| null`.",
    mending: "Declare the parameter as the help says.",
    example: example("many", many, "state many by page into console()", "state many by user into console()"),
  },
  {
    code: "E2242",
    title: "state-row",
    meaning: "The rows of a key come as an array. Where its elements are records they are made of the columns that their fields name; where they are plain values, there must be one column beside the keys, and of that type.",
    mending: "Take records, or `select` the keys and one column before.",
    example: example("texts", `export function texts(pages: readonly string[], before: number | undefined): number {\n  return (before ?? 0) + pages.length;\n}\n`, "state texts by user into console() mode update", "select user, page |> state texts by user into console() mode update"),
  },
  {
    code: "E2243",
    title: "state-type-differs",
    meaning: "What a function of `(rows, previous)` returns is what it is given as `previous` the next time, so both are of one type. Before the first rows of a key there is none: `previous` may be undefined.",
    mending: "Return the type that it takes.",
    example: example("counted, differs", `${counted}\nexport function differs(rows: readonly Row[], before: number | undefined): string {\n  return String((before ?? 0) + rows.length);\n}\n`, "state differs by user into console() mode update", "state counted by user into console() mode update"),
  },
  {
    code: "E2244",
    title: "initial-state",
    meaning: "`initial TABLE` gives keys the states that they begin with. The table has the columns of the keys and those of the state's fields, by their names (of a state that is one value: `value`), with types that both take. Named states begin empty.",
    mending: "Select the columns under those names, or cast them.",
    example: {
      given: `${clicks}\ntable old: { user: long?, n: double } from file("old/", format: "json")\ntable first: { user: long?, value: double } from file("first/", format: "json")\nimport { counted } from "./state.ts"`,
      bad: "sink out = clicks |> state counted by user initial old into console() mode update",
      good: "sink out = clicks |> state counted by user initial first into console() mode update",
      files: { "./state.ts": counted },
    },
  },
  {
    code: "E2245",
    title: "state-type",
    meaning: "A state is written into the checkpoint as its type says, and read back as that. It holds data: string, number, boolean, bigint, Date, Uint8Array, arrays, maps from strings and records of them. A type that says nothing (`any`, `unknown`) or holds behaviour cannot be written.",
    mending: "Declare what the state holds.",
    example: example("many, open", `${many}\nexport function open(user: bigint | null, rows: readonly Row[], state: GroupState<unknown>): { n: number }[] {\n  return state.exists ? [] : [{ n: rows.length + Number(user) }];\n}\n`, "state open by user into console()", "state many by user into console()"),
  },
  {
    code: "E2246",
    title: "time-to-live",
    meaning: "The last type argument of a `ValueState`, `ListState` or `MapState` is how long what is written stays, as a text in the words of the language.",
    mending: 'Write a duration: `ValueState<number, "1 hour">`.',
    example: example("good, bad", `${types}export function good(user: bigint | null, rows: readonly Row[], states: { pages: ListState<string, "1 hour"> }): { n: number }[] {\n  return [{ n: rows.length + states.pages.length + Number(user) }];\n}\n\nexport function bad(user: bigint | null, rows: readonly Row[], states: { pages: ListState<string, "an hour"> }): { n: number }[] {\n  return [{ n: rows.length + states.pages.length + Number(user) }];\n}\n`, "state bad by user into console()", "state good by user into console()"),
  },
  {
    code: "E2247",
    title: "state-result",
    meaning: "What the function gives becomes the columns of the result: the fields of its rows, or for `(rows, previous)` the keys and then the fields of the state. A function that gives nothing has no columns, and two columns cannot have one name.",
    mending: "Return rows; leave the key out of the state.",
    example: example("many, silent", `${many}\nexport function silent(user: bigint | null, rows: readonly Row[], state: GroupState<number>): void {\n  state.update(rows.length + Number(user));\n}\n`, "state silent by user into console()", "state many by user into console()"),
  },
  {
    code: "E2248",
    title: "state-timeout",
    meaning: "`timeout` sets a timeout at each call with rows. A function with named states has timers of its own, as many as it sets.",
    mending: "Leave `timeout` out and set a timer; or write a length above nothing.",
    example: example("timed", `${types}export function timed(user: bigint | null, rows: readonly Row[], states: { last: ValueState<Date>; timers: Timers }): { user: bigint | null }[] {\n  for (const { at } of rows) states.timers.atProcessingTime(at);\n  return states.timers.fired === undefined ? [] : [{ user }];\n}\n`, "state timed by user timeout 1 hour processing time into console()", "state timed by user into console()"),
  },
  {
    code: "E3026",
    title: "updated-state-in-append",
    meaning: "A function of `(rows, previous)` makes a table of states by key (Spark: updateStateByKey), whose rows change as long as rows come. In append mode a row that was sent stays.",
    mending: "Write `mode update` or `mode complete`.",
    example: example("counted", counted, "state counted by user into console()", "state counted by user into console() mode update"),
  },
  {
    code: "E3027",
    title: "mapped-state-mode",
    meaning: "A function that gives one row a call (Spark: mapGroupsWithState) gives a row for each key with each batch that brings rows of it: each updates the one before. Only update mode sends such rows.",
    mending: "Write `mode update`, or return an array of rows: they stay.",
    example: example("one", one, "state one by user into console()", "state one by user into console() mode update"),
  },
  {
    code: "E3028",
    title: "mapped-state-beside",
    meaning: "The rows of a function that gives one row a call update each other. A step above that keeps state would take each as a row of its own. A query has at most one such function, and none beside others.",
    mending: "Return an array of rows, which stay, or end the pipeline with the function.",
    example: example("one", one, "state one by user |> aggregate max(n) as most group by user into console() mode update", "state one by user into console() mode update"),
  },
  {
    code: "E3029",
    title: "given-rows-mode",
    meaning: "Rows that a function with state gives stay in append mode, and in complete mode below an aggregate. In update mode they are updates, which a step above that keeps state would count as rows of their own. Several such functions are chained in append mode only, as in Spark.",
    mending: "Write `mode append`, or `mode complete` above an aggregate.",
    example: example("many", many, "state many by user |> aggregate count() as n group by page into console() mode update", "state many by user |> aggregate count() as n group by page into console() mode complete"),
  },
  {
    code: "E3030",
    title: "state-without-watermark",
    meaning: "A timeout or a timer in event time passes when the watermark does. Without a watermark below the step there is none that could.",
    mending: "Define a `watermark` before the step, or use processing time.",
    example: example("many", many, "state many by user timeout 1 hour into console()", "watermark at delay 5 minutes late drop |> state many by user timeout 1 hour into console()"),
  },
  {
    code: "E3031",
    title: "state-over-changes",
    meaning: "A function makes states and rows of what it is given. Where rows below change, as those of an aggregate in update mode, a row may be taken back, and nobody can say what the function would have made without it.",
    mending: "Put the function before the rows change; above a window in append mode rows are final.",
    example: example("many", many, "aggregate min(at) as first group by user, page |> extend coalesce(first, timestamp '2026-01-01 00:00:00') as at |> state many by user into console() mode update", "state many by user into console() mode update"),
  },
  {
    code: "E3032",
    title: "initial-of-a-stream",
    meaning: "`initial` names the table of the states that keys begin with. It is read whole before the first batch, which a stream never is.",
    mending: "Name a `table`.",
    example: {
      given: `${clicks}\nstream news = clicks |> extend 1.5 as value\ntable first: { user: long?, value: double } from file("first/", format: "json")\nimport { counted } from "./state.ts"`,
      bad: "sink out = clicks |> state counted by user initial news into console() mode update",
      good: "sink out = clicks |> state counted by user initial first into console() mode update",
      files: { "./state.ts": counted },
    },
  },
];
