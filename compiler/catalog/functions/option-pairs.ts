import type { Code } from "../../code/index.ts";
import { emitLiteral } from "../expressions/emit-literal.ts";
import { constantText } from "./resolution.ts";
import type { EmittedArgument } from "./scalar-function.ts";

/** Options that were bound as arguments, a name before each value, as properties. */
export function optionPairs(options: readonly EmittedArgument[]): readonly (readonly [string, Code])[] {
  return options.flatMap((name, at): readonly (readonly [string, Code])[] => {
    const value = options[at + 1];
    return at % 2 === 1 || value?.constant === undefined ? [] : [[constantText(name) ?? "", emitLiteral(value.constant.value, value.type)]];
  });
}

/** Whether the mode `FAILFAST` is among the constants: a text that does not fit fails the row. */
export function isFailFast(constants: readonly (EmittedArgument["constant"])[] | undefined): boolean {
  return constants?.some((constant, at) => constant?.value === "mode" && String(constants[at + 1]?.value).toLowerCase() === "failfast") ?? false;
}
