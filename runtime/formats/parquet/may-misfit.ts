import type { ValueType } from "../value-type.ts";
import { decimalScale, isUnsigned } from "./leaf-value.ts";
import type { SchemaElement } from "./parquet-footer.ts";

/** Whether values of a leaf may not fit the declared type, so that they have to be looked at one by one. */
export function mayMisfit(type: ValueType, element: SchemaElement): boolean {
  const { converted_type: converted, logical_type: logical } = element;
  const isDecimal = converted === "DECIMAL" || logical?.type === "DECIMAL";
  const isWide = isUnsigned(element) && converted !== "UINT_8" && converted !== "UINT_16" && (logical?.type !== "INTEGER" || logical.bitWidth >= 32);
  switch (type.kind) {
    case "int":
      return isDecimal || element.type === "INT64" || isWide;
    case "long":
      return isDecimal || (element.type === "INT64" && isWide);
    case "decimal": {
      const digits = isDecimal ? (element.precision ?? 38) - decimalScale(element) : element.type === "INT32" ? 10 : 20;
      return type.precision - type.scale < digits;
    }
    case "string":
      // What says that it is text is believed.
      return converted !== "UTF8" && converted !== "ENUM" && converted !== "JSON" && logical?.type !== "STRING" && logical?.type !== "ENUM" && logical?.type !== "JSON" && logical?.type !== "UUID";
    default:
      return false;
  }
}
