import { callCode, runtime } from "../../code/index.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { never, type Parameters, resolveParameters } from "./resolution.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/** What differs between functions that are one kernel each. */
export interface KernelFunction {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly parameters: Parameters;
  readonly result: DataType;
  readonly kernel: string;
  /** Never, unless said. */
  readonly canFail?: ScalarFunction["canFail"];
  /** Whether it may give null for arguments that are not null. */
  readonly givesNull?: true;
}

/** A function that is one kernel over its arguments in order; null in any of them gives null. */
export function kernelFunction(fn: KernelFunction): ScalarFunction {
  return {
    name: fn.name,
    ...(fn.aliases === undefined ? {} : { aliases: fn.aliases }),
    summary: fn.summary,
    volatility: "immutable",
    nulls: "propagate",
    resolve(operands) {
      const resolution = resolveParameters(operands, fn.parameters, fn.result);
      return resolution.ok && fn.givesNull === true ? { ...resolution, nullable: true } : resolution;
    },
    canFail: fn.canFail ?? never,
    emit: (args) => callCode(runtime(fn.kernel), ...args.map((arg) => arg.code)),
  };
}
