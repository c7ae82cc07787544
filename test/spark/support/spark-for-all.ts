import type { TestProject } from "vitest/node";
import { startSpark } from "./start-spark.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The port of the Spark that all test files share: `new SparkClient(inject("spark"))`. */
    spark: number;
  }
}

/** One Spark for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const spark = await startSpark();
  project.provide("spark", spark.port);
  return () => spark.stop();
}
