import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "../../compiler/1-parse/parse.ts";
import { analyze } from "../../compiler/2-analyze/analyze.ts";
import type { SourceFiles } from "../../compiler/2-analyze/source-files.ts";
import { DiagnosticBag } from "../../compiler/diagnostics/bag.ts";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import type { LogicalJob } from "../../compiler/ir/logical/job.ts";
import type { LogicalPlan } from "../../compiler/ir/logical/plan.ts";
import { SourceText } from "../../compiler/source/source-text.ts";

/** A text after parsing and analysis. */
export interface Analyzed {
  readonly source: SourceText;
  readonly job: LogicalJob | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses and analyzes a job's text; `path` is where its imports are looked up, and its name in messages is `name`. */
export function analyzeText(text: string, path = "job.sluice", name = path): Analyzed {
  const source = new SourceText(name, text);
  const bag = new DiagnosticBag();
  const job = analyze(parse(source, bag), source, filesBeside(path), bag);
  return { source, job, diagnostics: bag.sorted() };
}

/** Modules on disk, relative to the folder of a job's file; in messages as the job writes them. */
export function filesBeside(path: string): SourceFiles {
  return {
    read(specifier) {
      const file = join(dirname(path), specifier);
      return existsSync(file) ? { path: specifier, text: readFileSync(file, "utf8") } : undefined;
    },
    readBytes(specifier) {
      const file = join(dirname(path), specifier);
      return existsSync(file) ? readFileSync(file) : undefined;
    },
  };
}

/** A plan as an indented tree, with operator ids and the needed fields of scans. */
export function planLines(plan: LogicalPlan, depth = 0): readonly string[] {
  const id = "operatorId" in plan ? `  #${plan.operatorId}` : plan.kind === "Watermark" ? `  #${plan.spec.operatorId}` : "";
  const needed = plan.kind === "Scan" ? `  needs ${[...plan.needed].join(", ") || "nothing"}` : "";
  return [`${"  ".repeat(depth)}${plan.describe()}${id}${needed}`, ...plan.children.flatMap((child) => planLines(child, depth + 1))];
}
