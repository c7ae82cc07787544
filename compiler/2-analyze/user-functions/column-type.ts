import type { Type } from "ts-morph";
import type { DataType } from "../../ir/types/data-type.ts";
import { arrayType, binaryType, booleanType, doubleType, longType, mapType, stringType } from "../../ir/types/data-type.ts";

/** A column's type with whether it may be null. */
export interface ColumnType {
  readonly type: DataType;
  readonly nullable: boolean;
}

/**
 * The column type of a TypeScript type: string, number (double), boolean, bigint (long), Uint8Array (binary), arrays of them and maps
 * from strings to them, each with or without null. `undefined` is no value of a column: an optional parameter may have it, a result may not.
 */
export function columnTypeOf(type: Type, use: "parameter" | "result"): ColumnType | undefined {
  const parts = type.isUnion() ? type.getUnionTypes() : [type];
  const nullable = parts.some((part) => part.isNull());
  if (use === "result" && parts.some((part) => part.isUndefined())) return undefined;
  const values = parts.filter((part) => !part.isNull() && !part.isUndefined());
  const [first, ...others] = values.map(singleType);
  if (first === undefined || others.some((other) => other === undefined || other.kind !== first.kind || ((first.kind === "array" || first.kind === "map") && others.length > 0))) return undefined;
  return { type: first, nullable };
}

function singleType(type: Type): DataType | undefined {
  if (type.isString() || type.isStringLiteral()) return stringType;
  if (type.isNumber() || type.isNumberLiteral()) return doubleType;
  if (type.isBoolean() || type.isBooleanLiteral()) return booleanType;
  if (type.isBigInt() || type.isBigIntLiteral()) return longType;
  if (type.isArray() || type.isReadonlyArray()) {
    const element = type.getArrayElementType();
    const column = element === undefined ? undefined : columnTypeOf(element, "result");
    return column === undefined ? undefined : arrayType(column.type, column.nullable);
  }
  const name = type.getSymbol()?.getName();
  if (name === "Uint8Array") return binaryType;
  if (name === "Map" || name === "ReadonlyMap") {
    const [key, value] = type.getTypeArguments();
    const column = value === undefined ? undefined : columnTypeOf(value, "result");
    return column === undefined || key?.isString() !== true ? undefined : mapType(stringType, column.type, column.nullable);
  }
  return undefined;
}
