import { callCode, type Code, runtime } from "../../code/index.ts";
import { binaryType, type DataType, stringType } from "../../ir/types/data-type.ts";
import { never, type Parameters, resolveParameters } from "./resolution.ts";
import type { EmittedArgument, ScalarFunction } from "./scalar-function.ts";
import type { Operand } from "./signature.ts";

/** What differs between functions that work on texts and on bytes. */
export interface TextOrBytes {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  /** Those of the function over texts. */
  readonly parameters: Parameters;
  /** A text or bytes, as the arguments are, unless said. */
  readonly result?: DataType;
  /** A kernel, or what its arguments become. */
  readonly text: string | ((...args: readonly Code[]) => Code);
  readonly bytes: string | ((...args: readonly Code[]) => Code);
  /** Never, unless said. */
  readonly canFail?: ScalarFunction["canFail"];
}

/** A function over texts that has a twin over bytes, which is meant where every text argument is of type binary. */
export function textOrBytes(fn: TextOrBytes): ScalarFunction {
  const kinds = [...fn.parameters.required, ...(fn.parameters.optional ?? [])];
  return {
    name: fn.name,
    ...(fn.aliases === undefined ? {} : { aliases: fn.aliases }),
    summary: fn.summary,
    volatility: "immutable",
    nulls: "propagate",
    resolve(operands) {
      const resolution = resolveParameters(operands, fn.parameters, fn.result ?? stringType);
      if (!resolution.ok || !isBytes(operands)) return resolution;
      const parameters = resolution.parameters.map((type, at) => (kinds[at] === "text" ? binaryType : type));
      return { ...resolution, parameters, type: fn.result ?? binaryType };
    },
    canFail: fn.canFail ?? never,
    emit(args) {
      const made = isBytes(args) ? fn.bytes : fn.text;
      const codes = args.map((arg) => arg.code);
      return typeof made === "string" ? callCode(runtime(made), ...codes) : made(...codes);
    },
  };

  function isBytes(args: readonly (Operand | EmittedArgument)[]): boolean {
    return args.every((arg, at) => kinds[at] !== "text" || arg.type.kind === "binary");
  }
}
