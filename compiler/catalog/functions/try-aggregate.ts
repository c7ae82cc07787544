import { callCode, runtime } from "../../code/index.ts";
import type { AggregateFunction } from "./aggregate-function.ts";

/** `sum` or `avg` with null instead of an error where the result leaves its type. Doubles and durations never do. */
export function tryAggregate(inner: AggregateFunction, summary: string): AggregateFunction {
  return {
    ...inner,
    name: `try_${inner.name}`,
    aliases: [],
    summary,
    lane(args, result, settings) {
      const lane = inner.lane(args, result, settings);
      return result.kind === "double" || result.kind === "duration" ? lane : callCode(runtime("nullOnOverflow"), lane);
    },
  };
}
