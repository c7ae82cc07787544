import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type CaseFile, type DifferentialCase, howOf } from "./differential-case.ts";

const folder = new URL("../found/", import.meta.url);

/** The jobs of `test/spark/found`, each of which was not the same on both targets once. Behind a job stand its files in the order in which they come, as comments: a line with the path, then the lines. */
export function foundCases(): readonly DifferentialCase[] {
  return readdirSync(folder).filter((name) => name.endsWith(".sluice")).sort().map((name): DifferentialCase => {
    const path = fileURLToPath(new URL(name, folder));
    const text = readFileSync(path, "utf8");
    return { name: name.replace(/\.sluice$/, ""), path, text: (into) => text.replaceAll('"data/', `"${into}/data/`), runs: [filesIn(text)], how: howOf(text) };
  });
}

function filesIn(text: string): readonly CaseFile[] {
  const files: { readonly path: string; content: string }[] = [];
  for (const line of text.split("\n")) {
    const path = /^\/\/ (data\/\S+)$/.exec(line)?.[1];
    if (path !== undefined) files.push({ path, content: "" });
    const last = files.at(-1);
    if (last !== undefined && line.startsWith("//   ")) last.content += `${line.slice(5)}\n`;
  }
  return files;
}
