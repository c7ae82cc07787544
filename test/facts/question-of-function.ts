import { specialDatetime } from "../../compiler/catalog/casts/special-datetime.ts";
import type { FunctionFact } from "./fact.ts";
import { mapLeaves } from "./map-expression.ts";
import type { Question } from "./question.ts";
import type { SqlExpression } from "./sql-expression.ts";
import { type FactColumn, translateSql, writeSluice } from "./translate-sql.ts";
import { reasonOf } from "./untranslatable.ts";

/** A fact as it is written, and once more with its literals as columns, so that nothing is folded (where that does not change the types). */
export type FunctionQuestions =
  | { readonly ok: true; readonly written: Question; readonly asColumns: Question | undefined }
  | { readonly ok: false; readonly reason: string };

let questions = 0;

/** What Sluice is asked for a fact, or why it cannot be asked. */
export function questionsOfFunction(fact: FunctionFact): FunctionQuestions {
  const amongDecimals = /decimal/i.test(`${fact.type ?? ""} ${fact.sql}`);
  const translation = translateSql(amongDecimals && !takesTypes.has(fact.fn) ? { ...fact, sql: withoutLongSuffix(fact.sql) } : fact);
  if (!translation.ok) return translation;
  const id = ++questions;
  const columns = translation.columns.map((column, at): FactColumn => ({ ...column, name: `c${id}_${at}` }));
  const renamed = mapLeaves(translation.expression, (leaf) => {
    const column = leaf.kind === "column" ? columns[translation.columns.findIndex(({ name }) => name === leaf.name)] : undefined;
    return column === undefined ? leaf : { kind: "column", name: column.name };
  });
  const mayFail = fact.error !== undefined;
  try {
    const moved = literalsAsColumns(renamed, columns, id, amongDecimals || hasDecimal(renamed));
    const ask = (text: SqlExpression, inputs: readonly FactColumn[]): Question => question(text, inputs, mayFail, fact.timezone);
    return { ok: true, written: ask(renamed, columns), asColumns: moved === undefined ? undefined : ask(moved.expression, moved.columns) };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

/** Functions that take the types of literals, not their digits. */
const takesTypes: ReadonlySet<string> = new Set(["coalesce", "greatest", "least", "if", "ifnull", "nvl", "nvl2", "case", "array", "map", "nullif", "concat"]);

/** Among decimals the digits of a whole literal say its type, whatever suffix it has; Sluice has no suffixes. */
function withoutLongSuffix(sql: string): string {
  return sql.replace(/'(?:[^'\\]|\\.)*'|\b(\d+)L\b/g, (found: string, digits: string | undefined) => digits ?? found);
}

function question(expression: SqlExpression, columns: readonly FactColumn[], mayFail: boolean, timezone: string | undefined): Question {
  return { ...(timezone === undefined ? {} : { timezone }), text: writeSluice(expression, columns), columns, rows: [columns.map(({ value }) => value)], isAggregate: false, mayFail };
}

const movable: ReadonlySet<string> = new Set(["boolean", "int", "long", "float", "double", "decimal", "string", "binary", "date", "timestamp"]);

/**
 * The literals as columns; undefined where nothing moved. Those stay whose being literals decides the answer: whole numbers among
 * decimals (their digits are the type's), special dates, bare nulls, durations.
 */
function literalsAsColumns(expression: SqlExpression, columns: readonly FactColumn[], id: number, wholeStay: boolean): { readonly expression: SqlExpression; readonly columns: readonly FactColumn[] } | undefined {
  // The fields of a struct are called after its columns.
  if (expression.kind === "call" && expression.name === "struct") return undefined;
  const made: FactColumn[] = [];
  const moved = mapLeaves(expression, (leaf) => {
    if (leaf.kind !== "literal" || leaf.value === null || !movable.has(leaf.type.kind)) return leaf;
    if (wholeStay && (leaf.type.kind === "int" || leaf.type.kind === "long")) return leaf;
    if (typeof leaf.value === "number" && !Number.isFinite(leaf.value)) return leaf;
    if (typeof leaf.value === "string" && specialDatetime(leaf.value, { kind: "date" }) !== undefined) return leaf;
    const name = `v${id}_${made.length}`;
    made.push({ name, type: leaf.type, value: leaf.value });
    return { kind: "column", name };
  });
  return made.length === 0 ? undefined : { expression: moved, columns: [...columns, ...made] };
}

function hasDecimal(expression: SqlExpression): boolean {
  let found = false;
  mapLeaves(expression, (leaf) => {
    found ||= leaf.kind === "literal" && leaf.type.kind === "decimal";
    return leaf;
  });
  return found;
}
