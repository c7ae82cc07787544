import * as kernels from "../../runtime/functions/index.ts";
import * as regex from "../../runtime/regex.ts";
import { Code, Precedence, type Use } from "../code/code.ts";
import { userFunction } from "../code/runtime-name.ts";
import { Scope } from "../code/scope.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { ImportedRef } from "../ir/expr/expr.ts";
import { runtimeWords } from "./runtime-words.ts";

/** Names that the emitter itself writes into every module. */
const fixedNames = ["job", "params", "context", "batch", "columns", "error", "out", "orNullEntry", "orOneNull"];

/** A constant at the top of an emitted module. */
export interface ModuleConstant {
  readonly name: string;
  readonly value: Code;
}

/**
 * Names and constants of one emitted module. Kernels that rows may call are taken from the start, so that no column can be
 * given the name of one.
 */
export class ModuleScope {
  readonly names: Scope;
  /** The id of the job's time zone. */
  readonly timezone: string;
  readonly constants: ModuleConstant[] = [];
  readonly #functions = new Map<string, string>();

  constructor(functions: readonly ImportedRef[], timezone: string = "UTC") {
    this.timezone = timezone;
    this.names = new Scope([...Object.keys(kernels), ...Object.keys(regex), ...fixedNames]);
    for (const { name } of functions) this.#functions.set(name, this.names.name(name, runtimeWords).text);
  }

  /** What is imported under a name in the job. */
  userFunction(ref: ImportedRef): Code {
    return userFunction(ref.exportName, ref.from, this.#functions.get(ref.name) ?? internalError("E9007", `the function ${ref.name} is not imported`));
  }

  /** A constant named after `hint`; equal values share one. */
  constant(hint: string, value: Code): Code {
    const same = this.constants.find((constant) => constant.value.text === value.text);
    if (same !== undefined) return new Code(same.name, Precedence.primary, []);
    const name = this.names.name(hint, runtimeWords);
    this.constants.push({ name: name.text, value });
    return name;
  }
}

/** Uses of constants belong to the module as well. */
export function usesOfConstants(scope: ModuleScope): readonly Use[] {
  return scope.constants.flatMap((constant) => constant.value.uses);
}
