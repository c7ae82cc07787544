import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyzeText } from "../../support/analyze-text.ts";
import { sampleFolders } from "../../support/samples.ts";
import type { CaseFile, DifferentialCase } from "./differential-case.ts";
import { filesForQueues } from "./files-for-queues.ts";

/** The samples of queries that read files or queues; sinks together apart where they can be, because Spark has none. */
export function sampleCases(): readonly DifferentialCase[] {
  return sampleFolders("queries").flatMap(({ name, path }) => {
    const file = join(path, "query.sluice");
    const text = readFileSync(file, "utf8");
    const settings: unknown = existsSync(join(path, "case.json")) ? JSON.parse(readFileSync(join(path, "case.json"), "utf8")) : {};
    const params: unknown = Reflect.get(Object(settings), "params");
    const env: unknown = Reflect.get(Object(settings), "env");
    if (env !== undefined || /\bfrom\s+(?:rate|socket|custom|kafka)\(/.test(text)) return [];
    const apart = text.replace(/^option sinks = "together"$/m, "");
    const said = analyzeText(apart, file).job === undefined ? text : apart;
    const inFolder = (folder: string): string => filesForQueues(said.replaceAll(/"(?=(?:in|out)\b)/g, `"${folder}/`), folder);
    return [{ name, path: file, text: inFolder, params: () => textsOf(params), runs: [[...inputs(path), ...queues(path)]], how: /^source\s/m.test(text) ? "available now" : "batch" } satisfies DifferentialCase];
  });
}

function textsOf(params: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(Object(params)).map(([name, value]) => [name, String(value)]));
}

function inputs(path: string): readonly CaseFile[] {
  const folder = join(path, "in");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: file.slice(path.length + 1), content: readFileSync(file) }));
}

/** What a queue is handed in at once is a file. */
function queues(path: string): readonly CaseFile[] {
  return readdirSync(path).flatMap((name) => {
    const source = /^queue-(.+)\.jsonl$/.exec(name)?.[1];
    if (source === undefined) return [];
    return readFileSync(join(path, name), "utf8").trimEnd().split("\n\n").map((lines, at) => ({ path: `${source}/${String(at + 1).padStart(3, "0")}.json`, content: `${lines}\n` }));
  });
}
