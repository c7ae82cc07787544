import { expect, test } from "vitest";
import { typeText } from "../../../../compiler/ir/types/data-type.ts";
import { exprText } from "../../../../compiler/ir/expr/print.ts";
import { analyzeWithModules } from "../../../support/analyze-with-modules.ts";

const schema = `schema Click {
  page:  string
  user:  long?
  at:    timestamp
  cost:  decimal(6,2)
  items: { price: float?, tags: string[] }[]
}
source clicks: Click from queue()
import { f } from "./f.ts"
`;

function analyzed(steps: string, module: string): ReturnType<typeof analyzeWithModules> {
  return analyzeWithModules(`${schema}sink out = clicks |> ${steps} into console()\n`, { "./f.ts": module });
}

/** The codes with their messages; the rows' last column where there are none. */
function told(steps: string, module: string): string {
  const { job, diagnostics } = analyzed(steps, module);
  if (diagnostics.length > 0) return diagnostics.map(({ code, message, help }) => `${code} ${message}; ${help?.text ?? ""}`).join("\n");
  const plan = job?.queries[0]?.plan;
  const column = plan?.output.at(-1);
  const expr = plan?.kind === "Project" ? plan.columns.at(-1)?.expr : undefined;
  return column === undefined ? "nothing" : `${column.name}: ${typeText(column.type)}${column.nullable ? "?" : ""}${expr === undefined ? "" : ` = ${exprText(expr)}`}`;
}

test("f(*) calls a function with a record of just the columns that it names", () => {
  expect(told("select f(*) as n", "export const f = (row: { user: number | null; page: string }): string => row.page;\n")).toBe("n: string = f({ user: user, page: page })");
  expect(told("select f(*) as n", "interface Row { page: string; extra?: number }\nexport const f = (row: Row): bigint | undefined => BigInt(row.page.length);\n")).toBe("n: long? = f({ page: page, extra: null })");
  expect(told("select page |> select f(*) as n", "export const f = (page: string): number => page.length;\n")).toBe("n: double = f(page)");
  expect(told("where f(*) |> select page", "export const f = (row: { at: Date }): boolean => row.at > new Date(0);\n")).toContain("page: string");
});

test("a function that returns its parameter's own type gives back the types of the columns", () => {
  const row = "interface Row { user: number | null; page: string; at: Date; items: { price: number | null }[] }\n";
  expect(told("select f(*) as n", `${row}export const f = (row: Row): Row => row;\n`)).toMatch(/^n: \{ user: long\?, page: string, at: timestamp, items: \{ price: float\? \}\[\] \} = /);
  expect(told("select f(*) as n", `${row}export const f = (row: Row): Row | null => row;\n`)).toMatch(/^n: \{ user: long\?, .*\}\? = /);
  expect(told("select f(*) as n", `${row}export const f = (row: Row): { user: number | null } => row;\n`)).toMatch(/^n: \{ user: double\? \} = /);
});

test("a group key may be a function of the row, under its own name", () => {
  const module = "export const f = (row: { page: string }): string => row.page.slice(0, 1);\n";
  expect(told("aggregate count() as c group by f", module)).toContain("E3002");
  const { job } = analyzeWithModules(`${schema}sink out = clicks |> aggregate count() as c group by f into console() mode complete\n`, { "./f.ts": module });
  expect(job?.queries[0]?.plan.output.map(({ name, type }) => `${name}: ${typeText(type)}`)).toEqual(["f: string", "c: long"]);
  const named = analyzeWithModules(`${schema}sink out = clicks |> aggregate count() as c group by f as letter into console() mode complete\n`, { "./f.ts": module });
  expect(named.job?.queries[0]?.plan.output[0]?.name).toBe("letter");
  const column = analyzeWithModules(`${schema}sink out = clicks |> select page as f |> aggregate count() as c group by f into console() mode complete\n`, { "./f.ts": module });
  expect(column.job?.queries[0]?.plan.output[0]?.name).toBe("f");
});

