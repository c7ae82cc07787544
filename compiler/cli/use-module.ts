import { pathToFileURL } from "node:url";
import type { Host } from "../../runtime/host/host.ts";
import type { JobDefinition } from "../../runtime/query/definition.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { Shell } from "./shell.ts";
import { runtimeUrl } from "./specifiers.ts";

/** Loads the module of a compiled job and a module of the runtime from the same files that it imports, so that there is one of each class, and hands them on with the machine. */
export async function useModule<Module>(path: string, entry: string, shell: Shell, use: (job: JobDefinition, module: Module, host: Host) => Promise<number>): Promise<number> {
  const unregister = shell.built === undefined ? (await import("tsx/esm/api")).register() : undefined;
  // What a user's function throws shows its own lines.
  process.setSourceMapsEnabled(true);
  try {
    const module: unknown = await import(pathToFileURL(path).href);
    // The caller says of which file this is the type.
    const runtime = (await import(runtimeUrl(shell, entry))) as Module;
    const { nodeHost }: typeof import("../../runtime/host/node-host.ts") = await import(runtimeUrl(shell, "runtime/host/node-host.ts"));
    return await use(jobOf(module), runtime, nodeHost());
  } finally {
    await unregister?.();
  }
}

function jobOf(module: unknown): JobDefinition {
  if (typeof module === "object" && module !== null && "job" in module && isJob(module.job)) return module.job;
  return internalError("E9010", "an emitted module exports no job");
}

function isJob(value: unknown): value is JobDefinition {
  return typeof value === "object" && value !== null && "queries" in value && Array.isArray(value.queries);
}
