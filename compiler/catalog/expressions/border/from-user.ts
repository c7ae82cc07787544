import { arrow, callCode, member, objectCode } from "../../../code/build.ts";
import type { Code } from "../../../code/code.ts";
import { stringCode } from "../../../code/literal.ts";
import { runtime } from "../../../code/runtime-name.ts";
import { Scope } from "../../../code/scope.ts";
import { internalError } from "../../../diagnostics/internal-error.ts";
import type { DataType, RecordType } from "../../../ir/types/data-type.ts";
import type { RecordShape, Shape } from "../../../ir/types/shape.ts";

/**
 * What a user's function gave, in the runtime's representation and checked at run time: a cast in TypeScript must not become wrong data. `from` is its place for messages,
 * the function first: `toPage.url`. Null where the shape may be null or undefined and the value is.
 */
export function fromUser(value: Code, type: DataType, shape: Shape, from: string, scope: Scope = new Scope()): Code {
  const place = stringCode(from);
  const orNull = shape.nullable || shape.optional ? "OrNull" : "";
  const kernel = (name: string): Code => runtime(`${name}${orNull}`);
  switch (shape.kind) {
    case "array": {
      if (type.kind !== "array") return mismatch(type, shape);
      const inner = scope.child();
      const item = inner.name("item");
      return callCode(kernel("asArray"), value, place, arrow([item], fromUser(item, type.element, shape.element, `${from}[]`, inner)));
    }
    case "map": {
      if (type.kind !== "map") return mismatch(type, shape);
      const inner = scope.child();
      const item = inner.name("item");
      return callCode(kernel("asMap"), value, place, arrow([item], fromUser(item, type.value, shape.value, `${from}[]`, inner)));
    }
    case "record": {
      if (type.kind !== "record") return mismatch(type, shape);
      const inner = scope.child();
      const record = inner.name("record");
      return callCode(runtime(orNull === "" ? "withValue" : "ifPresent"), givenRecord(value, shape, from), arrow([record], fieldsFromUser(record, type, shape, from, inner)));
    }
    default:
      return callCode(kernel(scalarKernel(type, shape)), value, place);
  }
}

/** The very object that a function gave, known to be one (or null, where the shape may be). */
export function givenRecord(value: Code, shape: RecordShape, from: string): Code {
  return callCode(runtime(shape.nullable || shape.optional ? "asRecordOrNull" : "asRecord"), value, stringCode(from));
}

/** A record with the fields of an object that a function gave. */
function fieldsFromUser(record: Code, type: RecordType, shape: RecordShape, from: string, scope: Scope = new Scope()): Code {
  return objectCode(type.fields.map((field) => [field.name, fieldFromUser(record, field, shape, from, scope)] as const));
}

/** One field of an object that a function gave. */
export function fieldFromUser(record: Code, field: { readonly name: string; readonly type: DataType }, shape: RecordShape, from: string, scope?: Scope): Code {
  return fromUser(ownMember(record, field.name), field.type, fieldShape(shape, field.name), `${from}.${field.name}`, scope);
}

/** `record.name` of an object that a function gave; a name that every object has (`constructor`) is asked for as a field of its own: one that is left out is none. */
export function ownMember(record: Code, name: string): Code {
  return name in Object.prototype ? callCode(runtime("ownField"), record, stringCode(name)) : member(record, name);
}

export function fieldShape(shape: RecordShape, name: string): Shape {
  return shape.fields.find((field) => field.name === name)?.shape ?? internalError("E9003", `a function's result has no field ${name}`);
}

/** By the column's type, which is another than the shape's own where rows go back into the columns that they came from. */
function scalarKernel(type: DataType, shape: Shape): string {
  switch (`${shape.kind} ${type.kind}`) {
    case "string string":
      return "asText";
    case "boolean boolean":
      return "asBoolean";
    case "number double":
      return "asNumber";
    case "number float":
      return "asFloat";
    case "number int":
    case "bigint int":
      return "asInt";
    case "number long":
      return "asSafeLong";
    case "bigint long":
      return "asLong";
    case "Date timestamp":
      return "asTimestamp";
    case "Date date":
      return "asDay";
    case "Uint8Array binary":
      return "asBytes";
    default:
      return mismatch(type, shape);
  }
}

function mismatch(type: DataType, shape: Shape): never {
  return internalError("E9003", `a function's ${shape.kind} was bound to the type ${type.kind}`);
}
