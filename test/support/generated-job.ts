import type { JobDefinition } from "../../runtime/query/definition.ts";

/**
 * The job of `generated/NAME.ts`. It is imported by name, because the emitted modules are a TypeScript project of their own (lanes are
 * read by index there) and a static import would take them into this one.
 */
export async function generatedJob(name: string): Promise<JobDefinition> {
  const module: unknown = await import(`../../generated/${name}.ts`);
  if (typeof module === "object" && module !== null && "job" in module && isJob(module.job)) return module.job;
  throw new TypeError(`generated/${name}.ts exports no job`);
}

function isJob(value: unknown): value is JobDefinition {
  return typeof value === "object" && value !== null && "queries" in value && "settings" in value;
}
