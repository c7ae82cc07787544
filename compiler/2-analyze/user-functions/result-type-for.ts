import type { DataType } from "../../ir/types/data-type.ts";
import { arrayType, mapType, recordType } from "../../ir/types/data-type.ts";
import type { Shape } from "../../ir/types/shape.ts";
import { dataTypeOf, mayBeNull } from "./data-type-of.ts";
import type { ReadSignature } from "./read-signature.ts";

/**
 * The type of what a call gives. A function that returns its parameter's own declared type gives rows of the argument's schema: a `number` that
 * was made of a long is one again. `argumentTypes`: of the arguments in order; of a parameter that is an array of rows, the row's.
 */
export function resultTypeFor({ ref, returnsParameter }: ReadSignature, argumentTypes: readonly DataType[]): DataType {
  const { returns } = ref;
  const argument = returnsParameter === undefined ? undefined : argumentTypes[returnsParameter];
  if (argument === undefined) return returns.type;
  const row = argument.kind === "array" ? argument.element : argument;
  const own = likeArgument(returns.shape, row);
  return returns.rows === undefined ? own : arrayType(own, mayBeNull(returns.shape));
}

/** The type of a shape's values with the column types that an argument of the shape had; what may be null is the shape's to say. */
export function likeArgument(shape: Shape, argument: DataType): DataType {
  if (shape.kind === "array" && argument.kind === "array") return arrayType(likeArgument(shape.element, argument.element), mayBeNull(shape.element));
  if (shape.kind === "map" && argument.kind === "map") return mapType(argument.key, likeArgument(shape.value, argument.value), mayBeNull(shape.value));
  if (shape.kind === "record" && argument.kind === "record") {
    return recordType(
      shape.fields.map((field) => {
        const own = argument.fields.find(({ name }) => name === field.name);
        return { name: field.name, type: own === undefined ? dataTypeOf(field.shape) : likeArgument(field.shape, own.type), nullable: mayBeNull(field.shape) };
      }),
    );
  }
  if (shape.kind === "array" || shape.kind === "map" || shape.kind === "record" || argument.kind === "null" || argument.kind === "error") return dataTypeOf(shape);
  return argument;
}
