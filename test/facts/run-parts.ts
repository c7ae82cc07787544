import { compile, type Checked } from "../../compiler/compile.ts";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import type { DataType } from "../../compiler/ir/types/data-type.ts";
import { QueueRegistry } from "../../runtime/connectors/queue.ts";
import { start } from "../../runtime/query/start.ts";
import { SimHost } from "../../runtime/testing/sim-host.ts";
import { loadJob } from "../support/load-job.ts";

/** Statements of a job that stand for themselves, one sink and what it reads; many parts make one job. */
export interface Part {
  /** The sink's name, which no other part has. */
  readonly sink: string;
  readonly text: string;
  /** Records of its queues, JSON lines by the name of the table. */
  readonly queues?: Readonly<Record<string, readonly string[]>>;
  /** Files by path, relative to the working directory. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** The time zone of the part's job; UTC unless given. */
  readonly timezone?: string;
}

export interface ResultColumn {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
}

/** What became of a part: rows of its tables as JSON texts, an error of its run, or diagnostics whose spans count from the part's start. */
export type PartResult =
  | { readonly kind: "ran"; readonly columns: readonly ResultColumn[]; readonly rows: (table: string) => readonly (readonly string[])[] }
  | { readonly kind: "failed"; readonly error: Error }
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] }
  /** An error of ours: the compiler threw, or what it emitted is no module. */
  | { readonly kind: "broken"; readonly message: string };

/** Runs parts the public way, as one job for each time zone: compiled, emitted, loaded, and run as one bounded batch each. */
export async function runParts(parts: readonly Part[]): Promise<ReadonlyMap<Part, PartResult>> {
  const results = new Map<Part, PartResult>();
  for (const zone of new Set(parts.map(zoneOf))) for (const [part, result] of await runTogether(parts.filter((part) => zoneOf(part) === zone))) results.set(part, result);
  return results;
}

function zoneOf(part: Part): string {
  return part.timezone ?? "UTC";
}

async function runTogether(parts: readonly Part[]): Promise<ReadonlyMap<Part, PartResult>> {
  const results = new Map<Part, PartResult>();
  let left = parts;
  try {
    for (;;) {
      // The option stands behind the parts, whose spans so count from the job's start.
      const [first] = left;
      const zone = first === undefined ? "UTC" : zoneOf(first);
      const text = `${left.map((part) => `${part.text}\n`).join("")}${zone === "UTC" ? "" : `option timezone = "${zone}"\n`}`;
      const checked = compile("job.sluice", text, { files: { read: () => undefined } });
      const refused = refusals(left, checked);
      if (refused.size === 0) {
        if (left.length > 0) await run(left, checked, results);
        return results;
      }
      for (const [part, diagnostics] of refused) results.set(part, { kind: "refused", diagnostics });
      left = left.filter((part) => !refused.has(part));
    }
  } catch (error) {
    const [only, second] = left;
    if (only !== undefined && second === undefined) return results.set(only, { kind: "broken", message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    const middle = Math.ceil(left.length / 2);
    for (const half of [left.slice(0, middle), left.slice(middle)]) for (const [part, result] of await runTogether(half)) results.set(part, result);
    return results;
  }
}

function refusals(parts: readonly Part[], checked: Checked): ReadonlyMap<Part, readonly Diagnostic[]> {
  const found = new Map<Part, readonly Diagnostic[]>();
  const errors = checked.diagnostics.filter(({ severity }) => severity === "error");
  let from = 0;
  for (const part of parts) {
    const to = from + part.text.length + 1;
    const own = errors.filter(({ primary: { span } }) => span.start >= from && span.start < to);
    if (own.length > 0) found.set(part, own.map((diagnostic) => moved(diagnostic, from)));
    from = to;
  }
  if (found.size === 0 && errors.length > 0) throw new Error(errors.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return found;
}

function moved(diagnostic: Diagnostic, from: number): Diagnostic {
  const { span } = diagnostic.primary;
  return { ...diagnostic, primary: { ...diagnostic.primary, span: { start: span.start - from, end: span.end - from } } };
}

async function run(parts: readonly Part[], checked: Checked, results: Map<Part, PartResult>): Promise<void> {
  const job = loadJob(checked);
  const host = new SimHost({ autoAdvance: true });
  const queues = new QueueRegistry();
  for (const part of parts) {
    for (const [name, lines] of Object.entries(part.queues ?? {})) {
      queues.handle(name).add(lines);
      queues.handle(name).close();
    }
    for (const [path, bytes] of Object.entries(part.files ?? {})) host.fs.put(`${host.process.workingDirectory}/${path}`, bytes);
  }
  const { manager, tables } = start(job, { host, mode: "batch", queues });
  const queries = manager.active;
  await Promise.allSettled(queries.map((query) => query.awaitTermination()));
  for (const part of parts) {
    const error = queries.find(({ name }) => name === part.sink)?.exception;
    const columns = checked.queries.find(({ analyzed }) => analyzed.name === part.sink)?.analyzed.plan.output ?? [];
    results.set(part, error === undefined ? { kind: "ran", columns, rows: (table) => [...(tables.get(table)?.rows() ?? [])] } : { kind: "failed", error });
  }
}
