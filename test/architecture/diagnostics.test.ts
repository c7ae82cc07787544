import { readdirSync } from "node:fs";
import { expect, it } from "vitest";

const catalogue = new URL("../../compiler/diagnostics/catalogue/", import.meta.url);
const samples = new URL("../samples/diagnostics/", import.meta.url);

interface Kind {
  readonly code: string;
  readonly slug: string;
  readonly severity: string;
}

async function kinds(): Promise<readonly (Kind & { readonly file: string })[]> {
  const found: (Kind & { file: string })[] = [];
  for (const file of readdirSync(catalogue)) {
    const module: Readonly<Record<string, unknown>> = await import(new URL(file, catalogue).href);
    for (const value of Object.values(module)) {
      if (typeof value === "function" && "code" in value && "slug" in value && "severity" in value) {
        found.push({ code: String(value.code), slug: String(value.slug), severity: String(value.severity), file });
      }
    }
  }
  return found;
}

it("gives every diagnostic a code and a slug of its own", async () => {
  const all = await kinds();
  const unique = new Set(all.map(({ code, slug }) => `${code} ${slug}`));
  expect(new Set(all.map(({ code }) => code)).size).toBe(unique.size);
  expect(new Set(all.map(({ slug }) => slug)).size).toBe(unique.size);
  for (const { code } of all) expect(code).toMatch(/^[EW]\d{4}$/);
});

it("has a sample for every code of the analysis", () => {
  return kinds().then((all) => {
    const shown = new Set(readdirSync(samples).map((name) => name.slice(0, 5)));
    const missing = [...new Set(all.map(({ code }) => code))].filter((code) => !code.startsWith("E1") && !shown.has(code));
    expect(missing).toEqual([]);
  });
});
