import { nodeHost } from "../host/node-host.ts";
import { entryArguments, exitAfterOutput, exitOnClosedPipe } from "../host/process-entry.ts";
import type { JobDefinition } from "./definition.ts";

/**
 * Ends an emitted module: does nothing where the module is imported, and runs the job with the options of `sluice run` where it
 * is what Node was started with (`npx tsx generated/x.ts --batch`).
 */
export async function runMain(meta: { readonly url: string }, job: JobDefinition): Promise<void> {
  const argv = entryArguments(meta.url);
  if (argv === undefined) return;
  exitOnClosedPipe(argv.includes("--help") || argv.includes("-h") ? 0 : 141);
  const { runJob } = await import("./run-job.ts");
  await exitAfterOutput(await runJob(job, argv, nodeHost()));
}
