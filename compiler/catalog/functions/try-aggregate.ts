import { callCode, runtime } from "../../code/index.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import type { AggregateFunction } from "./aggregate-function.ts";

/** An aggregate whose lane can take values back. */
type InvertibleAggregate = AggregateFunction & Required<Pick<AggregateFunction, "changingLane">>;

/** `sum` or `avg` with null instead of an error where the result leaves its type. Doubles and durations never do. */
export function tryAggregate(inner: InvertibleAggregate, summary: string): AggregateFunction {
  return {
    ...inner,
    name: `try_${inner.name}`,
    aliases: [],
    summary,
    lane(args, result, settings) {
      const lane = inner.lane(args, result, settings);
      return neverLeaves(result) ? lane : callCode(runtime("nullOnOverflow"), lane);
    },
    changingLane(args, result, settings) {
      const lane = inner.changingLane(args, result, settings);
      return neverLeaves(result) ? lane : callCode(runtime("changingNullOnOverflow"), lane);
    },
  };
}

function neverLeaves({ kind }: DataType): boolean {
  return kind === "double" || kind === "duration";
}
