import type { ReaderModulePart, ReaderPlan } from "./reader-plan.ts";
import { emitJsonReader } from "./emit-json-reader.ts";
import { emitTextReader } from "./emit-text-reader.ts";

/** The text of one reader: an interface of its columns and a `ReaderDefinition` that turns chunks into batches of them. */
export function emitReader(plan: ReaderPlan): ReaderModulePart {
  const code = plan.format === "json" ? emitJsonReader(plan) : emitTextReader(plan);
  return { reader: plan.reader, columnsType: plan.columnsType, code };
}
