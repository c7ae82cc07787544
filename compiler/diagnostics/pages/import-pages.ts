import { clicks, type Page } from "./page.ts";

const good = 'import { score } from "./score.ts"\nsink out = clicks |> select score(page, 2) as n into console()';
const score = "export function score(text: string, weight: number): number {\n  return text.length * weight;\n}\n";

/** E2201 to E2208: functions imported from TypeScript. */
export const importPages: readonly Page[] = [
  {
    code: "E2201",
    title: "missing-module",
    meaning: "There is no file at this path. Paths are relative to the job's file and end in `.ts`, as in Node.",
    mending: "Mend the path.",
    example: { given: clicks, bad: 'import { score } from "./scores.ts"\nsink out = clicks |> select score(page, 2) as n into console()', good, files: { "./score.ts": score } },
  },
  {
    code: "E2202",
    title: "missing-export",
    meaning: "The module exports nothing of this name.",
    mending: "Mend the spelling, or export the function: `export function f …`.",
    example: { given: clicks, bad: 'import { points } from "./score.ts"\nsink out = clicks |> select points(page, 2) as n into console()', good, files: { "./score.ts": score } },
  },
  {
    code: "E2203",
    title: "not-a-function",
    meaning: "The module exports this name, and it is no function. Jobs import functions only: values that change from run to run are params.",
    mending: "Import a function, or declare a `param`.",
    example: {
      given: clicks,
      bad: 'import { limit } from "./score.ts"\nsink out = clicks |> where user > limit(page) into console()',
      good: "param limit: long = 10\nsink out = clicks |> where user > limit into console()",
      files: { "./score.ts": "export const limit = 10;\n" },
    },
  },
  {
    code: "E2204",
    title: "foreign-type",
    meaning: "A parameter or the result has a TypeScript type that no column can hold. Signatures are read from the source and checked against the columns, so that nothing is found out at run time.",
    mending: "Take and return `string`, `number`, `bigint`, `boolean`, `Date`, `Uint8Array`, arrays, maps from strings and records of them, `| null` where a value may be missing.",
    example: {
      given: clicks,
      bad: 'import { sizeOf } from "./size.ts"\nsink out = clicks |> select sizeOf(page) as n into console()',
      good: 'import { lengthOf } from "./size.ts"\nsink out = clicks |> select lengthOf(page) as n into console()',
      files: { "./size.ts": "export function sizeOf(text: RegExp): number {\n  return text.source.length;\n}\n\nexport function lengthOf(text: string): number {\n  return text.length;\n}\n" },
    },
  },
  {
    code: "E2205",
    title: "imported-argument-count",
    meaning: "An imported function is called with fewer or more arguments than its signature has.",
    mending: "Give as many; a parameter with a default may be left out.",
    example: { given: clicks, bad: 'import { score } from "./score.ts"\nsink out = clicks |> select score(page) as n into console()', good, files: { "./score.ts": score } },
  },
  {
    code: "E2206",
    title: "imported-argument-type",
    meaning: "A column goes to a parameter that cannot take it. A `number` takes int, long (checked in each row), float and double, a `bigint` int and long, a `Date` dates and timestamps. Within arrays, maps and records what may be null needs a type with `| null`.",
    mending: "Declare the parameter as the column is, or convert the column: `cast(x as double)`.",
    example: { given: clicks, bad: 'import { score } from "./score.ts"\nsink out = clicks |> select score(at, 2) as n into console()', good, files: { "./score.ts": score } },
  },
  {
    code: "E2207",
    title: "async-function",
    meaning: "The function returns a promise. An expression is computed row by row and cannot wait.",
    mending: "Return the value itself: look it up before and join it as a table, or wait for it in a step of its own, `map async f`.",
    example: {
      given: clicks,
      bad: 'import { score } from "./later.ts"\nsink out = clicks |> select score(page) as n into console()',
      good: 'import { lengthOf } from "./later.ts"\nsink out = clicks |> select lengthOf(page) as n into console()',
      files: { "./later.ts": "export async function score(text: string): Promise<number> {\n  return text.length;\n}\n\nexport function lengthOf(text: string): number {\n  return text.length;\n}\n" },
    },
  },
  {
    code: "E2208",
    title: "open-signature",
    meaning: "The function has overloads, type parameters or rest parameters, so there is no one list of types to check columns against.",
    mending: "Export a function with one signature that calls it.",
    example: {
      given: clicks,
      bad: 'import { head } from "./head.ts"\nsink out = clicks |> select head(split(page, "/")) as first into console()',
      good: 'import { headOf } from "./head.ts"\nsink out = clicks |> select headOf(split(page, "/")) as first into console()',
      files: {
        "./head.ts":
          "export function head<T>(items: readonly T[]): T | null {\n  return items[0] ?? null;\n}\n\nexport function headOf(items: readonly string[]): string | null {\n  return head(items);\n}\n",
      },
    },
  },
];
