import { typeDescriptorCode } from "../../catalog/types/type-descriptor-code.ts";
import { arrayCode, code } from "../../code/build.ts";
import { Code, Precedence } from "../../code/code.ts";
import { stringCode } from "../../code/literal.ts";
import { runtime } from "../../code/runtime-name.ts";
import type { Field } from "../../ir/types/data-type.ts";
import type { ReaderPlan } from "./reader-plan.ts";

/** The declared fields that a reader decodes: those that rows or the filter use, and those that decide whether a record is malformed. */
export function neededFields(plan: ReaderPlan): readonly Field[] {
  const used = new Set([...plan.needed, ...plan.columns, ...(plan.filter?.columns ?? [])]);
  return plan.fields.filter(({ name }) => plan.strict || used.has(name));
}

/** The names and types of what a reader decodes, one a line. */
export function fieldList(fields: readonly Field[]): Code {
  if (fields.length === 0) return arrayCode([]);
  const items = fields.map((field) => arrayCode([stringCode(field.name), typeDescriptorCode(field.type, field.nullable)]));
  const text = items.map((item) => `\n  ${item.text},`).join("");
  return new Code(`[${text}\n]`, Precedence.primary, items.flatMap((item) => item.uses));
}

/** What hands on the rows of blocks, whose columns are `fields`. */
export function blockRecords(fields: readonly Field[]): Code {
  return code`new ${runtime("BlockRecords")}(context, ${arrayCode(fields.map(({ name }) => stringCode(name)))})`;
}
