import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyzeText } from "../../support/analyze-text.ts";
import { sampleFolders } from "../../support/samples.ts";
import { type CaseFile, type DifferentialCase, howOf } from "./differential-case.ts";
import { filesForQueues } from "./files-for-queues.ts";
import { filesUnder } from "./files-under.ts";

/** The samples of queries that read files or queues; sinks together apart where they can be, because Spark has none. */
export interface SampleCases {
  readonly cases: readonly DifferentialCase[];
  /** The others, and why. */
  readonly others: ReadonlyMap<string, string>;
}

export function sampleCases(): SampleCases {
  const cases: DifferentialCase[] = [];
  const others = new Map<string, string>();
  for (const { name, path } of sampleFolders("queries")) {
    const file = join(path, "query.sluice");
    const text = readFileSync(file, "utf8");
    const settings: unknown = existsSync(join(path, "case.json")) ? JSON.parse(readFileSync(join(path, "case.json"), "utf8")) : {};
    const params: unknown = Reflect.get(Object(settings), "params");
    const connector = /\bfrom\s+(rate|socket|custom|kafka)\(/.exec(text)?.[1];
    if (connector !== undefined) others.set(name, `connector ${connector}`);
    else if (Reflect.get(Object(settings), "env") !== undefined) others.set(name, "the environment of the Spark that all tests share is its own");
    else {
      const apart = text.replace(/^option sinks = "together"$/m, "");
      const said = analyzeText(apart, file).job === undefined ? text : apart;
      const inFolder = (folder: string): string => filesForQueues(said.replaceAll(/"(?=(?:in|out)\b)/g, `"${folder}/`), folder);
      cases.push({ name, path: file, text: inFolder, params: () => textsOf(params), runs: [[...inputs(path), ...queues(path)]], how: howOf(text) });
    }
  }
  return { cases, others };
}

function textsOf(params: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(Object(params)).map(([name, value]) => [name, String(value)]));
}

function inputs(path: string): readonly CaseFile[] {
  const folder = join(path, "in");
  return existsSync(folder) ? filesUnder(folder, path) : [];
}

/** What a queue is handed in at once is a file. */
function queues(path: string): readonly CaseFile[] {
  return readdirSync(path).flatMap((name) => {
    const source = /^queue-(.+)\.jsonl$/.exec(name)?.[1];
    if (source === undefined) return [];
    return readFileSync(join(path, name), "utf8").trimEnd().split("\n\n").map((lines, at) => ({ path: `${source}/${String(at + 1).padStart(3, "0")}.json`, content: `${lines}\n` }));
  });
}
