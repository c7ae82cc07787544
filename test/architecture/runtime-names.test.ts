import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { findSink, findSource, sinkNames, sourceNames } from "../../compiler/catalog/connectors/registry.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

it("calls only what the runtime exports", async () => {
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "compiler/**/*.ts"], { cwd: root, encoding: "utf8" }).trim().split("\n");
  const entries = new Map<string, Readonly<Record<string, unknown>>>();
  const missing: string[] = [];
  for (const file of files) {
    for (const [, name = "", entry = "runtime"] of readFileSync(join(root, file), "utf8").replace(/\/\*[\s\S]*?\*\//g, "").matchAll(/\bruntime\("(\w+)"(?:, "(runtime[\w/]*)")?\)/g)) {
      const path = entry === "runtime" ? "runtime/index.ts" : `${entry}.ts`;
      const module = entries.get(path) ?? (await import(join(root, path)));
      entries.set(path, module);
      if (!Object.hasOwn(module, name)) missing.push(`${file}: ${name} of ${path}`);
    }
  }
  expect(missing).toEqual([]);
});

it("finds the factory of every connector of the catalogue", async () => {
  for (const name of new Set([...sourceNames(), ...sinkNames()])) {
    const factories = [findSource(name), findSink(name)].flatMap((found) => (found === undefined || found === "later" ? [] : [found.factory]));
    if (factories.length === 0) continue;
    const sink = findSink(name);
    const entry = sink === undefined || sink === "later" ? name : (sink.entry ?? name);
    const module: Readonly<Record<string, unknown>> = await import(join(root, `runtime/connectors/${entry}.ts`));
    for (const factory of factories) expect(module[factory], `${factory} of ${name}`).toBeTypeOf("function");
  }
});
