import { expect, it } from "vitest";
import { compile } from "../../../../compiler/compile.ts";
import type { AggregateCall } from "../../../../compiler/ir/expr/aggregate-call.ts";
import { typeText } from "../../../../compiler/ir/types/data-type.ts";

const source = 'source s: { k: string, n: long?, at: timestamp, xs: int[], p: { name: string, age: int } } from queue()';

/** What a job makes of the aggregate `f` of a module: the calls that it has, and the codes of its diagnostics. */
function read(module: string, aggregate = "f(n) as r group by k"): { readonly calls: readonly AggregateCall[]; readonly problems: readonly string[] } {
  const text = `import { f } from "./f.ts"\n${source}\nsink out = s |> aggregate ${aggregate} into console() mode complete\n`;
  const { job, diagnostics } = compile("job.sluice", text, { files: { read: (specifier) => (specifier === "./f.ts" ? { path: specifier, text: module } : undefined) } });
  const calls: AggregateCall[] = [];
  for (const query of job?.queries ?? []) {
    query.plan.visit((node) => {
      if (node.kind === "Aggregate") calls.push(...node.aggregates.map(({ call }) => call));
    });
  }
  return { calls, problems: diagnostics.map(({ code, message }) => `${code} ${message}`) };
}

const sum = (extra = ""): string => `{ init: () => 0, add: (s: number, n: number) => s + n, ${extra} merge: (a: number, b: number) => a + b, result: (s: number) => s }`;

it("reads the state from the first parameter of `add`, the values from the others, the result from `result`", () => {
  const { calls, problems } = read(
    `interface Seen { last?: Date; names: Map<string, bigint | null> }
export const f = {
  init: (): Seen => ({ names: new Map() }),
  add: (seen: Seen, name: string | null, at: Date, weight = 1): Seen => seen,
  merge: (a: Seen, b: Seen) => a,
  result: (seen: Seen): { at: Date | null; names: string[] } => ({ at: null, names: [] }),
};`,
    "f(k, at) as r group by n",
  );
  expect(problems).toEqual([]);
  const [call] = calls;
  expect(call?.user?.state).toMatchObject({ kind: "record", fields: [{ name: "last", shape: { kind: "Date", optional: true } }, { name: "names", shape: { kind: "map", value: { kind: "bigint", nullable: true } } }] });
  expect(call?.user?.parameters.map(({ name, nullable, shape }) => [name, nullable, shape.kind])).toEqual([["name", true, "string"], ["at", false, "Date"], ["weight", false, "number"]]);
  expect(call === undefined ? "" : typeText(call.type)).toBe("{ at: timestamp?, names: string[] }");
});

it("takes an object however it is declared, and `retract` only where it is there", () => {
  const typed = 'import type { UserAggregate } from "sluice/runtime";\n';
  const literal = "{ init: () => 0, add: (s, n) => s + n, merge: (a, b) => a + b, result: (s) => s }";
  const withRetract = literal.replace("merge:", "retract: (s, n) => s - n, merge:");
  const forms: readonly (readonly [module: string, retracts: boolean])[] = [
    [`export const f = ${sum()};`, false],
    [`export const f = ${sum("retract: (s: number, n: number) => s - n,")};`, true],
    [`${typed}export const f: UserAggregate<number, [n: number], number> = ${literal};`, false],
    [`${typed}export const f: UserAggregate<number, [n: number], number> = ${withRetract};`, true],
    [`${typed}export const f = (${withRetract}) satisfies UserAggregate<number, [number], number>;`, true],
    [`const sum = ${sum()};\nexport { sum as f };`, false],
    ["class Sum { init(): number { return 0; } add(s: number, n: number): number { return s + n; } merge(a: number, b: number): number { return a + b; } result(s: number): number { return s; } }\nexport const f = new Sum();", false],
  ];
  for (const [module, retracts] of forms) {
    const { calls, problems } = read(module);
    expect([module, problems, calls.map(({ user, isInvertible }) => [user?.retracts, isInvertible === true])]).toEqual([module, [], [[retracts, retracts]]]);
  }
});

