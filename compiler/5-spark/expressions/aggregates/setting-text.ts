import { isListLiteral, type LiteralValue } from "../../../ir/expr/literal-value.ts";
import type { DataType } from "../../../ir/types/data-type.ts";

/** A setting of an aggregate as SQL text: a number, a boolean, an array of numbers. Undefined for anything else. */
export function settingText(value: LiteralValue, type: DataType): string | undefined {
  if (typeof value === "boolean") return String(value).toUpperCase();
  if (typeof value === "number" && Number.isFinite(value)) {
    if (type.kind === "double") return `${value}D`;
    return type.kind === "int" ? String(value) : undefined;
  }
  if (type.kind !== "array" || !isListLiteral(value)) return undefined;
  const items = value.map((item) => settingText(item, type.element));
  return items.includes(undefined) ? undefined : `array(${items.join(", ")})`;
}
