import { readFileSync } from "node:fs";
import { findScalar } from "../../compiler/catalog/functions/registry.ts";
import { sameType, typeText } from "../../compiler/ir/types/data-type.ts";
import * as kernels from "../../runtime/functions/index.ts";
import * as regex from "../../runtime/regex.ts";
import { RowError } from "../../runtime/errors/row-error.ts";
import { bindSql, evaluateBound, Refused } from "./bind-sql.ts";
import { agrees, decode } from "./decode.ts";
import type { FunctionFact } from "./fact.ts";
import { sparkType } from "./spark-type.ts";
import { translateSql } from "./translate-sql.ts";
import { loose, show, type Verdict } from "./verdict.ts";
import { Untranslatable } from "./untranslatable.ts";

const entries = { runtime: kernels, "runtime/regex": regex };

/** The facts of functions.json about some functions. */
export function functionFacts(names: readonly string[]): readonly FunctionFact[] {
  const facts = JSON.parse(readFileSync(new URL("./functions.json", import.meta.url), "utf8")) as readonly FunctionFact[];
  return facts.filter((fact) => names.includes(fact.fn));
}

/** Asks the catalogue alone, without parser, checker and emitted module: signatures, casts, emission and kernels. */
export function askDirectly(fact: FunctionFact): Verdict {
  const translation = translateSql(fact);
  if (!translation.ok) return { kind: "skipped", reason: translation.reason };
  const { expression, columns } = translation;
  if (expression.kind === "call" && findScalar(expression.name) === undefined) return { kind: "skipped", reason: `the function ${expression.name}` };
  try {
    const bound = bindSql(expression, columns);
    const value = evaluateBound(bound, columns, entries, fact.timezone);
    if (fact.error !== undefined) return differs(`the value ${show(value)}`);
    const type = sparkType(fact.type ?? "void");
    if (type.kind !== "duration" && !sameType(loose(type), loose(bound.type))) return differs(`the type ${typeText(bound.type)}`);
    if (value === null && !bound.nullable) return differs("null of an expression that is not nullable");
    return agrees(value, decode(fact.result, bound.type)) ? { kind: "agrees" } : differs(`the value ${show(value)}`);
  } catch (error) {
    if (error instanceof Untranslatable) return { kind: "skipped", reason: error.message };
    const expected = fact.error ?? `the value ${show(fact.result)}`;
    if (error instanceof RowError) return (fact.error ?? "").startsWith(error.condition) ? { kind: "agrees" } : differs(`${error.code} ${error.condition}: ${error.message}`);
    if (error instanceof Refused) return /^(?:DATATYPE_MISMATCH|WRONG_NUM_ARGS|FIELD_NOT_FOUND)/.test(expected) ? { kind: "agrees" } : differs(`E2103: ${error.message}`);
    throw error;
  }
}

function differs(answer: string): Verdict {
  return { kind: "differs", answer };
}
