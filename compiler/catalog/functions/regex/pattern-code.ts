import { binary, booleanCode, callCode, method, runtime, stringCode, type Code } from "../../../code/index.ts";
import type { EmitServices, EmittedArgument } from "../scalar-function.ts";
import type { Operand } from "../signature.ts";
import { planPattern, type KnownPattern } from "./pattern-plan.ts";

/**
 * Why a constant pattern cannot be used, as `resolve` reports it; undefined where it can, or where it is not constant. Of a subject
 * that is null by itself the pattern is never read.
 */
export function patternProblem(operand: Operand | undefined, subject?: Operand): string | undefined {
  const pattern = operand?.constant?.value;
  if (subject?.constant?.value === null) return undefined;
  if (typeof pattern !== "string") return undefined;
  const plan = planPattern(pattern);
  return "problem" in plan ? `the pattern \`${pattern}\` ${plan.problem}` : undefined;
}

/** A constant pattern, where the argument is one. */
export function constantPattern(argument: Operand | EmittedArgument | undefined): KnownPattern | undefined {
  const pattern = argument?.constant?.value;
  if (typeof pattern !== "string") return undefined;
  const plan = planPattern(pattern);
  return "problem" in plan ? undefined : plan;
}

/** Code for the compiled pattern: a constant of the module, or looked up by a text from the data. */
export function patternCode(argument: EmittedArgument, services: EmitServices): Code {
  const known = constantPattern(argument);
  if (known === undefined) return callCode(runtime("regexOf", "runtime/regex"), argument.code);
  const { plan } = known;
  switch (plan.kind) {
    case "re2":
      return services.constant("pattern", callCode(runtime("compileRegex", "runtime/regex"), stringCode(known.pattern)));
    case "native":
      return services.constant("pattern", callCode(runtime("nativePattern"), stringCode(plan.source)));
    case "text":
      return services.constant("pattern", callCode(runtime("nativePattern"), stringCode(literalSource(plan.text, plan.atStart, plan.atEnd))));
  }
}

/** Code for whether a text has a match of the pattern. */
export function matchesCode(text: Code, argument: EmittedArgument, services: EmitServices): Code {
  const plan = constantPattern(argument)?.plan;
  if (plan?.kind === "text") return fixedTextCode(text, plan.text, plan.atStart, plan.atEnd);
  return method(patternCode(argument, services), "matches", text);
}

/** Code for whether a text is, begins with, ends in or holds a fixed text. */
export function fixedTextCode(text: Code, fixed: string, atStart: boolean, atEnd: boolean): Code {
  if (atStart && atEnd) return binary("===", text, stringCode(fixed));
  if (fixed === "") return booleanCode(true);
  return method(text, atStart ? "startsWith" : atEnd ? "endsWith" : "includes", stringCode(fixed));
}

function literalSource(text: string, atStart: boolean, atEnd: boolean): string {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return `${atStart ? "^" : ""}${escaped}${atEnd ? "$" : ""}`;
}
