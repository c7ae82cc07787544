import { callCode, runtime } from "../../code/index.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { argumentAt, resolveParameters, type Parameters } from "./resolution.ts";
import type { ScalarFunction } from "./scalar-function.ts";
import { zoneArgument } from "./zone-code.ts";

/** A function over dates and timestamps that is one call of a kernel with its arguments as they come. */
interface DatetimeFunction extends Parameters {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly result: DataType;
  readonly kernel: string;
  /** Whether the kernel takes the job's time zone, last. */
  readonly zoned?: boolean;
  readonly canFail: boolean;
}

/** Defines such a function. */
export function datetimeFunction({ name, aliases, summary, result, kernel, zoned, canFail, ...parameters }: DatetimeFunction): ScalarFunction {
  return {
    name,
    ...(aliases === undefined ? {} : { aliases }),
    summary,
    volatility: "immutable",
    nulls: "propagate",
    resolve: (operands) => resolveParameters(operands, parameters, result),
    canFail: () => canFail,
    emit: (args, _result, services) => callCode(runtime(kernel), ...args.map((_, at) => argumentAt(args, at).code), ...(zoned === true ? zoneArgument(services) : [])),
  };
}
