import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { pathToFileURL } from "node:url";
import type { JobDefinition } from "../../runtime/query/definition.ts";
import type { RunMode } from "../../runtime/query/run-mode.ts";
import { filesBeside } from "./analyze-text.ts";
import { compileText, loadJob } from "./load-job.ts";
import type { Sample } from "./samples.ts";

/** A file of input: its path on the machine that runs the job, relative to the working directory. */
export interface InputFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What a case's `case.json` may say. */
interface CaseSettings {
  readonly mode?: RunMode;
  readonly params?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly batches?: "matter";
  readonly order?: "of batches";
}

/** A folder of `test/samples/queries`: `query.sluice`, the files that it reads, and what it must give. */
export interface QuerySample {
  readonly job: JobDefinition;
  readonly mode: RunMode;
  readonly params: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** Whether the result depends on how the input is cut into batches: on what is late, and on what a batch finds evicted. */
  readonly batchesMatter?: boolean;
  /** Whether the order of the rows does, and nothing else. */
  readonly orderOfBatches?: boolean;
  /** In the order in which they were written. */
  readonly inputs: readonly InputFile[];
  /** The lines of `queue-NAME.jsonl` by the name of the source; an empty line ends what is handed in at once. */
  readonly queues: Readonly<Record<string, readonly (readonly string[])[]>>;
}

/** Compiles and loads a case; `case.json` may give `mode` (drain by default), `params`, `env` and whether `batches` matter, or for the `order` only. */
export async function loadQuerySample({ path }: Sample): Promise<QuerySample> {
  const file = join(path, "query.sluice");
  const text = readFileSync(file, "utf8");
  const modules: Record<string, unknown> = {};
  for (const name of readdirSync(path).filter((entry) => entry.endsWith(".ts"))) {
    const module: unknown = await import(pathToFileURL(join(path, name)).href);
    modules[`./${name}`] = module;
  }
  const job = loadJob(compileText(text, { optimize: true, files: filesBeside(file) }), modules);
  const { mode = "drain", params = {}, env = {}, batches, order } = settingsOf(path);
  return { job, mode, params, env, batchesMatter: batches === "matter", orderOfBatches: order === "of batches", inputs: inputsOf(path), queues: queuesOf(path) };
}

/**
 * The same input in other files: each folder's records in one file, or each record in a file of its own. Compressed files are unpacked;
 * `.csv` files begin with a header, which each of the new ones gets.
 */
export function rechunked(inputs: readonly InputFile[], into: "one file" | "a file a record"): readonly InputFile[] {
  const folders = new Map<string, { readonly header: Uint8Array; readonly suffix: string; readonly records: Uint8Array[] }>();
  for (const { path, bytes } of inputs) {
    // A value on several lines cannot be cut, nor can columns.
    if (/\.(?:json|parquet|avro)$/.test(path)) return inputs;
    const folder = path.slice(0, path.lastIndexOf("/"));
    const records = recordsOf(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
    const [header = new Uint8Array(0)] = path.endsWith(".csv") ? records : [];
    const known = folders.get(folder) ?? { header, suffix: path.endsWith(".csv") ? "csv" : "jsonl", records: [] };
    known.records.push(...records.slice(path.endsWith(".csv") ? 1 : 0));
    folders.set(folder, known);
  }
  return [...folders].flatMap(([folder, { header, suffix, records }]) =>
    into === "one file"
      ? [{ path: `${folder}/all.${suffix}`, bytes: Buffer.concat([header, ...records]) }]
      : records.map((record, at) => ({ path: `${folder}/${String(at).padStart(4, "0")}.${suffix}`, bytes: Buffer.concat([header, record]) })),
  );
}

/** The lines of a file, each with its line end, those within one pair of quotes together; the last may have had no line end. */
function recordsOf(bytes: Uint8Array): readonly Uint8Array[] {
  const records: Uint8Array[] = [];
  for (const line of linesOf(bytes)) {
    const before = records.at(-1);
    if (before !== undefined && !before.includes(0x7b) && before.filter((byte) => byte === 0x22).length % 2 === 1) records.push(Buffer.concat([records.pop() ?? line, line]));
    else records.push(line);
  }
  return records;
}

function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start);
    lines.push(end < 0 ? Buffer.concat([bytes.subarray(start), Buffer.from("\n")]) : bytes.subarray(start, end + 1));
    start = end < 0 ? bytes.length : end + 1;
  }
  return lines;
}

function inputsOf(path: string): readonly InputFile[] {
  const folder = join(path, "in");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: file.slice(path.length + 1), bytes: readFileSync(file) }));
}

function queuesOf(path: string): Readonly<Record<string, readonly (readonly string[])[]>> {
  const files = readdirSync(path).flatMap((name) => /^queue-(.+)\.jsonl$/.exec(name)?.[1] ?? []);
  return Object.fromEntries(
    files.map((source) => {
      const added = readFileSync(join(path, `queue-${source}.jsonl`), "utf8").trimEnd().split("\n\n");
      return [source, added.map((lines) => lines.split("\n"))];
    }),
  );
}

function settingsOf(path: string): CaseSettings {
  const file = join(path, "case.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as CaseSettings) : {};
}
