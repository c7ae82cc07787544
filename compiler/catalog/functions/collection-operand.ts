import { callCode, type Code, runtime } from "../../code/index.ts";
import { type ArrayType, arrayType, type DataType, floatType, type MapType, mapType, nullType } from "../../ir/types/data-type.ts";
import { commonType } from "../types/common-type.ts";
import { tightestType } from "../types/tightest-type.ts";
import { typeDescriptorCode } from "../types/type-descriptor-code.ts";
import type { EmitServices } from "./scalar-function.ts";
import type { Operand } from "./signature.ts";

/** The array type of an argument; a bare null is an array of nulls. Undefined for what is no array. */
export function arrayOperand(operand: Operand | undefined): ArrayType | undefined {
  if (operand?.type.kind === "null") return arrayType(nullType, true);
  return operand?.type.kind === "array" ? operand.type : undefined;
}

/** The map type of an argument; a bare null is a map of nulls. */
export function mapOperand(operand: Operand | undefined): MapType | undefined {
  if (operand?.type.kind === "null") return mapType(nullType, nullType, true);
  return operand?.type.kind === "map" ? operand.type : undefined;
}

/**
 * The type in which an item is put into an array, or taken out of it, and that of the items of two arrays in common
 * (TypeCoercion.findTightestCommonType, in which a float beside a whole number stays one).
 */
export function itemType(element: DataType, other: DataType): DataType | undefined {
  const kinds = [element.kind, other.kind];
  if (kinds.includes("float") && (kinds.includes("int") || kinds.includes("long"))) return floatType;
  return tightestType(element, other);
}

/** The type in which an item or a key is looked for: strings do not become numbers here (findWiderTypeWithoutStringPromotion). */
export function soughtType(element: DataType, other: DataType): DataType | undefined {
  const kinds = [element.kind, other.kind];
  if (kinds.includes("string") && kinds.some((kind) => kind !== "string" && kind !== "null")) return undefined;
  return commonType([element, other]);
}

/** The type of two arrays' items in common, as an array. */
export function commonArray(left: ArrayType, right: ArrayType): ArrayType | undefined {
  const element = itemType(left.element, right.element);
  return element && arrayType(element, left.elementNullable || right.elementNullable || left.element.kind === "null" || right.element.kind === "null");
}

/** Whether JavaScript's same-value-zero is the equality of a type: of scalars but bytes. */
export function isPlainlyEqual(type: DataType): boolean {
  return type.kind !== "binary" && type.kind !== "array" && type.kind !== "record" && type.kind !== "map";
}

/** The order of a type, made once for the module. */
export function itemOrder(type: DataType, services: EmitServices): Code {
  return services.constant("order", callCode(runtime("valueOrder"), typeDescriptorCode(type, true)));
}

/** The last argument of kernels that compare items: their order where that goes by content, else none. */
export function contentOrder(type: DataType, services: EmitServices): readonly Code[] {
  return isPlainlyEqual(type) ? [] : [itemOrder(type, services)];
}

/** Whether values of a type may be keys of maps, which find them by same-value-zero. */
export function canBeKey(type: DataType): boolean {
  return isPlainlyEqual(type);
}
