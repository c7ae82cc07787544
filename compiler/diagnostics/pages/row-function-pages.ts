import { clicks, type Page } from "./page.ts";

const given = `${clicks}\nimport { f } from "./f.ts"`;
const call = "sink out = clicks |> select f(*) as n into console()";
const lengthOf = "export const f = (row: { page: string }): number => row.page.length;\n";

/** One job with two versions of the function that it imports. */
function twoFunctions(bad: string, good: string = lengthOf, job: string = call, files: Readonly<Record<string, string>> = {}): NonNullable<Page["example"]> {
  return { given: clicks, bad: `import { f } from "./before.ts"\n${job}`, good: `import { f } from "./after.ts"\n${job}`, files: { "./before.ts": bad, "./after.ts": good, ...files } };
}

/** E2209 to E2216, E3025, W3005 to W3007: what functions of rows take and give, and that they repeat themselves. */
export const rowFunctionPages: readonly Page[] = [
  {
    code: "E2209",
    title: "untyped-value",
    meaning: "A parameter, a field or the result has the type `any` or `unknown`, so there is nothing to check columns against. Types that come from packages are not read, and count as such.",
    mending: "Declare the type in your own module: `(text: string): string => String(parse(text))`.",
    example: twoFunctions("export const f = (row: { page: string }) => JSON.parse(row.page);\n", "export const f = (row: { page: string }): string => String(JSON.parse(row.page));\n"),
  },
  {
    code: "E2210",
    title: "recursive-type",
    meaning: "The type contains itself, so its values are of any depth. A column's type says every field that a value has, and is finite.",
    mending: "Carry such a value as a text (JSON), or leave out the field that leads back into the type.",
    example: twoFunctions("interface Place {\n  page: string;\n  parent: Place | null;\n}\n\nexport const f = (row: Place): number => row.page.length;\n"),
  },
  {
    code: "E2211",
    title: "missing-row-field",
    meaning: "The function takes a record, and a field of it is no column of the rows here. It is called with just the columns that its type names, so each of them must be there; only an optional field (`name?`) may be missing.",
    mending: "Mend the name, compute the column before (`|> extend … as name`), or declare the field optional.",
    example: twoFunctions("export const f = (row: { pages: string }): number => row.pages.length;\n"),
  },
  {
    code: "E2212",
    title: "row-field-type",
    meaning: "A field of the function's record has a type that the column does not fit. Columns go into fields as they are, never converted from one kind of value to another: numbers into `number` (int and long also into `bigint`), dates and timestamps into `Date`. A decimal or a duration goes into none.",
    mending: "Declare the field as the column is, or convert the column before: `|> set cost = cast(cost as double)`.",
    example: twoFunctions("export const f = (row: { page: number }): number => row.page;\n"),
  },
  {
    code: "E2213",
    title: "null-row-field",
    meaning: "The column may be null, and the function's record says that the field never is. The function would read a null that its author ruled out.",
    mending: "Declare the field `T | null`, or leave out the rows without a value before.",
    example: { given, bad: "sink out = clicks |> filter f into console()", good: "sink out = clicks |> where user is not null |> filter f into console()", files: { "./f.ts": "export const f = (row: { user: number }): boolean => row.user > 3;\n" } },
  },
  {
    code: "E2214",
    title: "not-a-row-function",
    meaning: "The function is called with the row: by a step, by `f(*)` or as a group key. Such a function takes one record, which names the columns that it reads. Where the row is a single column, it may take that one's value.",
    mending: "Take a record, `(row: { page: string }) => …`, or call the function with columns, `f(page)`.",
    example: twoFunctions("export const f = (page: string): number => page.length;\n"),
  },
  {
    code: "E2215",
    title: "wrong-result",
    meaning: "What the function returns is not what its step is for: `filter` keeps the rows for which it returns true, `map` makes a row of each, `flatMap` and `transform` make rows.",
    mending: "Return what the step wants, or use the step that wants what is returned.",
    example: twoFunctions(lengthOf, "export const f = (row: { page: string }): boolean => row.page.length > 3;\n", "sink out = clicks |> filter f into console()"),
  },
  {
    code: "E2216",
    title: "broken-module",
    meaning: "TypeScript cannot read a module of yours: a syntax error, a relative import of a file that is not there, or of a name that the other file does not export. `./lib.js` and `./lib` mean `./lib.ts` too, and a folder its `index.ts`.",
    mending: "Mend the import or the syntax at the place that is shown; `tsc --noEmit` finds the same.",
    example: twoFunctions('import type { Row } from "./nowhere.ts";\n\nexport const f = (row: Row): number => row.page.length;\n', 'import type { Row } from "./row.js";\n\nexport const f = (row: Row): number => row.page.length;\n', call, { "./row.ts": "export interface Row {\n  readonly page: string;\n}\n" }),
  },
  {
    code: "E3025",
    title: "unrepeatable-function",
    meaning: "A batch may be run again, after a crash as well as to send its rows once more, and must then give the same rows. A function that reads the clock, draws random numbers, does I/O or changes a variable of its module gives others. What it calls in your own modules is looked at too. The machine's time zone counts as well: the batch may be run again on another one.",
    mending: "Hand it what it needs in the row: `current_timestamp()` is the same when the batch is run again. What is to be remembered belongs to `state f by key`, what is to be looked up to a table or to `map async f`.",
    example: { given: `${clicks}\nimport { since, age } from "./age.ts"`, bad: "sink out = clicks |> select since(at) as n into console()", good: "sink out = clicks |> select age(at, current_timestamp()) as n into console()", files: { "./age.ts": "export const since = (at: Date): number => Date.now() - at.getTime();\n\nexport const age = (at: Date, now: Date): number => now.getTime() - at.getTime();\n" } },
  },
  {
    code: "W3005",
    title: "trusted-package",
    meaning: "The function uses a package. Its code is not looked at, so it is trusted to compute from its arguments alone: no clock, no randomness, no I/O, nothing remembered from call to call.",
    mending: "Make sure that it does, once; the warning says where it is used.",
    example: twoFunctions('import { trim } from "some-package";\n\nexport const f = (row: { page: string }): string => String(trim(row.page));\n', "export const f = (row: { page: string }): string => row.page.trim();\n"),
  },
  {
    code: "W3006",
    title: "waits-outside",
    meaning: "`map async` may wait for what is outside the process, which may answer otherwise when the batch is run again. The rows of a batch that was not committed are then others than the first time.",
    mending: "Make sure that the same row gets the same answer, or that another one does no harm.",
    example: twoFunctions("export const f = async (row: { page: string }): Promise<{ found: boolean }> => ({ found: (await fetch(row.page)).ok });\n", "export const f = async (row: { page: string }): Promise<{ found: boolean }> => ({ found: row.page !== \"\" });\n", "sink out = clicks |> map async f into console()"),
  },
  {
    code: "W3007",
    title: "doubtful-types",
    meaning: "TypeScript finds a value that does not have its declared type in a module whose functions the job uses: a result, an argument, a field that is missing. The types say what the columns are, so a query stops where such a value comes back to a column. Only errors that cannot come from settings or declarations of your own compiler are told, at most five of a module.",
    mending: "Mend the place that is shown; `tsc --noEmit` with your own settings finds these and all others.",
    example: twoFunctions("export const f = (row: { page: string }): number => row.page;\n"),
  },
];
