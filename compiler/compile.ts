import { analyze } from "./2-analyze/analyze.ts";
import type { SourceFiles } from "./2-analyze/source-files.ts";
import { optimize, type RuleEvent } from "./3-optimize/optimize.ts";
import { planQuery } from "./4-plan/plan-query.ts";
import { planTogether } from "./4-plan/plan-together.ts";
import { DiagnosticBag } from "./diagnostics/bag.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { Program } from "./ir/ast/statement.ts";
import type { Target } from "./ir/target.ts";
import type { LogicalJob, LogicalQuery } from "./ir/logical/job.ts";
import type { PhysicalQuery, PhysicalTogether } from "./ir/physical/physical.ts";
import { parse } from "./1-parse/parse.ts";
import { SourceText } from "./source/source-text.ts";

export interface CompileOptions {
  /** Imported TypeScript modules, relative to the job's file. */
  readonly files: SourceFiles;
  /** Leaves out the optimizer: for tests that hold optimized against unoptimized. */
  readonly optimize?: boolean;
  /** What the optimized plans are for; Node by default. */
  readonly target?: Target;
  /** Hears of every effective rule. */
  readonly onRule?: (query: string, event: RuleEvent) => void;
}

/** One query through the phases. */
export interface CompiledQuery {
  readonly analyzed: LogicalQuery;
  readonly optimized: LogicalQuery;
  readonly physical: PhysicalQuery;
}

/** All that is known of a file short of emitted code. `job` is undefined where there are errors. */
export interface Checked {
  readonly source: SourceText;
  readonly diagnostics: readonly Diagnostic[];
  readonly program: Program;
  readonly job: LogicalJob | undefined;
  /** Each sink with its pipeline. */
  readonly queries: readonly CompiledQuery[];
  /** All of them as one query, where the job's sinks are together. */
  readonly together: PhysicalTogether | undefined;
}

/** The order of the phases: parse, analyze, optimize, plan. Emission (`emit.ts`) follows, apart because it loads ts-morph. */
export function compile(path: string, text: string, options: CompileOptions): Checked {
  const source = new SourceText(path, text);
  const diagnostics = new DiagnosticBag();
  const program = parse(source, diagnostics);
  const job = analyze(program, source, options.files, diagnostics);
  const queries = (job?.queries ?? []).map((analyzed): CompiledQuery => {
    const plan = options.optimize === false ? analyzed.plan : optimize(analyzed.plan, (event) => options.onRule?.(analyzed.name, event), job?.options, options.target);
    const optimized = { ...analyzed, plan };
    return { analyzed, optimized, physical: planQuery(optimized) };
  });
  const together = job?.options.sinks === "together" ? planTogether(job.name, queries.map(({ physical }) => physical)) : undefined;
  return { source, diagnostics: diagnostics.sorted(), program, job, queries, together };
}
