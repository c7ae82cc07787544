import { expect, test } from "vitest";
import { analyzeWithModules } from "../../../support/analyze-with-modules.ts";

const job = `schema Click {
  page: string
}
source clicks: Click from queue()
import { f } from "./f.ts"
sink out = clicks |> select f(page) as n into console()
`;

/** The codes and, of each, the TypeScript text that it points at. */
function found(module: string, others: { readonly [specifier: string]: string } = {}, text = job): readonly string[] {
  const { diagnostics } = analyzeWithModules(text, { "./f.ts": module, ...others });
  return diagnostics.map(({ code, secondary: [label] }) => (label?.file === undefined ? code : `${code} ${label.file.text.slice(label.span.start, label.span.end)}`));
}

function inBody(body: string, before = ""): readonly string[] {
  return found(`${before}\nexport function f(page: string): string {\n  ${body}\n  return page;\n}\n`);
}

test("a function that computes from its arguments is let through", () => {
  expect(inBody("const seen = new Set<string>(); seen.add(page); let n = 0; n++; console.log(n, new Date(0), new Date(page), Math.max(1, n));")).toEqual([]);
  expect(inBody("return page.replace(pattern, '') + table.get(page) + Level.High;", "const pattern = /a/g;\nconst table = new Map([['a', 1]]);\nenum Level { High }")).toEqual([]);
  expect(found(`import { createHash } from "node:crypto";\nimport path from "node:path";\nexport function f(page: string): string {\n  return path.basename(page) + String(createHash("sha256").update(page).digest("hex"));\n}\n`)).toEqual([]);
  expect(found("class Counter { n = 0; next() { return ++this.n; } }\nexport function f(page: string): number {\n  const counter = new Counter();\n  return counter.next() + page.length;\n}\n")).toEqual([]);
  expect(found("const process = (text: string): string => text;\nexport const f = (page: string): string => process(page);\n")).toEqual([]);
  expect(inBody("const { process } = { process: 1 }; const other: { fetch: number } = { fetch: process }; if (other.fetch > 1) return '';")).toEqual([]);
});

test("the clock is named with its line", () => {
  expect(inBody("const t = Date.now();")).toEqual(["E3025 Date.now()"]);
  expect(inBody("const t = new Date();")).toEqual(["E3025 new Date()"]);
  expect(inBody("const t = Date();")).toEqual(["E3025 Date()"]);
  expect(inBody("const now = Date.now;")).toEqual(["E3025 Date.now"]);
  expect(inBody("performance.now();")).toEqual(["E3025 performance.now()"]);
  expect(inBody("performance.now();", `import { performance } from "node:perf_hooks";`)).toEqual(["E3025 performance.now()"]);
});

test("randomness is, be it imported under another name", () => {
  expect(inBody("Math.random();")).toEqual(["E3025 Math.random()"]);
  expect(inBody("crypto.randomUUID();")).toEqual(["E3025 crypto.randomUUID()"]);
  expect(inBody("id();", `import { randomUUID as id } from "crypto";`)).toEqual(["E3025 id()"]);
  expect(inBody("crypto.randomBytes(8);", `import * as crypto from "node:crypto";`)).toEqual(["E3025 crypto.randomBytes(8)"]);
});

test("I/O, timers, the process and the global object are", () => {
  expect(inBody("fetch(page);")).toEqual(["E3025 fetch(page)"]);
  expect(inBody("setTimeout(() => page, 1);")).toEqual(["E3025 setTimeout(() => page, 1)"]);
  expect(inBody("process.env.HOME;")).toEqual(["E3025 process.env.HOME"]);
  expect(inBody("globalThis.n = 1;")).toEqual(["E3025 globalThis.n = 1"]);
  expect(inBody("readFileSync(page);", `import { readFileSync } from "node:fs";`)).toEqual(["E3025 readFileSync(page)"]);
  expect(inBody("os.hostname();", `import os from "node:os";`)).toEqual(["E3025 os.hostname()"]);
  expect(inBody("import('./other.ts');")[0]).toBe("E3025 import('./other.ts')");
});

test("state of the module is, however it is changed", () => {
  expect(inBody("n++;", "let n = 0;")).toEqual(["E3025 n++"]);
  expect(inBody("if (n > 1) return '';", "let n = 0;")).toEqual(["E3025 n"]);
  expect(inBody("seen.add(page);", "const seen = new Set<string>();")).toEqual(["E3025 seen.add(page)"]);
  expect(inBody("cache.byPage['a'] = 1;", "const cache: { byPage: Record<string, number> } = { byPage: {} };")).toEqual(["E3025 cache.byPage['a'] = 1"]);
  expect(inBody("Object.assign(cache, { page });", "const cache = {};")).toEqual(["E3025 cache"]);
  expect(inBody("delete cache[page];", "const cache: Record<string, number> = {};")).toEqual(["E3025 delete cache[page]"]);
  expect(inBody("sticky.test(page);", "const sticky = /a/g;")).toEqual(["E3025 sticky.test(page)"]);
  expect(inBody("counter.next();", "class Counter { n = 0; next() { return ++this.n; } }\nconst counter = new Counter();")).toEqual(["E3025 ++this.n"]);
  expect(inBody("Counter.n += 1;", "class Counter { static n = 0; }")).toEqual(["E3025 Counter.n += 1"]);
  expect(inBody("const t = started;", "const started = Date.now();")).toEqual(["E3025 Date.now()"]);
});

