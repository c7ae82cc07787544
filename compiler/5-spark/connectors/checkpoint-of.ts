import type { LogicalQuery } from "../../ir/logical/job.ts";
import { pyLambda, pyName, type Py } from "../python/py.ts";
import type { SparkContext } from "../spark-context.ts";
import { optionValue } from "./option-value.ts";

/** The argument `checkpoint=` of a query: its own folder; undefined where the job does not say one. */
export function checkpointOf({ checkpoint }: LogicalQuery, context: SparkContext): Py | undefined {
  if (checkpoint === undefined) return undefined;
  const place = optionValue({ value: checkpoint }, "plain", context);
  return checkpoint.kind !== "Literal" ? pyLambda(pyName("run"), place) : place;
}