test("what the rows lack or hold otherwise is told with the way out", () => {
  expect(told("select f(*) as n", "export const f = (row: { pages: string }): string => row.pages;\n")).toBe("E2211 `f` wants `pages`, which the rows do not have; did you mean `page`?");
  expect(told("select f(*) as n", "export const f = (row: { user: number }): number => row.user;\n")).toBe("E2213 `user` may be null, and `f` does not take null for it; declare it `number | null`, or leave such rows out before: `|> where user is not null`");
  expect(told("select f(*) as n", "export const f = (row: { cost: number }): number => row.cost;\n")).toBe("E2212 `f` wants a number for `cost`, and the column is a decimal(6,2); convert it before: `|> set cost = cast(cost as double)`");
  expect(told("select f(*) as n", "export const f = (row: { at: string }): string => row.at;\n")).toBe("E2212 `f` wants a string for `at`, and the column is a timestamp; convert it before: `|> set at = cast(at as string)`");
  expect(told("select f(*) as n", "export const f = (row: { page: number }): number => row.page;\n")).toBe("E2212 `f` wants a number for `page`, and the column is a string; declare it as string");
  expect(told("select f(*) as n", "export const f = (row: { items: { price: number }[] }): number => 1;\n")).toBe("E2213 `items[].price` may be null, and `f` does not take null for it; declare it `number | null`");
  expect(told("select f(*) as n", "export const f = (row: { items: { name: string }[] }): number => 1;\n")).toBe("E2211 `f` wants `items[].name`, which the rows do not have; declare it optional: `name?`");
  expect(told("select f(*) as n", "export const f = (page: string): number => 1;\n")).toBe("E2214 `f` is called with the row, and takes a string; take a record of the columns that it reads: `(row: { page: string }) => …`");
  expect(told("select f(*) as n", "export const f = (a: { page: string }, b: number): number => 1;\n")).toBe("E2214 `f` is called with the row, and takes 2 arguments; take one record: `(row: { name: string }) => …`");
});

test("a column whose nulls were left out before goes into a field that takes none", () => {
  const module = "export const f = (row: { user: number }): number => row.user;\n";
  expect(told("where user is not null |> select f(*) as n", module)).toBe("n: double = f({ user: user })");
  expect(told("where user > 3 and page = '' |> select user as user, page |> select f(*) as n", module)).toContain("f({ user: user })");
  expect(told("where user > 3 or page = '' |> select f(*) as n", module)).toMatch(/^E2213 /);
});

test("a field is looked for in the rows of a join too, and of two with one name none is guessed", () => {
  expect(told(`as a |> join clicks as b on a.page = b.page unbounded |> select f(*) as n`, "export const f = (row: { page: string }): string => row.page;\n")).toContain("E2005");
});

test("scalars fit as they do in a row: a long into a number, a timestamp or date into a Date", () => {
  expect(told("select f(user) as n", "export const f = (x: number): number => x;\n")).toBe("n: double? = f(user)");
  expect(told("select f(at) as n", "export const f = (x: Date): Date => x;\n")).toBe("n: timestamp = f(at)");
  expect(told("select f(items) as n", "export const f = (x: readonly { tags: readonly string[] }[]): string | null => null;\n")).toBe("n: string? = f(items)");
  expect(told("select f(items) as n", "export const f = (x: { price: number }[]): number => 1;\n")).toBe("E2206 `f` wants a number for `x[].price`, found one that may be null; declare it with `| null`");
  expect(told("select f(null) as n", "export const f = (x: string): number => 1;\n")).toBe("n: double? = f(null)");
});

test("types that say nothing, contain themselves or wait are refused", () => {
  expect(told("select f(page) as n", `import type { Thing } from "things";\nexport const f = (x: Thing): string => "";\n`)).toMatch(/^E2209 /);
  expect(told("select f(page) as n", `import parse from "things";\nexport const f = (x: string) => parse(x);\n`)).toMatch(/^E2209 the result of `f` has the type `any`/);
  expect(told("select f(*) as n", "interface Row { page: string; next: Row | null }\nexport const f = (row: Row): string => row.page;\n")).toMatch(/^E2210 `next` in the parameter `row` of `f` has the type `Row \| null`, which contains itself/);
  expect(told("select f(page) as n", "export const f = async (x: string): Promise<string> => x;\n")).toMatch(/^E2207 /);
});
