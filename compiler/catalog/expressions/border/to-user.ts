import { arrayCopy, arrow, binary, callCode, conditional, mapCopy, member, method, objectCode, type ObjectField } from "../../../code/build.ts";
import type { Code } from "../../../code/code.ts";
import { nullCode, stringCode, undefinedCode } from "../../../code/literal.ts";
import { runtime } from "../../../code/runtime-name.ts";
import { Scope } from "../../../code/scope.ts";
import { isSimple } from "../../../code/simple.ts";
import { internalError } from "../../../diagnostics/internal-error.ts";
import type { DataType } from "../../../ir/types/data-type.ts";
import type { RecordShape, Shape, ShapeField } from "../../../ir/types/shape.ts";
import type { EmittedValue } from "../environment.ts";

/**
 * A value as a user's function takes it: a bigint or a number for a long, a `Date` for a time, bytes, arrays and maps of such values (copies: a function may change what it
 * is given), records with the fields that the shape names. `to` is its place for messages, the function first: `toPage.bytes`.
 */
export function toUser(value: EmittedValue, type: DataType, shape: Shape, to: string, scope: Scope = new Scope()): Code {
  const { code } = value;
  // A null is undefined where the shape has no null.
  const absent = shape.nullable ? nullCode : undefinedCode;
  if (type.kind === "null") return absent;
  if (!value.nullable) return present(code, type, shape, to, scope);
  const orAbsent = (result: Code): Code => (shape.nullable ? result : binary("??", result, undefinedCode));
  if (isAsItIs(type, shape)) return orAbsent(code);
  if (isSimple(code)) return conditional(binary("===", code, nullCode), absent, present(code, type, shape, to, scope));
  if (shape.kind === "bigint") return orAbsent(callCode(runtime("nullableToBigInt"), code));
  const inner = scope.child();
  const some = inner.name("value");
  return orAbsent(callCode(runtime("ifPresent"), code, arrow([some], present(some, type, shape, to, inner))));
}

/** Whether values of a type are the same on both sides. */
function isAsItIs(type: DataType, shape: Shape): boolean {
  switch (shape.kind) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return type.kind !== "long";
    default:
      return false;
  }
}

function present(value: Code, type: DataType, shape: Shape, to: string, scope: Scope): Code {
  if (isAsItIs(type, shape)) return value;
  switch (shape.kind) {
    case "number":
      return callCode(runtime("safeNumber"), value, stringCode(to));
    case "bigint":
      return callCode(runtime("longToBigInt"), value);
    case "Uint8Array":
      return callCode(runtime("copyOfBytes"), value);
    case "Date":
      return callCode(runtime(type.kind === "date" ? "dateOfDay" : "dateOfTimestamp"), value);
    case "array":
      return type.kind === "array" ? arrayFor(value, type, shape.element, to, scope) : mismatch(type, shape);
    case "map":
      return type.kind === "map" ? mapFor(value, type, shape.value, to, scope) : mismatch(type, shape);
    case "record":
      return type.kind === "record" ? recordFor(value, type, shape, to, scope) : mismatch(type, shape);
    default:
      return mismatch(type, shape);
  }
}

function arrayFor(value: Code, type: Extract<DataType, { kind: "array" }>, element: Shape, to: string, scope: Scope): Code {
  const inner = scope.child();
  const item = inner.name("item");
  const converted = toUser({ code: item, nullable: type.elementNullable }, type.element, element, `${to}[]`, inner);
  return converted.text === item.text ? arrayCopy(value) : method(value, "map", arrow([item], converted));
}

function mapFor(value: Code, type: Extract<DataType, { kind: "map" }>, shape: Shape, to: string, scope: Scope): Code {
  const inner = scope.child();
  const [key, item] = [inner.name("key"), inner.name("item")];
  const converted = toUser({ code: item, nullable: type.valueNullable }, type.value, shape, `${to}[]`, inner);
  if (converted.text === item.text) return mapCopy(value);
  return callCode(runtime("convertMap"), value, arrow([key], key), arrow([item], converted));
}

function recordFor(value: Code, type: Extract<DataType, { kind: "record" }>, shape: RecordShape, to: string, scope: Scope): Code {
  const fieldsOf = (record: Code, inner: Scope): Code =>
    objectCode(
      shape.fields.flatMap((wanted) => {
        const field = type.fields.find(({ name }) => name === wanted.name);
        return field === undefined ? missing(wanted) : [fieldToUser({ code: member(record, wanted.name), nullable: field.nullable }, field.type, wanted, to, inner)];
      }),
    );
  if (isSimple(value)) return fieldsOf(value, scope);
  const inner = scope.child();
  const record = inner.name("record");
  return callCode(runtime("withValue"), value, arrow([record], fieldsOf(record, inner)));
}

/** A field of a record that a function is given; one that may be left out is, where the value is null and the field takes none. */
export function fieldToUser(value: EmittedValue, type: DataType, { name, shape, omittable }: ShapeField, to: string, scope: Scope = new Scope()): ObjectField {
  const place = `${to}.${name}`;
  if (omittable === undefined || shape.nullable || !value.nullable) return [name, toUser(value, type, shape, place, scope)];
  const { code } = value;
  if (isSimple(code)) return [conditional(binary("===", code, nullCode), objectCode([]), objectCode([[name, present(code, type, shape, place, scope)]]))];
  const inner = scope.child();
  const some = inner.name("value");
  return [callCode(runtime("ifPresent"), code, arrow([some], objectCode([[name, present(some, type, shape, place, inner)]])))];
}

/** A field that the row has not: left out, unless it must be there. */
export function missing({ name, shape, omittable }: ShapeField): readonly ObjectField[] {
  return omittable === undefined ? [[name, shape.nullable ? nullCode : undefinedCode]] : [];
}

function mismatch(type: DataType, shape: Shape): never {
  return internalError("E9003", `a value of type ${type.kind} was bound to a parameter that takes ${shape.kind}`);
}
