import type { JobDefinition } from "../../runtime/query/definition.ts";

/**
 * The job of a committed module. Loaded by a name that the type checker does not follow: emitted modules are checked by their own
 * `generated/tsconfig.json`, without `noUncheckedIndexedAccess`.
 */
export async function generatedJob(name: string): Promise<JobDefinition> {
  const module: { readonly job: JobDefinition } = await import(new URL(`../../generated/${name}.ts`, import.meta.url).href);
  return module.job;
}