test("what a function calls in the user's own modules is looked into, once", () => {
  const clock = "export function stamp(): number {\n  return tick() + tick();\n}\nconst tick = (): number => Date.now();\nexport const zone = { now: () => new Date() };\nexport let calls = 0;\n";
  expect(found(`import { stamp as at } from "./clock.ts";\nexport const f = (page: string): number => page.length + at() + at();\n`, { "./clock.ts": clock })).toEqual(["E3025 Date.now()"]);
  expect(found(`import * as clock from "./clock.ts";\nexport const f = (page: string): number => page.length + clock.calls;\n`, { "./clock.ts": clock })).toEqual(["E3025 clock.calls"]);
  expect(found(`import { zone } from "./clock.ts";\nexport const f = (page: string): number => page.length + zone.now().getTime();\n`, { "./clock.ts": clock })).toEqual(["E3025 new Date()"]);
  expect(found("export function f(page: string): number {\n  return page === '' ? 0 : f(page.slice(1)) + g(page);\n}\nfunction g(page: string): number {\n  return f(page);\n}\n")).toEqual([]);
});

test("an imported package is trusted with a warning, once in a job", () => {
  const module = `import parser from "ua-parser-js";\nimport { x } from "@scope/tools/deep";\nimport type { GroupState } from "sluice/runtime";\nexport const f = (page: string): string => String(parser(page)) + x(page) + parser(page);\nexport const g = (page: string): string => String(parser(page));\n`;
  const text = job.replace("{ f }", "{ f, g }").replace("f(page) as n", "f(page) as n, g(page) as m, f(page) as o");
  const { diagnostics } = analyzeWithModules(text, { "./f.ts": module });
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    "W3005 `f` uses the package `ua-parser-js`, which is trusted to give the same when a batch is run again",
    "W3005 `f` uses the package `@scope/tools`, which is trusted to give the same when a batch is run again",
  ]);
});

test("a function that is used twice is reported once", () => {
  expect(found("export const f = (page: string): number => page.length + Math.random();\n", {}, job.replace("f(page) as n", "f(page) as n, f(page) as m"))).toEqual(["E3025 Math.random()"]);
});

test("the clock is, be Date named otherwise or its member written as a text", () => {
  expect(inBody("now();", "const { now } = Date;")).toEqual(["E3025 Date"]);
  expect(inBody("D.now();", "const D = Date;")).toEqual(["E3025 D.now()"]);
  expect(inBody("const D = Date; new D(0); new D();")).toEqual(["E3025 new D()"]);
  expect(inBody("M.random(); M.max(1, 2);", "const M = Math;")).toEqual(["E3025 M.random()"]);
  expect(inBody("Date['now']();")).toEqual(["E3025 Date['now']()"]);
  expect(inBody("new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).format();")).toEqual(["E3025 new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).format()"]);
});

test("the machine's time zone is", () => {
  expect(inBody("const at = new Date(0); at.getHours(); at.getUTCHours(); at.getTime();")).toEqual(["E3025 at.getHours()"]);
  expect(inBody("new Date(2024, 0, 1);")).toEqual(["E3025 new Date(2024, 0, 1)"]);
  expect(inBody("new Date(0).toLocaleString();")).toEqual(["E3025 new Date(0).toLocaleString()"]);
  expect(inBody("new Date(0).toLocaleString('en', { timeZone: 'UTC' }); new Date(Date.UTC(2024, 0, 1)).toISOString(); (1).toString(); (1).toLocaleString();")).toEqual([]);
  expect(inBody("new Intl.DateTimeFormat('en').format(new Date(0));")).toEqual(["E3025 new Intl.DateTimeFormat('en')"]);
});

test("state of the module is, under another name too", () => {
  expect(inBody("const rows = seen; rows.push(page);", "const seen: string[] = [];")).toEqual(["E3025 rows.push(page)"]);
  expect(inBody("const rows = cache.rows; rows.push(page);", "const cache: { rows: string[] } = { rows: [] };")).toEqual(["E3025 rows.push(page)"]);
  expect(inBody("grow(seen, page);", "const seen: string[] = [];\nfunction grow(rows: string[], row: string) { rows.push(row); }")).toEqual(["E3025 rows.push(row)"]);
  expect(inBody("let n = limit; n++; const own: string[] = []; grow(own, page); const rows = seen; rows.includes(page);", "const limit = 1;\nconst seen: readonly string[] = [];\nfunction grow(rows: string[], row: string) { rows.push(row); rows = []; }")).toEqual([]);
});
