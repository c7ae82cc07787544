import type { TestProject } from "vitest/node";
import { startBroker } from "./start-broker.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** `127.0.0.1:port` of the broker that all test files share. */
    kafka: string;
  }
}

/** One broker for all test files: `inject("kafka")` is its address. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const broker = await startBroker();
  project.provide("kafka", broker.address);
  return () => broker.stop();
}
