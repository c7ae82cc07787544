import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nexmarkFiles } from "../../../examples/nexmark/files.ts";
import { nexmarkEvents } from "../../../examples/nexmark/generator.ts";
import { parse } from "../../../compiler/1-parse/parse.ts";
import { DiagnosticBag } from "../../../compiler/diagnostics/bag.ts";
import { SourceText } from "../../../compiler/source/source-text.ts";
import { exampleJobs } from "../../scripts/example-jobs.ts";
import { type CaseFile, type DifferentialCase, howOf } from "./differential-case.ts";
import { filesUnder } from "./files-under.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** An example's job, or why its input is no files. */
export interface Example {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly cases: readonly DifferentialCase[];
  readonly notCompared: string | undefined;
}

/** Every job of `examples/` but Nexmark's, with the data beside it: all at once, and a file a batch where it has a source. */
export function examples(): readonly Example[] {
  return exampleJobs(root)
    .flatMap(({ jobs }) => jobs)
    .filter((job) => !job.startsWith("examples/nexmark/"))
    .map((job) => {
      const path = join(root, job);
      const text = readFileSync(path, "utf8");
      const connectors = connectorsOf(text);
      const other = connectors.find((connector) => connector !== "file" && connector !== "memory" && connector !== "console" && connector !== "foreach" && connector !== "foreachBatch");
      const here = (folder: string): string => text.replaceAll(/"(?=examples\/|\.sluice\/)/g, `"${folder}/`);
      const make = (how: DifferentialCase["how"]): DifferentialCase => ({ name: `${job} ${how}`, path, text: here, runs: [dataOf(text)], how });
      const how = howOf(text);
      return { name: job, path, text, notCompared: other === undefined ? undefined : `connector ${other}`, cases: other !== undefined ? [] : how === "available now" ? [make("batch"), make(how)] : [make(how)] };
    });
}

/** Every query of Nexmark over few events, a file of each stream a batch; enough for each to give rows. */
export function nexmarkCases(): readonly DifferentialCase[] {
  const files = nexmarkFiles(nexmarkEvents({ events: 2200, seed: 7 }), 4).map(({ name, text }) => ({ path: name, content: text }));
  return readdirSync(join(root, "examples/nexmark"))
    .filter((name) => name.endsWith(".sluice"))
    .sort((a, b) => Number(/\d+/.exec(a)?.[0]) - Number(/\d+/.exec(b)?.[0]))
    .map((name) => {
      const path = join(root, "examples/nexmark", name);
      const text = readFileSync(path, "utf8");
      return { name: name.slice(0, -".sluice".length), path, text: () => text, params: (folder): Readonly<Record<string, string>> => ({ data: folder, ...(text.includes("param out") ? { out: `${folder}/out` } : {}) }), runs: [files], how: "available now" };
    });
}

/** The data that the defaults of a job's params name. */
function dataOf(text: string): readonly CaseFile[] {
  const folders = new Set([...text.matchAll(/"(examples\/[\w-]+\/data)\b/g)].flatMap(([, folder]) => folder ?? []));
  return [...folders].flatMap((folder) => filesUnder(join(root, folder), root));
}

/** What a job reads from and writes into. */
function connectorsOf(text: string): readonly string[] {
  return parse(new SourceText("job.sluice", text), new DiagnosticBag()).statements.flatMap((statement) => {
    const call = statement.kind === "Input" ? statement.from : statement.kind === "Sink" ? statement.into : undefined;
    return call === undefined ? [] : (/^\w+/.exec(text.slice(call.span.start, call.span.end))?.[0] ?? []);
  });
}
