import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { coverageTables } from "../../compiler/5-spark/coverage.ts";
import { pages } from "../../compiler/diagnostics/pages/pages.ts";
import { goldenTest } from "../support/samples.ts";
import { sparkReference } from "./spark-reference.ts";

test("docs/spark.md is what npm run reference writes", () => {
  goldenTest(sparkReference(), fileURLToPath(new URL("../../docs/spark.md", import.meta.url)));
});

const rows = coverageTables().flatMap((table) => table.rows.map((row) => ({ ...row, title: table.title })));

test("every code of the tables has a page, and what is refused has a code and a form that runs", () => {
  expect(rows.flatMap(({ codes }) => codes).filter((code) => !pages.has(code))).toEqual([]);
  expect(rows.filter(({ how, codes, nearest }) => how === "refused" && (codes.length === 0 || nearest === "")).map(({ name }) => name)).toEqual([]);
});

test("every code of the target Spark stands in a table of the page", () => {
  const catalogue = new URL("../../compiler/diagnostics/catalogue/", import.meta.url);
  const codes = readdirSync(catalogue).filter((name) => name.startsWith("spark-")).flatMap((name) => [...readFileSync(new URL(name, catalogue), "utf8").matchAll(/code: "([EW]41\d\d)"/g)].map(([, code]) => code ?? ""));
  expect(codes.length).toBeGreaterThan(40);
  const page = sparkReference();
  expect(codes.filter((code) => !page.includes(code))).toEqual([]);
  const told = new Set(rows.flatMap((row) => row.codes));
  expect(codes.filter((code) => !told.has(code))).toEqual([]);
});

test("nothing stands in a table twice", () => {
  const names = rows.map(({ title, name }) => `${title}: ${name}`);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});