it("believes a declared type of the result, and takes an item of an array for one that may be missing", () => {
  const nullable = (module: string): readonly (boolean | undefined)[] => read(module).calls.map((call) => call.nullable);
  const declared = 'import type { UserAggregate } from "sluice/runtime";\nexport const f: UserAggregate<number[], [n: number], number | null> = ';
  const literal = "{ init: (): number[] => [], add: (s: number[], n: number) => [...s, n], merge: (a: number[], b: number[]) => [...a, ...b], result: (s: number[]) => RESULT };";
  expect(nullable(declared + literal.replace("RESULT", "7"))).toEqual([true]);
  expect(nullable(`export const f = ${literal.replace("RESULT", "7")}`)).toEqual([false]);
  expect(nullable(`export const f = ${literal.replace("RESULT", "s[0] ?? null")}`)).toEqual([true]);
});

it("takes several arguments, conditions, `distinct`, and shares the column of equal calls", () => {
  const { calls, problems } = read(`export const f = ${sum()};`, "f(n where k = \"a\") as a, f(distinct n) as b, f(n) + 1 as c, f(n) as d");
  expect(problems).toEqual([]);
  expect(calls.map(({ distinct, where, keepsValues }) => [distinct, where !== undefined, keepsValues === true])).toEqual([[false, true, false], [true, false, true], [false, false, false]]);
});

it("takes arrays, maps and records for values", () => {
  const module = "export const f = { init: () => 0, add: (s: number, xs: readonly number[], p: { readonly name: string }) => s + xs.length + p.name.length, merge: (a: number, b: number) => a + b, result: (s: number) => s };";
  expect(read(module, "f(xs, p) as r").problems).toEqual([]);
});

it.each([
  ["an untyped state", "{ init: () => 0, add: (s: any, n: number) => s, merge: (a: any) => a, result: (s: any) => 0 }", ["E2231", "E2233"]],
  ["a state with a method", "{ init: () => ({ n: 0, next() { return 1; } }), add: (s: { n: number; next(): number }, n: number) => s, merge: (a: { n: number; next(): number }, b: { n: number; next(): number }) => a, result: () => 0 }", ["E2233"]],
  ["a state that holds itself", "{ init: (): T => ({}), add: (s: T, n: number): T => s, merge: (a: T, b: T): T => a, result: (s: T) => 0 }; interface T { next?: T }", ["E2233"]],
  ["an init of another type", sum().replace("() => 0", '() => ""'), ["E2234"]],
  ["an init that may give nothing", sum().replace("() => 0", "(): number | undefined => 0"), ["E2234"]],
  ["no function", sum().replace("(s: number) => s", "7"), ["E2231"]],
  ["overloads", sum().replace("result: (s: number) => s", "result: null as unknown as { (s: number): number; (s: number, t: number): number }"), ["E2231"]],
  ["a value that no column has", sum().replace("n: number", "n: RegExp").replace("s + n", "s"), ["E2204"]],
  ["a result that no column has", sum().replace("(s: number) => s", "(s: number) => () => s"), ["E2204"]],
  ["an add without a state", sum().replace("(s: number, n: number) => s + n", "() => 0"), ["E2231"]],
  ["a promise", sum().replace("(a: number, b: number) => a + b", "async (a: number, b: number) => a + b"), ["E2232"]],
])("refuses %s", (_name, object, codes) => {
  const [first, ...rest] = object.split("; interface");
  const { problems } = read(`${rest.map((text) => `interface${text};\n`).join("")}export const f = ${first ?? ""};`);
  expect(problems.map((text) => text.slice(0, 5))).toEqual(codes);
});

it("holds arguments against the values of `add`", () => {
  const module = `export const f = ${sum()};`;
  expect(read(module, "f(k) as r").problems).toEqual(["E2206 `f` wants a number for `n`, found a string"]);
  expect(read(module, "f() as r").problems).toEqual(["E2205 `f` takes 1 argument, found none"]);
  expect(read(module, "f(*) as r").problems.map((text) => text.slice(0, 5))).toEqual(["E2114"]);
});

it("is no function: it stands where an aggregate may stand", () => {
  const files = { read: (specifier: string) => (specifier === "./f.ts" ? { path: specifier, text: `export const f = ${sum()};` } : undefined) };
  const codesOf = (steps: string): readonly string[] => compile("job.sluice", `import { f } from "./f.ts"\n${source}\nsink out = s ${steps} into console() mode complete\n`, { files }).diagnostics.map(({ code }) => code);
  expect(codesOf("|> select f(n) as r")).toContain("E2109");
  expect(codesOf("|> aggregate sum(f(n)) as r")).toContain("E2111");
});
