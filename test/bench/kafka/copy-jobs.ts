import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile } from "../../../compiler/compile.ts";
import { emitJob } from "../../../compiler/emit.ts";
import { orderColumns } from "./orders.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export interface CopyJob {
  readonly address: string;
  readonly input: string;
  readonly output: string;
  /** More options of the sink, `, delivery: …`. */
  readonly sink?: string;
  readonly source?: string;
  /** The clause `trigger …`. */
  readonly trigger?: string;
}

/** Compiles the job that copies the dear orders, and makes one file of its modules. */
export function bundleCopy(folder: string, name: string, { address, input, output, sink = "", source = "", trigger = "" }: CopyJob): Promise<string> {
  const checked = compile(
    "job.sluice",
    `source orders: { ${orderColumns} } from kafka("${address}", subscribe: "${input}", format: "json", startingOffsets: "earliest"${source})
sink dear = orders |> where price > 50.0 |> select id, customer, price * quantity as total, created, sent into kafka("${address}", topic: "${output}", format: "json", key: customer${sink}) ${trigger}
`,
    { files: { read: () => undefined } },
  );
  const [problem] = checked.diagnostics;
  if (problem !== undefined) throw new Error(`${problem.code}: ${problem.message}`);
  const modules = join(folder, `${name}-modules`);
  mkdirSync(modules);
  const runtimeSpecifier = (entry: string): string => join(root, entry === "runtime" ? "runtime/index.ts" : `${entry}.ts`);
  for (const { name: file, text } of emitJob(checked, { runtimeSpecifier, userSpecifier: (specifier) => specifier })) writeFileSync(join(modules, file), text);
  return bundle(folder, name, join(modules, "job.ts"));
}

/** The plain loop as one file. */
export function bundlePlain(folder: string): Promise<string> {
  return bundle(folder, "plain", fileURLToPath(new URL("plain-copy.ts", import.meta.url)));
}

async function bundle(folder: string, name: string, entry: string): Promise<string> {
  const program = join(folder, `${name}.mjs`);
  await build({ entryPoints: [entry], outfile: program, bundle: true, platform: "node", format: "esm", target: "node20", packages: "external", sourcemap: "inline", logLevel: "silent" });
  return program;
}
