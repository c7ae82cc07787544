import { compile } from "../../../compiler/compile.ts";
import { emitSpark } from "../../../compiler/spark.ts";
import { filesBeside } from "../../support/analyze-text.ts";
import type { CaseFile, DifferentialCase } from "../support/differential-case.ts";
import { runOnNode } from "../support/run-on-node.ts";
import { Dice } from "./dice.ts";
import { randomInputs, type RandomInput } from "./random-data.ts";
import { pipelineText, randomPipeline, type RandomPipeline } from "./random-pipeline.ts";

/** What a job of random sinks over common inputs is made of; all of it follows from the seed. */
export interface RandomCase {
  readonly seed: number;
  readonly options: string;
  readonly inputs: readonly RandomInput[];
  readonly pipelines: readonly RandomPipeline[];
  readonly streaming: boolean;
  readonly files: readonly CaseFile[];
}

/** How often what was made could not be compared, by the code that says why: of the compiler, of the target Spark (E41…), or of a run in Node (R…). */
export type Refusals = Map<string, number>;

const files = filesBeside("job.sluice");

/** Sinks of one job, which run at once; those over tables cost less. */
const [streamingSinks, tableSinks] = [5, 12];

/** A random job of which both targets take each sink and none fails in Node. */
export async function randomCase(seed: number, refusals: Refusals): Promise<RandomCase> {
  const dice = new Dice(seed);
  const streaming = !dice.once(5);
  const count = streaming ? streamingSinks : tableSinks;
  const inputs = randomInputs(dice, streaming);
  const zone = dice.of(["UTC", "UTC", "Europe/Berlin", "America/New_York"]);
  const options = `option compatibility = "spark"\noption statePartitions = ${dice.of([1, 1, 2])}\noption timezone = "${zone}"\noption watermarkPolicy = "${dice.of(["min", "min", "max"])}"\n${dice.once(5) ? "option noDataBatches = false\n" : ""}`;
  const pipelines: RandomPipeline[] = [];
  const ordered = filesInOrder(inputs);
  for (let tries = 0; pipelines.length < count && tries < count * 40; tries++) {
    const pipeline = randomPipeline(dice, `s${pipelines.length}`, inputs, streaming);
    const { codes, rows } = await trial({ seed, options, inputs, pipelines: [pipeline], streaming, files: ordered });
    // Sinks without rows compare little.
    const kept = codes.length === 0 && (rows > 0 || dice.once(8));
    if (kept) pipelines.push(pipeline);
    else for (const code of codes.length > 0 ? codes : ["no rows"]) refusals.set(code, (refusals.get(code) ?? 0) + 1);
  }
  return { seed, options, inputs, pipelines, streaming, files: ordered };
}

/** Why a case cannot be compared, codes of errors, none where it can; and how many rows Node gives. */
export async function trial(one: RandomCase): Promise<{ readonly codes: readonly string[]; readonly rows: number }> {
  const text = jobText(one, "/case");
  const checked = compile("job.sluice", text, { files });
  const codes = (diagnostics: readonly { readonly severity: string; readonly code: string }[]): readonly string[] => [...new Set(diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code))];
  const wrong = codes(checked.diagnostics);
  if (wrong.length > 0 || checked.job === undefined) return { codes: wrong, rows: 0 };
  const refused = codes(emitSpark(compile("job.sluice", text, { files, target: "spark" })).diagnostics);
  if (refused.length > 0) return { codes: refused, rows: 0 };
  const { failure, batches } = await runOnNode(differentialCase(one), checked, "/case");
  return { codes: failure === undefined ? [] : [/\b[RE]\d{4}\b/.exec(failure)?.[0] ?? failure], rows: batches.reduce((sum, batch) => sum + batch.rows.length, 0) };
}

export function jobText({ options, inputs, pipelines }: RandomCase, folder: string): string {
  const sinks = pipelines.map(pipelineText).join("\n");
  const used = inputs.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(sinks));
  return `${options}\n${used.map(({ statement }) => statement.replace('"data/', `"${folder}/data/`)).join("\n")}\n\n${sinks}`;
}

export function differentialCase(one: RandomCase): DifferentialCase {
  return { name: `seed ${one.seed}`, path: "job.sluice", text: (folder) => jobText(one, folder), runs: [one.files], how: one.streaming ? "available now" : "batch", seconds: 300 };
}

/** The files in the order in which they come: one of each input by turns. */
function filesInOrder(inputs: readonly RandomInput[]): readonly CaseFile[] {
  const most = Math.max(...inputs.map(({ files }) => files.length));
  return Array.from({ length: most }, (_, batch) => inputs.flatMap(({ files }) => files[batch] ?? [])).flat();
}
